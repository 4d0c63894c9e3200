package httpapi_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gw/httpapi"
)

// TestS34OutputsStayInTheirFolder asks for what lies beside the folder in every way a path can be written.
func TestS34OutputsStayInTheirFolder(t *testing.T) {
	bubble(t, func(t *testing.T) {
		base := t.TempDir()
		dir := filepath.Join(base, "outputs")
		for _, d := range []string{dir, dir + "-private", filepath.Join(dir, "sub")} {
			if err := os.Mkdir(d, 0o700); err != nil {
				t.Fatal(err)
			}
		}
		for name, text := range map[string]string{
			"outputs/a.log": "line", "outputs/page.html": "<script>", "outputs/sub/b.txt": "below", "outputs-private/keys.txt": "secret", "secret.txt": "secret",
		} {
			if err := os.WriteFile(filepath.Join(base, name), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		os.Symlink(filepath.Join(base, "secret.txt"), filepath.Join(dir, "link.txt"))
		os.Symlink("/dev/zero", filepath.Join(dir, "zero.txt"))
		s := open(t, httpapi.Config{Outputs: dir})
		ask := func(path string) answer { return s.request("GET", path, "", "") }
		for path, kind := range map[string]string{
			"/outputs/a.log": "text/plain; charset=utf-8", "/outputs/sub/b.txt": "text/plain; charset=utf-8", "/outputs/page.html": "application/octet-stream",
			"/outputs/": "text/html; charset=utf-8", "/outputs/sub/": "text/html; charset=utf-8",
		} {
			if got := ask(path); got.status != 200 || got.header.Get("Content-Type") != kind {
				t.Errorf("%s: got %d %s, want %s", path, got.status, got.header.Get("Content-Type"), kind)
			}
		}
		if got := ask("/outputs/?token=k"); !strings.Contains(got.body, `href="/outputs/a.log?token=k"`) || !strings.Contains(got.body, "pid[") {
			t.Errorf("the listing loses the query: %s", got.body)
		}
		for _, path := range []string{
			"/outputs/../secret.txt", "/outputs/..%2fsecret.txt", "/outputs/%2e%2e/secret.txt", "/outputs/../outputs-private/keys.txt",
			"/outputs/..%2foutputs-private%2fkeys.txt", "/outputs//etc/passwd", "/outputs/%2fetc%2fpasswd", "/outputs/link.txt", "/outputs/zero.txt",
			"/outputs/a.log%00", "/outputs/nope", "/outputs/sub/../../secret.txt",
		} {
			if got := ask(path); got.status != 404 || strings.Contains(got.body, "secret:") {
				t.Errorf("%s: got %d %.80s", path, got.status, got.body)
			}
		}
	})
}

// TestPagesNeedNothingFromElsewhere looks for other origins and scripts in the API's own pages.
func TestPagesNeedNothingFromElsewhere(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, httpapi.Config{Outputs: t.TempDir()})
		for path, shows := range map[string]string{"/docs": "/api/v1/last/example", "/redoc": "/api/v1/stage/example", "/channels_graph": "str_basket", "/outputs/": "pid["} {
			got := s.request("GET", path, "", "")
			if got.status != 200 || !strings.Contains(got.body, shows) {
				t.Errorf("%s: got %d without %q", path, got.status, shows)
			}
			page := strings.ReplaceAll(got.body, "http://localhost:8000/", "") // what the page says about curl
			for _, foreign := range []string{"http://", "https://", "<script", "src="} {
				if strings.Contains(page, foreign) {
					t.Errorf("%s has %q", path, foreign)
				}
			}
			if policy := got.header.Get("Content-Security-Policy"); !strings.Contains(policy, "default-src 'none'; style-src 'sha256-") || strings.Contains(policy, "unsafe") {
				t.Errorf("%s: policy %q", path, policy)
			}
		}
		if got := s.get("channels_graph"); !includes(decode(t, got.body), decode(t, `{"basket":{"getters":[],"setters":["Send[basket]<A>","Send[basket]<B>","Send[basket]<C>"]}}`)) {
			t.Errorf("got %s", got.body)
		}
	})
}
