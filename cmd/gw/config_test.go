package main_test

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestConfigurationsOfCspGatewayStartUnchanged reads those of an installed csp-gateway, whose folder is in
// GW_CSP_GATEWAY (.../site-packages/csp_gateway).
func TestConfigurationsOfCspGatewayStartUnchanged(t *testing.T) {
	peer := os.Getenv("GW_CSP_GATEWAY")
	if peer == "" {
		t.Skip("GW_CSP_GATEWAY is not set: it names the folder of an installed csp_gateway package, whose server/config is read")
	}
	demo, files := filepath.Join(peer, "server", "demo"), filepath.Join(peer, "server", "config")
	for _, tc := range []struct {
		name string
		args []string
		last string
	}{
		{"omnibus", []string{"~modules.mount_outputs"}, "/api/v1/last/example"},
		{"demo", nil, "/api/v1/last/example"},
	} {
		args := append([]string{"run", demo, "--config-dir", files, "+config=" + tc.name, "port=0", "--headless"}, tc.args...)
		p := start(t, args...)
		get(t, p.url+tc.last)
		if err := p.cmd.Process.Signal(os.Interrupt); err != nil {
			t.Fatal(err)
		}
		if code := p.end(t); code != 0 {
			t.Errorf("%s: got exit code %d, want 0", tc.name, code)
		}
	}
}

// TestAProgramThatInitWritesRuns lets the go command build and start it.
func TestAProgramThatInitWritesRuns(t *testing.T) {
	if testing.Short() {
		t.Skip("links another binary, which takes half a minute")
	}
	path, err := build()
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "mine")
	if out, err := exec.CommandContext(t.Context(), path, "init", dir, "--go").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	cmd := exec.CommandContext(context.WithoutCancel(t.Context()), "go", "run", ".", "run", "--headless", "--port", "0", "--for", "1s")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOFLAGS=-buildvcs=false", "GOWORK=")
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Run(); err != nil || !strings.Contains(out.String(), "running mine in real time") {
		t.Errorf("got %v\n%s", err, out.String())
	}
}
