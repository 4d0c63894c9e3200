//go:build unix

package main_test

import (
	"io"
	"os/exec"
	"strings"
	"testing"

	"github.com/creack/pty"
)

// TestCommandsThatDrawNothingAskTheTerminalNothing holds Bubble Tea's initialisation down; see internal/quietterm.
func TestCommandsThatDrawNothingAskTheTerminalNothing(t *testing.T) {
	path, err := build()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(path, "version")
	cmd.Env = append(cmd.Environ(), "TERM=xterm-256color")
	screen, err := pty.Start(cmd)
	if err != nil {
		t.Fatal(err)
	}
	defer screen.Close()
	said, _ := io.ReadAll(screen) // ends with EIO when the program does
	if err := cmd.Wait(); err != nil {
		t.Error(err)
	}
	if strings.Contains(string(said), "\x1b") || !strings.HasPrefix(string(said), "gw ") {
		t.Errorf("got %q, want the version and no question", said)
	}
}
