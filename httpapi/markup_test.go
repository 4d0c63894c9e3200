package httpapi_test

import (
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gw/gateway"
	"gw/httpapi"
	"gw/httpapi/auth"
	"gw/schema"
)

// markup are texts that a page must show and never obey.
var markup = []string{
	`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `'onmouseover='alert(1)`, `</title><script src=//evil.example>`,
	`javascript:alert(1)`, `{{7*7}}`, `</style><svg onload=alert(1)>`, `<!--`, `]]>`, "\u2028alert(1)",
}

// titled is a module that is called something.
type titled string

func (titled) Connect(*gateway.Bus) error { return nil }
func (n titled) ModuleName() string       { return string(n) }

// TestS07PagesShowMarkupAndDoNotObeyIt puts markup into channel and module names, keys, titles, file names and errors, and
// reads every page that the API makes itself. The page of package web does the same in a browser.
func TestS07PagesShowMarkupAndDoNotObeyIt(t *testing.T) {
	dir := t.TempDir()
	model := gateway.NewModel()
	typ, err := schema.Build("T", []schema.FieldSpec{{Name: "x", Kind: schema.Int}})
	if err != nil {
		t.Fatal(err)
	}
	modules := []any{}
	for i, text := range markup {
		text = strings.NewReplacer("/", "|", " ", "_").Replace(text)
		model.Add(gateway.ChannelSpec{Name: text, Type: typ, Keys: []string{"k", markup[i]}})
		modules = append(modules, titled(text))
		if err := os.WriteFile(filepath.Join(dir, text), []byte(markup[i]), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, text := range markup {
		keys := auth.Keys(auth.Key{Name: "k", Value: "the-secret-key"})
		c := httpapi.Config{Title: text, Description: text, Version: text, Outputs: dir, Methods: []auth.Method{keys, auth.Users(auth.User{Name: "a", Hash: "$2a$04$9lZKkwf7sIkBBs8KJGDkEe2nRlWVTfwxmRUEGmBBfO7OrjNYgcTQ2"})}}
		h := httpapi.New(gateway.New(model, modules...), c)
		for _, path := range []string{
			"/docs", "/redoc", "/channels_graph", "/outputs/", "/login?error=" + url.QueryEscape(text), "/outputs/" + url.PathEscape(text),
			"/api/v1/last/" + url.PathEscape(text), "/api/v1/nope?x=" + url.QueryEscape(text), "/openapi.json", "/ui-config",
		} {
			r := httptest.NewRequest("GET", "http://localhost"+path, nil)
			r.Header.Set("token", "the-secret-key")
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			harmless(t, path, w)
		}
		h.Close()
	}
}

// harmless looks for markup in an answer that a browser would take for a page.
func harmless(t *testing.T, path string, w *httptest.ResponseRecorder) {
	t.Helper()
	if policy := w.Header().Get("Content-Security-Policy"); !strings.Contains(policy, "default-src 'none'") || strings.Contains(policy, "unsafe") {
		t.Errorf("%s: policy %q", path, policy)
	}
	if w.Header().Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("%s: the type may be guessed", path)
	}
	if !strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") {
		return
	}
	body := strings.ToLower(w.Body.String())
	for _, bad := range []string{"<script", "<img", "<svg onload", "'onmouseover='", `href="javascript:`, "//evil.example>", ">49<"} {
		if i := strings.Index(body, bad); i >= 0 {
			t.Errorf("%s: has %q: ...%s", path, bad, body[max(0, i-60):min(len(body), i+80)])
		}
	}
}
