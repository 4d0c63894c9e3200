package tui_test

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"gw/client"
	"gw/examples/omnibus"
	"gw/gateway"
	"gw/httpapi"
	"gw/internal/memnet"
	"gw/tui"
)

// screen is an output on which a test waits for text.
type screen struct {
	mu      sync.Mutex
	buf     bytes.Buffer
	changed chan struct{}
}

func (s *screen) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	defer func() {
		select {
		case s.changed <- struct{}{}:
		default:
		}
	}()
	return s.buf.Write(p)
}

func (s *screen) text() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.buf.String()
}

// wait returns when the text was written, styles aside.
func (s *screen) wait(t *testing.T, text string) {
	t.Helper()
	late := time.After(30 * time.Second)
	for !strings.Contains(ansi.Strip(s.text()), text) {
		select {
		case <-s.changed:
		case <-late:
			t.Fatalf("%q did not come; written:\n%s", text, ansi.Strip(s.text()))
		}
	}
}

// bench is a workbench on a real gateway, all in memory.
type bench struct {
	screen *screen
	keys   *io.PipeWriter
	result chan error
	server *http.Server
	api    *httpapi.Handler
}

func startBench(ctx context.Context, t *testing.T) *bench {
	t.Helper()
	g := startGateway(t)
	l := memnet.Listen()
	b := &bench{screen: &screen{changed: make(chan struct{}, 1)}, result: make(chan error, 1), api: httpapi.New(g, httpapi.Config{Hosts: []string{"gateway.memory"}})}
	b.server = &http.Server{Handler: b.api}
	go b.server.Serve(l)
	c := client.New("http://gateway.memory", client.Options{Dial: l.Dial, Retry: time.Millisecond})
	input, keys := io.Pipe()
	b.keys = keys
	go func() {
		b.result <- tui.Run(ctx, c, tui.Options{
			Input: input, Output: b.screen, Where: "in-process", StopsGateway: true,
			Environ: []string{"TERM=xterm-256color"}, Patience: 50 * time.Millisecond,
		})
	}()
	t.Cleanup(func() {
		keys.Close()
		c.Close()
		b.cut()
	})
	return b
}

// startGateway starts a gateway that stands before its first cycle, and stops it when the test is over.
func startGateway(t *testing.T) *gateway.Gateway {
	t.Helper()
	g := omnibus.New(omnibus.Options{Seed: 1})
	run, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	start := time.Date(2024, 8, 9, 0, 0, 0, 0, time.UTC)
	go func() { ended <- g.Run(run, gateway.RunConfig{Start: start, End: start.Add(time.Minute), Hold: true}) }()
	<-g.Ready()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	return g
}

func (b *bench) cut() {
	b.server.Close()
	b.api.Close()
}

func (b *bench) press(t *testing.T, keys string) {
	t.Helper()
	if _, err := io.WriteString(b.keys, keys); err != nil {
		t.Fatal(err)
	}
}

// restored fails unless the last thing written was what gives the terminal back.
func (b *bench) restored(t *testing.T) {
	t.Helper()
	text := b.screen.text()
	last := text[strings.LastIndex(text, "\x1b[?1049h"):]
	if !strings.Contains(last, "\x1b[?1049l") || !strings.Contains(last, "\x1b[?25h") {
		t.Errorf("the terminal was not restored: %q", last[max(0, len(last)-200):])
	}
}

func TestRunStepsAReplayAndQuits(t *testing.T) {
	b := startBench(t.Context(), t)
	b.screen.wait(t, "PAUSED")
	b.press(t, ".")
	b.screen.wait(t, "cycle 1")
	b.press(t, "\r")
	b.screen.wait(t, "following")
	b.press(t, "\r")
	b.screen.wait(t, "internal_csp_struct: {1}")
	b.press(t, "q")
	b.screen.wait(t, "quit and stop the gateway?")
	b.press(t, "y")
	if err := <-b.result; err != nil {
		t.Error(err)
	}
	b.restored(t)
}

func TestRunEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	b := startBench(ctx, t)
	b.screen.wait(t, "PAUSED")
	cancel()
	if err := <-b.result; err != nil {
		t.Error(err)
	}
	b.restored(t)
}

func TestRunEndsWhenTheGatewayIsGone(t *testing.T) {
	b := startBench(t.Context(), t)
	b.screen.wait(t, "PAUSED")
	b.cut()
	if err := <-b.result; err == nil || !strings.Contains(err.Error(), "the gateway is gone: http://gateway.memory: ") {
		t.Errorf("got %v", err)
	}
	b.restored(t)
}

func TestRunWhereNothingListens(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := l.Addr().String()
	l.Close()
	c := client.New(addr, client.Options{})
	defer c.Close()
	input, keys := io.Pipe()
	defer keys.Close()
	err = tui.Run(t.Context(), c, tui.Options{Input: input, Output: io.Discard, Patience: time.Millisecond})
	want := "http://" + addr + ": nothing answers (connection refused); start a gateway with gw run"
	if err == nil || !strings.HasSuffix(err.Error(), want) {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestRunLeavesNoGoroutine(t *testing.T) {
	b := startBench(t.Context(), t)
	b.screen.wait(t, "PAUSED")
	b.press(t, "3")
	b.screen.wait(t, "by channel")
	b.press(t, "\x03")
	if err := <-b.result; err != nil {
		t.Error(err)
	}
	b.keys.Close() // a pipe cannot be asked to let its reader go
	late := time.After(30 * time.Second)
	for left := stillRunning(); left != ""; left = stillRunning() {
		select {
		case <-late:
			t.Fatalf("still running:\n%s", left)
		default:
			runtime.Gosched()
		}
	}
}

// stillRunning is the stack of a goroutine of the workbench, "" if there is none.
func stillRunning() string {
	buf := make([]byte, 1<<20)
	for _, stack := range strings.Split(string(buf[:runtime.Stack(buf, true)]), "\n\n") {
		if strings.Contains(stack, "gw/tui.") || strings.Contains(stack, "bubbletea.") {
			return stack
		}
	}
	return ""
}

// gw tui: q leaves a gateway elsewhere at once, and the gateway goes on.
func TestRunOnAGatewayElsewhere(t *testing.T) {
	g := startGateway(t)
	server := httptest.NewServer(httpapi.New(g, httpapi.Config{}))
	defer server.Close()
	c := client.New(server.URL, client.Options{})
	defer c.Close()
	input, keys := io.Pipe()
	defer keys.Close()
	s, result := &screen{changed: make(chan struct{}, 1)}, make(chan error, 1)
	go func() {
		result <- tui.Run(t.Context(), c, tui.Options{Input: input, Output: s, Environ: []string{"TERM=xterm-256color"}})
	}()
	s.wait(t, "● "+server.URL[:15])
	if _, err := io.WriteString(keys, "q"); err != nil {
		t.Fatal(err)
	}
	if err := <-result; err != nil {
		t.Error(err)
	}
	if got := g.Status().State; got != "paused" {
		t.Errorf("the gateway is %s, want paused as before", got)
	}
}
