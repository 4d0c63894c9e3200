package web

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"testing"
	"time"
)

// TestPageInBrowser runs e2e/page.test.mjs in Chromium against this package's handler and two fake gateways, one live
// at / and one in replay at /replay. `npm run e2e` asks for it; then a missing part is a failure that names it.
func TestPageInBrowser(t *testing.T) {
	if os.Getenv("GW_E2E") == "" {
		t.Skip("the page's browser tests run with `npm run e2e` in web/, which is part of `make test`")
	}
	node, chromium := browserParts(t)
	mux := http.NewServeMux()
	live, replay := newFakeGateway("realtime"), newFakeGateway("replay")
	go live.run(t.Context())
	go replay.run(t.Context())
	mux.Handle("/", Handler(Options{Title: "Fake gateway"}))
	mux.Handle("/api/v1/", live)
	mux.Handle("/test/", live)
	mux.Handle("/replay/", Handler(Options{Title: "Fake replay", BasePath: "/replay"}))
	mux.Handle("/replay/api/v1/", replay)
	mux.Handle("/replay/test/", replay)
	server := httptest.NewServer(mux)
	defer server.Close()
	defer live.closeAll()
	defer replay.closeAll()

	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, node, "--test", "--test-reporter=spec", "e2e/page.test.mjs")
	cmd.Env = append(os.Environ(), "GW_URL="+server.URL+"/", "GW_CHROMIUM="+chromium)
	out, err := cmd.CombinedOutput()
	t.Logf("%s", out)
	if err != nil {
		t.Errorf("the page's browser tests: %v", err)
	}
}

// browserParts finds node and chromium and looks whether the bundle and playwright-core are there.
func browserParts(t *testing.T) (node, chromium string) {
	t.Helper()
	if _, err := dist.Open("dist/index.html"); err != nil {
		t.Fatal("no bundle in web/dist: build it with `npm run build` in web/ (or `make ui`)")
	}
	if _, err := os.Stat("node_modules/playwright-core"); err != nil {
		t.Fatal("no web/node_modules/playwright-core: run `npm ci` in web/")
	}
	node, err := exec.LookPath("node")
	if err != nil {
		t.Fatal("no node in PATH: install Node.js 20 or later")
	}
	for _, name := range []string{os.Getenv("GW_CHROMIUM"), "chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			return node, found
		}
	}
	t.Fatal("no chromium in PATH: install it (`apt-get install chromium`) or set GW_CHROMIUM to the browser to use")
	return "", ""
}

func (g *fakeGateway) closeAll() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.cut()
}
