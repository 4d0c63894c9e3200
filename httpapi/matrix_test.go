package httpapi_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"gw/httpapi"
	"gw/httpapi/auth"
)

// roles are holders of keys, each named after what it may do; "nobody" has none.
var roles = []string{"nobody", "read", "send", "stage", "control", "all"}

func keyOf(role string) string { return role + "-secret-key" }

// guarded returns the API of an omnibus that does not run, with a key a role. It is closed, so that next does not wait.
func guarded(t *testing.T) *httpapi.Handler {
	t.Helper()
	var keys []auth.Key
	for _, role := range roles[1:] {
		scopes, err := auth.ParseScopes(role)
		if err != nil {
			t.Fatal(err)
		}
		keys = append(keys, auth.Key{Name: role, Value: keyOf(role), Scopes: scopes})
	}
	gate, err := auth.New(auth.Config{MaxFailures: 1 << 30}, auth.Keys(keys...))
	if err != nil {
		t.Fatal(err)
	}
	g, _ := newOmnibus()
	h := httpapi.New(g, httpapi.Config{Auth: gate, Outputs: t.TempDir(), UI: http.NotFoundHandler()})
	h.Close()
	return h
}

// letIn reports whether an answer is one of the route itself and not of the gate.
func letIn(w *httptest.ResponseRecorder) bool {
	return !strings.Contains(w.Body.String(), `"status_code":`)
}

func asRole(t *testing.T, h *httpapi.Handler, role, method, path string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, "http://localhost"+path, strings.NewReader("{}"))
	if role != "nobody" {
		r.Header.Set("token", keyOf(role))
	}
	w := record(t, h, r)
	return w
}

// TestS17EveryRouteByEveryRole asks for every route that there is in every role. The golden file is the whole list: a
// new route is a new line that somebody reads.
func TestS17EveryRouteByEveryRole(t *testing.T) {
	h := guarded(t)
	var b strings.Builder
	fmt.Fprintf(&b, "%-8s%-56s%-9s%s\n", "method", "path", "scope", strings.Join(roles, " "))
	for _, r := range h.Table() {
		method, path, scope := r[0], r[1], r[2]
		fmt.Fprintf(&b, "%-8s%-56s%-9s", method, path, scope)
		for _, role := range roles {
			mark := "."
			if letIn(asRole(t, h, role, method, strings.Replace(path, "*", "a", 1))) {
				mark = "x"
			}
			want := scope == "" || role == "all" || role == scope
			if role == "nobody" && (strings.HasSuffix(path, "/auth/login") || strings.HasSuffix(path, "/auth/whoami")) {
				want = false // they are about the credentials
			}
			if want != (mark == "x") {
				t.Errorf("%s %s as %s: let in is %v, want %v", method, path, role, !want, want)
			}
			fmt.Fprintf(&b, "%-*s", len(role)+1, mark)
		}
		b.WriteString("\n")
	}
	golden(t, "matrix", b.String())
}

// TestS17SpellingsDecideAlike asks as nobody for every route in other spellings of its path and method.
func TestS17SpellingsDecideAlike(t *testing.T) {
	h := guarded(t)
	for _, r := range h.Table() {
		if r[2] == "" {
			continue
		}
		path := strings.Replace(r[1], "*", "a", 1)
		last := strings.LastIndex(path, "/")
		for _, spelling := range []string{
			path + "/", "/" + strings.Trim(path, "/"), strings.Replace(path, "/", "//", 1), path[:last] + "/%2f" + path[last+1:],
			path[:last] + "/./" + path[last+1:], "/x/.." + path, "/x/%2e%2e" + path, strings.ReplaceAll(path, "_", "-"), path + "?token=", path + ";x",
		} {
			for _, method := range []string{r[0], "HEAD", "get"} {
				w := asRole(t, h, "nobody", method, spelling)
				if w.Code < 300 && w.Code != 0 {
					t.Errorf("%s %s: got %d %.60s", method, spelling, w.Code, w.Body)
				}
			}
		}
	}
}

// TestBrowsersAreSentToTheLogin tells pages from calls.
func TestBrowsersAreSentToTheLogin(t *testing.T) {
	h := guarded(t)
	for path, want := range map[string]int{"/": 307, "/docs": 307, "/channels_graph": 307, "/assets/x.js": 307, "/api/v1/last/example": 403, "/openapi.json": 403, "/login": 200, "/favicon.ico": 200, "/ui-config": 200} {
		r := httptest.NewRequest("GET", "http://localhost"+path, nil)
		r.Header.Set("Accept", "text/html")
		w := record(t, h, r)
		if w.Code != want || want == 307 && w.Header().Get("Location") != "/login" {
			t.Errorf("%s: got %d %s, want %d", path, w.Code, w.Header().Get("Location"), want)
		}
	}
	if w := asRole(t, h, "nobody", "GET", "/docs"); w.Code != 403 {
		t.Errorf("docs without a browser: got %d", w.Code)
	}
	if w := asRole(t, h, "nobody", "GET", "/nope-at-all"); w.Code != 403 {
		t.Errorf("a path of the page: got %d", w.Code)
	}
	if w := asRole(t, h, "nobody", "GET", "/api/v1/nope"); w.Code != 404 {
		t.Errorf("an unknown path of the API: got %d", w.Code)
	}
}
