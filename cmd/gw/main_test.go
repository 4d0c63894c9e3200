package main_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// limit is for tests that hang; none waits for it.
const limit = time.Minute

// build makes the binary as a user does, once.
var build = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "gw-test-")
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "gw")
	if out, err := exec.Command("go", "build", "-o", path, ".").CombinedOutput(); err != nil {
		return "", fmt.Errorf("go build: %w\n%s", err, out)
	}
	return path, nil
})

func TestMain(m *testing.M) {
	code := m.Run()
	if path, err := build(); err == nil {
		os.RemoveAll(filepath.Dir(path))
	}
	os.Exit(code)
}

// A process is a gw that serves.
type process struct {
	cmd    *exec.Cmd
	stdout bytes.Buffer
	stderr *bufio.Scanner
	url    string
}

// start runs gw until it says where it listens.
func start(t *testing.T, args ...string) *process {
	t.Helper()
	path, err := build()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), limit)
	t.Cleanup(cancel)
	p := &process{cmd: exec.CommandContext(ctx, path, args...)}
	p.cmd.Stdout = &p.stdout
	var pipe io.Reader
	pipe, err = p.cmd.StderrPipe()
	if err == nil {
		err = p.cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	p.stderr = bufio.NewScanner(pipe)
	for p.stderr.Scan() {
		if at, ok := strings.CutPrefix(p.stderr.Text(), "gw: listening on "); ok {
			p.url = at
			return p
		}
	}
	t.Fatalf("gw %q ended without listening: %v", args, p.cmd.Wait())
	return nil
}

// end waits for the process and returns its exit code; -1 is death by a signal.
func (p *process) end(t *testing.T) int {
	t.Helper()
	for p.stderr.Scan() {
		if line := p.stderr.Text(); strings.Contains(line, "panic") || strings.Contains(line, "goroutine ") {
			t.Errorf("standard error: %s", line)
		}
	}
	_ = p.cmd.Wait()
	return p.cmd.ProcessState.ExitCode()
}

func get(t *testing.T, url string) string {
	t.Helper()
	client := http.Client{Timeout: limit}
	answer, err := client.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		t.Fatalf("GET %s: %s, %v", url, answer.Status, err)
	}
	return string(body)
}

func TestSignalsEndServingWithExitCode0(t *testing.T) {
	ticks := filepath.Join(t.TempDir(), "ticks.jsonl")
	rows := `{"time":1723161600,"v":1}` + "\n" + `{"time":1723165200,"v":2}` + "\n"
	if err := os.WriteFile(ticks, []byte(rows), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		name   string
		signal os.Signal
		args   []string
		path   string
	}{
		{"run, Ctrl-C", os.Interrupt, []string{"run", "--headless", "--port", "0"}, "/api/v1/last/"},
		{"run, SIGTERM", syscall.SIGTERM, []string{"run", "--headless", "--port", "0"}, "/"},
		{"replay in the middle, Ctrl-C", os.Interrupt, []string{"replay", ticks, "--port", "0", "--speed", "original"}, "/api/v1/last/ticks"},
		{"replay at its end, SIGTERM", syscall.SIGTERM, []string{"replay", ticks, "--port", "0", "--speed", "max"}, "/api/v1/last/ticks"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			p := start(t, tc.args...)
			get(t, p.url+tc.path)
			if err := p.cmd.Process.Signal(tc.signal); err != nil {
				t.Fatal(err)
			}
			if code := p.end(t); code != 0 {
				t.Errorf("got exit code %d, want 0", code)
			}
			if p.stdout.Len() > 0 {
				t.Errorf("standard output: got %q, want nothing", p.stdout.String())
			}
		})
	}
}

func TestShutdownThroughTheAPIEndsTheProcess(t *testing.T) {
	p := start(t, "run", "--headless", "--port", "0")
	client := http.Client{Timeout: limit}
	answer, err := client.Post(p.url+"/api/v1/controls/shutdown", "application/json", nil)
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	if code := p.end(t); code != 0 {
		t.Errorf("got exit code %d, want 0", code)
	}
}

func TestAnInterruptedSummaryIsNoSummary(t *testing.T) {
	ticks := filepath.Join(t.TempDir(), "ticks.jsonl")
	rows := `{"time":1723161600}` + "\n" + `{"time":1723165200}` + "\n"
	if err := os.WriteFile(ticks, []byte(rows), 0o600); err != nil {
		t.Fatal(err)
	}
	p := start(t, "replay", ticks, "--output", "json", "--speed", "original", "--port", "0")
	if err := p.cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if code := p.end(t); code != 130 || p.stdout.Len() > 0 {
		t.Errorf("got exit code %d and %q, want 130 and nothing", code, p.stdout.String())
	}
}
