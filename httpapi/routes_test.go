package httpapi

import (
	"gw/gateway"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"gw/httpapi/auth"
)

// fakeRoutes is a table whose handles answer with the name of the route and the key they got.
func fakeRoutes() *routes {
	h := New(gateway.New(nil), Config{})
	t := newRoutes(h.fail)
	say := func(name string) handle {
		return func(w http.ResponseWriter, r *http.Request, key string) error {
			h.reply.value(w, r, http.StatusOK, name+" "+key)
			return nil
		}
	}
	t.add("GET", "/api/v1/last/", auth.Public, say("index"))
	t.add("GET", "/api/v1/last/example", auth.Public, say("example"))
	t.add("GET", "/api/v1/last/example_list", auth.Public, say("example_list"))
	t.add("GET", "/api/v1/last/basket", auth.Public, say("basket"))
	t.addRest("GET", "/api/v1/last/basket/", auth.Public, say("basket key"))
	t.add("GET", "/api/v1/last/basket2", auth.Public, say("basket2"))
	t.add("GET", "/api/v1/last/a:b*c", auth.Public, say("a:b*c"))
	t.addRest("GET", "/api/v1/last/d:e/", auth.Public, say("d:e key"))
	t.add("POST", "/api/v1/send/example", auth.Public, say("send"))
	t.add("GET", "/api/v1/both", auth.Public, say("get both"))
	t.add("POST", "/api/v1/both", auth.Public, say("post both"))
	t.add("GET", "/api/v1/stream", auth.Public, say("stream"))
	t.sockets["/api/v1/stream"] = true
	t.add("GET", "/", auth.Public, say("root"))
	return t
}

func TestRoutes(t *testing.T) {
	table := fakeRoutes()
	for _, tc := range []struct {
		method, path string
		status       int
		want         string // body, or the header that counts
	}{
		{"GET", "/", 200, `"root "`},
		{"GET", "/api/v1/last/", 200, `"index "`},
		{"GET", "/api/v1/last", 307, "http://gw:8000/api/v1/last/"},
		{"GET", "/api/v1/last?token=test&x=a%2Fb", 307, "http://gw:8000/api/v1/last/?token=test&x=a%2Fb"},
		{"POST", "/api/v1/last", 307, "http://gw:8000/api/v1/last/"},
		{"GET", "/api/v1/last/example", 200, `"example "`},
		{"GET", "/api/v1/last/example/", 307, "http://gw:8000/api/v1/last/example"},
		{"GET", "/api/v1/last/example//", 307, "http://gw:8000/api/v1/last/example"},
		{"GET", "/api/v1/last/example%2F", 307, "http://gw:8000/api/v1/last/example"},
		{"GET", "/api/v1/last/basket", 200, `"basket "`},
		{"GET", "/api/v1/last/basket2", 200, `"basket2 "`},
		{"GET", "/api/v1/last/basket/", 200, `"basket key "`},
		{"GET", "/api/v1/last/basket/A", 200, `"basket key A"`},
		{"GET", "/api/v1/last/basket/A/", 200, `"basket key A/"`},
		{"GET", "/api/v1/last/basket/a%2Fb", 200, `"basket key a/b"`},
		{"GET", "/api/v1/last/basket/a:b*", 200, `"basket key a:b*"`},
		{"GET", "/api/v1/last/a:b*c", 200, `"a:b*c "`},
		{"GET", "/api/v1/last/a%3Ab%2Ac", 200, `"a:b*c "`},
		{"GET", "/api/v1/last/d:e/k", 200, `"d:e key k"`},
		{"GET", "/api/v1/last/nope", 404, `{"detail":"Not Found"}`},
		{"POST", "/api/v1/last/nope", 404, `{"detail":"Not Found"}`},
		{"GET", "/api/v1", 404, `{"detail":"Not Found"}`},
		{"GET", "/api/v1/", 404, `{"detail":"Not Found"}`},
		{"GET", "/nope", 404, `{"detail":"Not Found"}`},
		{"GET", "//", 404, `{"detail":"Not Found"}`},
		{"POST", "/api/v1/last/example", 405, "GET"},
		{"HEAD", "/api/v1/last/example", 405, "GET"},
		{"OPTIONS", "/api/v1/last/example", 405, "GET"},
		{"BREW", "/api/v1/last/example", 405, "GET"},
		{"DELETE", "/api/v1/last/basket/A", 405, "GET"},
		{"GET", "/api/v1/send/example", 405, "POST"},
		{"PUT", "/api/v1/both", 405, "GET, POST"},
		{"POST", "/api/v1/send/example/", 307, "http://gw:8000/api/v1/send/example"},
	} {
		t.Run(tc.method+" "+tc.path, func(t *testing.T) {
			w := httptest.NewRecorder()
			table.ServeHTTP(w, httptest.NewRequest(tc.method, "http://gw:8000"+tc.path, nil))
			got := w.Body.String()
			switch tc.status {
			case 307:
				got = w.Header().Get("Location")
			case 405:
				if got != `{"detail":"Method Not Allowed"}` {
					t.Errorf("got body %s", got)
				}
				got = w.Header().Get("Allow")
			}
			if w.Code != tc.status || got != tc.want {
				t.Errorf("got %d %s, want %d %s", w.Code, got, tc.status, tc.want)
			}
		})
	}
}

func TestUpgradeOfAnythingButASocketIsForbidden(t *testing.T) {
	table := fakeRoutes()
	for path, want := range map[string]int{"/api/v1/stream": 200, "/api/v1/stream/": 403, "/api/v1/last/example": 403, "/nope": 403} {
		r := httptest.NewRequest("GET", "http://gw:8000"+path, nil)
		r.Header.Set("Connection", "keep-alive, Upgrade")
		r.Header.Set("Upgrade", "websocket")
		w := httptest.NewRecorder()
		table.ServeHTTP(w, r)
		if w.Code != want {
			t.Errorf("%s: got %d, want %d", path, w.Code, want)
		}
	}
}

func TestFirstOfTwoRoutesWins(t *testing.T) {
	table := fakeRoutes()
	nobody := func(w http.ResponseWriter, r *http.Request, key string) error { return errNoRoute }
	if table.add("GET", "/api/v1/last/example", auth.Public, nobody) || table.addRest("GET", "/api/v1/last/basket/", auth.Public, nobody) {
		t.Error("got a second route on a taken path")
	}
	if !table.covered("GET", "/api/v1/last/basket/x") || table.covered("GET", "/api/v1/last/example") {
		t.Error("only what lies below basket/ is covered")
	}
}

func FuzzRoutes(f *testing.F) {
	f.Add("GET", "/api/v1/last/basket/a:b")
	f.Add("", "*")
	f.Add("OPTIONS", "")
	f.Add("POST", "/api/v1/last/\x00c")
	table := fakeRoutes()
	f.Fuzz(func(t *testing.T, method, path string) {
		r := httptest.NewRequest("GET", "http://gw:8000/", nil)
		r.Method, r.URL.Path, r.URL.RawPath = method, path, ""
		w := httptest.NewRecorder()
		table.ServeHTTP(w, r)
		if w.Code == http.StatusOK && !strings.HasPrefix(path, "/") {
			t.Errorf("got 200 for %q", path)
		}
	})
}
