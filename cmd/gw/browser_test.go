package main

import (
	"bufio"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
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
	binary := filepath.Join(t.TempDir(), "gw")
	if out, err := exec.CommandContext(ctx, "go", "build", "-o", binary, ".").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	live := serve(t, binary, "run")
	replay := serve(t, binary, "replay", "../../testdata/seattle-weather.csv", "--speed", "max", "--pause")
	cmd := exec.CommandContext(ctx, "node", "--test", "--test-reporter=spec", "e2e/gateway.test.mjs")
	cmd.Dir = "../../web"
	cmd.Env = append(os.Environ(), "GW_URL="+live, "GW_REPLAY="+replay)
	out, err := cmd.CombinedOutput()
	t.Logf("%s", out)
	if err != nil {
		t.Errorf("the page's browser tests: %v", err)
	}
}

// serve starts the binary without a terminal and returns the address of its page. The test's end interrupts it, and
// it must then leave as if nothing were wrong.
func serve(t *testing.T, binary string, args ...string) string {
	t.Helper()
	cmd := exec.Command(binary, append(args, "--headless", "--port", "0")...)
	stderr, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cmd.Process.Signal(syscall.SIGINT)
		late := time.AfterFunc(time.Minute, func() { cmd.Process.Kill() })
		defer late.Stop()
		if err := cmd.Wait(); err != nil {
			t.Errorf("gw %s: %v after an interrupt", strings.Join(args, " "), err)
		}
	})
	lines := bufio.NewScanner(stderr)
	for lines.Scan() {
		if _, address, ok := strings.Cut(lines.Text(), "page "); ok {
			go func() { // what it still writes must not fill the pipe
				for lines.Scan() {
				}
			}()
			return address
		}
	}
	t.Fatalf("gw %s ended without serving a page", strings.Join(args, " "))
	return ""
}
