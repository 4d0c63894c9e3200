package main_test

import (
	"context"
	"os"
	"os/exec"
	"testing"
	"time"
)

// TestGatewayInBrowser opens the page of the real binary in Chromium: once over the omnibus, once over a replay.
func TestGatewayInBrowser(t *testing.T) {
	if os.Getenv("GW_E2E") == "" {
		t.Skip("the page's browser tests run with `npm run e2e` in web/, which is part of `make test`")
	}
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	live := start(t, "run", "--headless", "--port", "0")
	replay := start(t, "replay", "../../testdata/seattle-weather.csv", "--headless", "--port", "0", "--speed", "max", "--pause")
	cmd := exec.CommandContext(ctx, "node", "--test", "--test-reporter=spec", "e2e/gateway.test.mjs")
	cmd.Dir = "../../web"
	cmd.Env = append(os.Environ(), "GW_URL="+live.url, "GW_REPLAY="+replay.url)
	out, err := cmd.CombinedOutput()
	t.Logf("%s", out)
	if err != nil {
		t.Errorf("the page's browser tests: %v", err)
	}
	for _, p := range []*process{live, replay} {
		_ = p.cmd.Process.Signal(os.Interrupt)
		if code := p.end(t); code != 0 {
			t.Errorf("got exit code %d after an interrupt, want 0", code)
		}
	}
}
