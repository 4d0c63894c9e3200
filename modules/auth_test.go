package modules_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/crypto/bcrypt"

	"gw/config"
	"gw/gateway"
	"gw/httpapi"
	"gw/modules"
)

// loaded makes the gateway of a configuration, written in a folder of its own.
func loaded(t *testing.T, yaml string) *config.App {
	t.Helper()
	file := filepath.Join(t.TempDir(), "app.yaml")
	if err := os.WriteFile(file, []byte(yaml), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := config.Load(config.Source{Name: file, Targets: modules.Targets()})
	if err != nil {
		t.Fatal(err)
	}
	app, err := c.App()
	if err != nil {
		t.Fatal(err)
	}
	return app
}

// door is what is served of a configuration that does not run; it has no streams.
type door struct {
	t     *testing.T
	h     *httpapi.Handler
	asked int // each time from another address, so that nobody is asked to wait
}

func opened(t *testing.T, yaml string) *door {
	t.Helper()
	h := httpapi.New(loaded(t, yaml).Gateway, httpapi.Config{})
	t.Cleanup(h.Close)
	return &door{t: t, h: h}
}

// ask makes a request with headers given as name, value, name, value.
func (d *door) ask(method, path, body string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, "http://localhost"+path, strings.NewReader(body))
	d.asked++
	r.RemoteAddr = fmt.Sprintf("192.0.2.%d:1", d.asked)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	d.h.ServeHTTP(w, r)
	return w
}

// status is that of an answer to a GET.
func (d *door) status(path string, headers ...string) int {
	return d.ask("GET", path, "", headers...).Code
}

const locked = `
channels: {a: {fields: {user: str, n: int}, state: user, send: true, stage: true}}
modules:
  lock: `

// TestLocksOfAConfigurationLock asks for a route of each kind with and without what each module lets in.
func TestLocksOfAConfigurationLock(t *testing.T) {
	t.Setenv("GATEWAY_TEST_KEY", "from-the-environment")
	dir := t.TempDir()
	asks := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var q map[string]string
		body, _ := io.ReadAll(r.Body)
		if json.Unmarshal(body, &q); q["token"] == "known-outside" || q["username"] == "carol" && q["password"] == "carolpass" {
			io.WriteString(w, `{"user":"carol","scopes":["read"]}`)
			return
		}
		w.WriteHeader(http.StatusForbidden)
	}))
	t.Cleanup(asks.Close)
	hash, err := bcrypt.GenerateFromPassword([]byte("alicepass"), bcrypt.MinCost)
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"keys": "desk read of-the-desk\n", "users": "alice all " + string(hash) + "\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	basic := func(user, password string) []string {
		r := httptest.NewRequest("GET", "/", nil)
		r.SetBasicAuth(user, password)
		return []string{"Authorization", r.Header.Get("Authorization")}
	}
	for _, tc := range []struct {
		name, module string
		nobody       int
		in           []string // headers that let in
		send         int      // status of a send with them
	}{
		{"api_key", `{_target_: csp_gateway.MountAPIKeyMiddleware, api_key: ["first-key", "second-key"]}`, 403, []string{"token", "second-key"}, 503},
		{"from the environment", `{_target_: csp_gateway.MountAPIKeyMiddleware, api_key: "${oc.env:GATEWAY_TEST_KEY}"}`, 403, []string{"token", "from-the-environment"}, 503},
		{"another name", `{_target_: gw.MountAPIKeyMiddleware, api_key: first-key, api_key_name: x-key}`, 403, []string{"x-key", "first-key"}, 503},
		{"scopes", `{_target_: gw.MountAPIKeyMiddleware, keys: [{name: wall, key: of-the-wall, scopes: read}]}`, 403, []string{"token", "of-the-wall"}, 403},
		{"keys_file", `{_target_: gw.MountAPIKeyMiddleware, keys_file: ` + dir + `/keys}`, 403, []string{"token", "of-the-desk"}, 403},
		{"validator", `{_target_: csp_gateway.MountExternalAPIKeyMiddleware, external_validator: ` + asks.URL + `}`, 403, []string{"token", "known-outside"}, 403},
		{"command", `{_target_: csp_gateway.MountExternalAPIKeyMiddleware, external_validator: [sh, -c, 'read t; test $t = of-a-command && echo "{\"user\":\"dan\"}" || exit 1']}`, 403, []string{"token", "of-a-command"}, 503},
		{"users", `{_target_: csp_gateway.MountSimpleAuthMiddleware, users_file: ` + dir + `/users}`, 401, basic("alice", "alicepass"), 503},
		{"users outside", `{_target_: csp_gateway.MountSimpleAuthMiddleware, external_validator: ` + asks.URL + `}`, 401, basic("carol", "carolpass"), 403},
	} {
		t.Run(tc.name, func(t *testing.T) {
			d := opened(t, locked+tc.module)
			for _, path := range []string{
				"/api/v1/last/a", "/api/v1/next/a", "/api/v1/state/a", "/api/v1/stage/a", "/api/v1/lookup/id/1", "/api/v1/query?sql=select+1",
				"/api/v1/controls/", "/api/v1/stream", "/api/v1/gw/watch", "/api/v1/gw/events", "/openapi.json", "/metrics", "/docs", "/",
			} {
				want := tc.nobody
				if want == 401 && !strings.HasPrefix(path, "/api") && path != "/openapi.json" {
					want = 307 // to the form
				}
				if got := d.status(path); got != want {
					t.Errorf("%s: got %d without credentials, want %d", path, got, want)
				}
				if got := d.status(path, "token", "guessed-key"); got != want {
					t.Errorf("%s: got %d with another key, want %d", path, got, want)
				}
			}
			if got := d.status("/api/v1/last/", tc.in...); got != 200 {
				t.Errorf("last: got %d with credentials", got)
			}
			if got := d.ask("POST", "/api/v1/send/a", `{"n":1}`, append(tc.in, "Content-Type", "application/json")...); got.Code != tc.send {
				t.Errorf("send: got %d with credentials, want %d: %s", got.Code, tc.send, got.Body)
			}
		})
	}
}

// TestTermsOfAConfigurationHold looks at what else a module can be told: paths, words, cookies, ways in.
func TestTermsOfAConfigurationHold(t *testing.T) {
	d := opened(t, locked+`{_target_: gw.MountAPIKeyMiddleware, api_key: first-key, scope: ["/api/v1/last/*", "/api/v1/auth/*"], domain: gw.example, api_key_timeout: 1h, unauthorized_status_message: go away}`)
	if got := d.ask("GET", "/api/v1/last/", ""); got.Body.String() != `{"detail":"go away","status_code":403}` {
		t.Errorf("got %s", got.Body)
	}
	for path, want := range map[string]int{"/api/v1/last/": 200, "/api/v1/state/": 403, "/docs": 403} {
		if got := d.status(path, "token", "first-key"); got != want {
			t.Errorf("%s: got %d, want %d", path, got, want)
		}
	}
	cookie := d.ask("GET", "/api/v1/auth/login?token=first-key", "").Header().Get("Set-Cookie")
	if !strings.Contains(cookie, "Domain=gw.example") || !strings.Contains(cookie, "Max-Age=3600") || strings.Contains(cookie, "first-key") {
		t.Errorf("got cookie %q", cookie)
	}
	id, _, _ := strings.Cut(cookie, ";")
	if in, out := d.status("/api/v1/last/", "Cookie", id), d.status("/api/v1/state/", "Cookie", id); in != 200 || out != 403 {
		t.Errorf("the session: got %d where it counts and %d elsewhere", in, out)
	}
	d = opened(t, locked+`{_target_: gw.MountSimpleAuthMiddleware, users: [{name: a, hash: $2a$04$9lZKkwf7sIkBBs8KJGDkEe2nRlWVTfwxmRUEGmBBfO7OrjNYgcTQ2}], enable_form_login: false}`)
	if got := d.ask("GET", "/", "", "Accept", "text/html"); got.Code != 401 || got.Header().Get("WWW-Authenticate") == "" {
		t.Errorf("without a form: got %d, want 401 with a challenge", got.Code)
	}
}

// TestAKeyIsMadeForARunWithoutOne finds it in the file that Info names.
func TestAKeyIsMadeForARunWithoutOne(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	app := loaded(t, locked+`{_target_: csp_gateway.MountAPIKeyMiddleware}`)
	d := &door{t: t, h: httpapi.New(app.Gateway, httpapi.Config{})}
	t.Cleanup(d.h.Close)
	info := app.Modules[0].Value.(gateway.Informer).Info()
	if len(info) != 1 {
		t.Fatalf("got %v", info)
	}
	file := info[0][strings.LastIndexByte(info[0], ' ')+1:]
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	key := strings.TrimSpace(string(text))
	if mode, err := os.Stat(file); err != nil || mode.Mode().Perm() != 0o600 || strings.Contains(info[0], key) {
		t.Errorf("got mode %v, %v, and told %q", mode.Mode(), err, info)
	}
	if none, in := d.status("/api/v1/last/"), d.status("/api/v1/last/", "token", key); none != 403 || in != 200 {
		t.Errorf("got %d without and %d with the key", none, in)
	}
	if err := app.Modules[0].Value.(gateway.Shutdowner).Shutdown(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(file); !os.IsNotExist(err) {
		t.Errorf("the key outlives its run: %v", err)
	}
}

// TestLockedFieldsWantALogin refuses to serve values that are kept apart by who asks to nobody.
func TestLockedFieldsWantALogin(t *testing.T) {
	app := loaded(t, locked+`{_target_: csp_gateway.AuthFilterMiddleware, filter_fields: [user]}`)
	if _, err := (httpapi.Config{}).With(app.Gateway); err == nil || !strings.Contains(err.Error(), "identity") {
		t.Errorf("got %v", err)
	}
}

// TestEveryExampleOfTheAuthPageLoads reads the configurations of docs/auth.md.
func TestEveryExampleOfTheAuthPageLoads(t *testing.T) {
	page, err := os.ReadFile("../docs/auth.md")
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	if err := os.WriteFile("wall.key", []byte("of-the-wall\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	blocks := regexp.MustCompile("(?ms)^```yaml\n(.*?)^```").FindAllStringSubmatch(string(page), -1)
	if len(blocks) != 3 {
		t.Fatalf("got %d examples, want 3", len(blocks))
	}
	for _, block := range blocks {
		text := strings.ReplaceAll(block[1], "${gw.file:wall.key}", "of-the-wall")
		app := loaded(t, text)
		if len(app.Notes) > 0 {
			t.Errorf("%s\n%v", block[1], app.Notes)
		}
		if err := app.Gateway.Build(); err != nil {
			t.Errorf("%s\n%v", block[1], err)
		}
	}
}
