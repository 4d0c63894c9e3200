package web

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
)

const script = "console.log('a script long enough to be worth packing');\n"

func testBundle() fstest.MapFS {
	return fstest.MapFS{
		".keep":                 {},
		"index.html":            {Data: []byte(`<title>{{.Title}}</title>{{with .Base}}<base href="{{.}}">{{end}}<meta content="{{.API}}">`)},
		"favicon.svg":           {Data: []byte("<svg/>")},
		"assets/page-abc.js":    {Data: []byte(strings.Repeat(script, 50))},
		"assets/engine-ab.wasm": {Data: bytes.Repeat([]byte("wasm"), 100)},
	}
}

func get(h http.Handler, path string, header ...string) *http.Response {
	return request(h, http.MethodGet, path, header...)
}

func request(h http.Handler, method, path string, header ...string) *http.Response {
	r := httptest.NewRequest(method, "http://gw.test/", nil)
	r.URL.Path = path
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

func body(t *testing.T, r *http.Response) string {
	t.Helper()
	data, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestPageIsTemplatedAndEscaped(t *testing.T) {
	tests := []struct {
		name    string
		options Options
		want    string
	}{
		{"zero value", Options{}, `<title>gw</title><meta content="api/v1">`},
		{"title with markup", Options{Title: "</title><script>"}, `<title>&lt;/title&gt;&lt;script&gt;</title><meta content="api/v1">`},
		{"behind a proxy", Options{BasePath: "gw/", API: "/api/v2/"}, `<title>gw</title><base href="/gw/"><meta content="api/v2">`},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			if got := body(t, get(newHandler(tc.options, testBundle()), "/")); got != tc.want {
				t.Errorf("page with %+v:\ngot  %s\nwant %s", tc.options, got, tc.want)
			}
		})
	}
}

func TestHeaders(t *testing.T) {
	h := newHandler(Options{}, testBundle())
	const forever, ask = "public, max-age=31536000, immutable", "no-cache"
	tests := []struct {
		path, contentType, cache string
		status                   int
	}{
		{"/", "text/html; charset=utf-8", ask, 200},
		{"/index.html", "text/html; charset=utf-8", ask, 200},
		{"/favicon.ico", "image/svg+xml", ask, 200},
		{"/favicon.svg", "image/svg+xml", ask, 200},
		{"/assets/page-abc.js", "text/javascript; charset=utf-8", forever, 200},
		{"/assets/engine-ab.wasm", "application/wasm", forever, 200},
		{"/nowhere", "application/json", "no-store", 404},
	}
	for _, tc := range tests {
		r := get(h, tc.path)
		if r.StatusCode != tc.status || r.Header.Get("Content-Type") != tc.contentType || r.Header.Get("Cache-Control") != tc.cache {
			t.Errorf("GET %s: got %d, %q, %q, want %d, %q, %q", tc.path, r.StatusCode, r.Header.Get("Content-Type"),
				r.Header.Get("Cache-Control"), tc.status, tc.contentType, tc.cache)
		}
		if r.Header.Get("Content-Security-Policy") != policy || r.Header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("GET %s: the answer has no policy: %v", tc.path, r.Header)
		}
	}
}

func TestPolicyAllowsNoForeignOriginAndNoEval(t *testing.T) {
	for _, loose := range []string{"*", "http:", "https:", "blob:", "'unsafe-eval'", "script-src 'self' 'unsafe-inline'"} {
		if strings.Contains(policy, loose) {
			t.Errorf("the policy allows %s: %s", loose, policy)
		}
	}
}

func TestUnknownPathsAreTheAPIsNotFound(t *testing.T) {
	h := newHandler(Options{}, testBundle())
	paths := []string{"/nowhere", "/assets/", "/assets", "/.keep", "/assets/../.keep", "/../handler.go", "/assets/../../doc.go",
		"//favicon.svg", "/assets//page-abc.js", "/assets/%2e%2e/index.html", "/assets\\page-abc.js", "/index.html/", "/\x00"}
	for _, path := range paths {
		r := get(h, path)
		if got := body(t, r); r.StatusCode != 404 || got != `{"detail":"Not Found"}` {
			t.Errorf("GET %q: got %d %s, want 404 {\"detail\":\"Not Found\"}", path, r.StatusCode, got)
		}
	}
}

func TestOnlyGetAndHead(t *testing.T) {
	h := newHandler(Options{}, testBundle())
	r := request(h, http.MethodPost, "/")
	if r.StatusCode != 405 || r.Header.Get("Allow") != "GET, HEAD" {
		t.Errorf("POST /: got %d, Allow %q, want 405, Allow \"GET, HEAD\"", r.StatusCode, r.Header.Get("Allow"))
	}
	r = request(h, http.MethodHead, "/assets/page-abc.js")
	if got := body(t, r); r.StatusCode != 200 || got != "" {
		t.Errorf("HEAD: got %d with %d bytes, want 200 without a body", r.StatusCode, len(got))
	}
}

func TestScriptsArePackedForThoseWhoTakeIt(t *testing.T) {
	h := newHandler(Options{}, testBundle())
	plain := get(h, "/assets/page-abc.js")
	if got := body(t, plain); got != strings.Repeat(script, 50) || plain.Header.Get("Content-Encoding") != "" {
		t.Errorf("without Accept-Encoding: got %d bytes as %q", len(got), plain.Header.Get("Content-Encoding"))
	}
	packed := get(h, "/assets/page-abc.js", "Accept-Encoding", "br, gzip")
	if packed.Header.Get("Content-Encoding") != "gzip" || packed.Header.Get("Vary") != "Accept-Encoding" {
		t.Fatalf("with gzip: got headers %v", packed.Header)
	}
	z, err := gzip.NewReader(packed.Body)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(z); err != nil || string(got) != strings.Repeat(script, 50) {
		t.Errorf("unpacked: got %d bytes, error %v", len(got), err)
	}
	if plain.Header.Get("ETag") == packed.Header.Get("ETag") {
		t.Errorf("both representations have the tag %s", plain.Header.Get("ETag"))
	}
	if got := get(h, "/assets/engine-ab.wasm", "Accept-Encoding", "gzip").Header.Get("Content-Encoding"); got != "" {
		t.Errorf("WebAssembly is sent as %q, want it as it is", got)
	}
}

func TestAcceptsGzip(t *testing.T) {
	tests := map[string]bool{"": false, "gzip": true, "br, gzip;q=0.5": true, "gzip;q=0": false, "gzip; q=0.0": false, "GZIP": true,
		"*": true, "identity": false, "gzip;q=x": false, "xgzip": false}
	for header, want := range tests {
		if got := acceptsGzip(header); got != want {
			t.Errorf("acceptsGzip(%q) = %v, want %v", header, got, want)
		}
	}
}

func TestKnownPageIsNotSentAgain(t *testing.T) {
	h := newHandler(Options{}, testBundle())
	for _, encoding := range []string{"identity", "gzip"} {
		tag := get(h, "/", "Accept-Encoding", encoding).Header.Get("ETag")
		r := get(h, "/", "Accept-Encoding", encoding, "If-None-Match", tag)
		if got := body(t, r); r.StatusCode != 304 || got != "" {
			t.Errorf("%s, If-None-Match %s: got %d with %d bytes, want 304", encoding, tag, r.StatusCode, len(got))
		}
	}
	other := newHandler(Options{Title: "other"}, testBundle())
	if r := get(other, "/", "If-None-Match", get(h, "/").Header.Get("ETag")); r.StatusCode != 200 {
		t.Errorf("a page with another title: got %d, want 200", r.StatusCode)
	}
}

func TestBasePathIsServedStrippedOrNot(t *testing.T) {
	h := newHandler(Options{BasePath: "/gw"}, testBundle())
	for _, path := range []string{"/gw", "/gw/", "/gw/assets/page-abc.js", "/", "/assets/page-abc.js"} {
		if r := get(h, path); r.StatusCode != 200 {
			t.Errorf("GET %s below /gw: got %d, want 200", path, r.StatusCode)
		}
	}
	if r := get(h, "/gwassets/page-abc.js"); r.StatusCode != 404 {
		t.Errorf("GET /gwassets/page-abc.js: got %d, want 404", r.StatusCode)
	}
}

func TestWithoutABundleThePageSaysHowToBuildIt(t *testing.T) {
	h := newHandler(Options{Title: "Desk"}, fstest.MapFS{".keep": {}})
	r := get(h, "/")
	got := body(t, r)
	for _, want := range []string{"<h1>Desk</h1>", "make ui", "make run", `href="openapi.json"`} {
		if r.StatusCode != 200 || !strings.Contains(got, want) {
			t.Errorf("GET / without a bundle: got %d, without %s:\n%s", r.StatusCode, want, got)
		}
	}
	if r := get(h, "/favicon.ico"); r.StatusCode != 200 {
		t.Errorf("GET /favicon.ico without a bundle: got %d, want 200", r.StatusCode)
	}
}

func TestBrokenTemplateFallsBackToThePlaceholder(t *testing.T) {
	h := newHandler(Options{}, fstest.MapFS{"index.html": {Data: []byte("{{.Nothing")}})
	if got := body(t, get(h, "/")); !strings.Contains(got, "make ui") {
		t.Errorf("got %s, want the placeholder", got)
	}
}

// The bundle has a budget: it is part of every binary, and of every first visit.
func TestBundleStaysSmall(t *testing.T) {
	const most = 5_500_000
	size := 0
	for _, name := range files(dist) {
		data, err := dist.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		size += len(data)
	}
	if size > most {
		t.Errorf("web/dist has %d bytes, want at most %d", size, most)
	}
}
