package cli_test

import (
	"compress/gzip"
	"context"
	"errors"
	"flag"
	"io"
	"net"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"
	"github.com/rogpeppe/go-internal/testscript"

	"gw/cli"
	"gw/examples/demo"
	"gw/examples/omnibus"
	"gw/gateway"
	"gw/gateway/query"
	"gw/httpapi"
)

var update = flag.Bool("update", false, "rewrite what the scripts and pages expect")

// TestMain lets scripts call gw as a command: this binary, once more.
func TestMain(m *testing.M) {
	if filepath.Base(os.Args[0]) != "gw" {
		query.Main() // of what the tests serve themselves
	}
	testscript.Main(m, map[string]func(){
		"gw": func() {
			os.Exit(cli.Main(omnibus.New(omnibus.Options{}), slices.Concat(omnibus.Targets(), demo.Targets())...))
		},
	})
}

// TestScripts runs testdata/script. Beside testscript's own there are
//
//	code N COMMAND...   runs a command that must end with exit code N
//	pack gzip|zstd FILE writes FILE.gz or FILE.zst
//	fill FILE N         writes a JSON line with a text of N bytes
//
// $DATA is the folder of real recordings, $BUSY a port that is taken, $GATEWAY the URL of a running omnibus that ticks
// nothing by itself.
func TestScripts(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { taken.Close() }) // scripts run after this function
	_, busy, _ := net.SplitHostPort(taken.Addr().String())
	data, err := filepath.Abs("../testdata")
	if err != nil {
		t.Fatal(err)
	}
	running := serveOmnibus(t)
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		Setup: func(e *testscript.Env) error {
			e.Setenv("DATA", data)
			e.Setenv("BUSY", busy)
			e.Setenv("GATEWAY", running)
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"code": code, "pack": pack, "fill": fill},
	})
}

// serveOmnibus serves a running omnibus until the test and its scripts end.
func serveOmnibus(t *testing.T) string {
	t.Helper()
	g := omnibus.New(omnibus.Options{Interval: 1000 * time.Hour})
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- g.Run(ctx, gateway.RunConfig{Realtime: true}) }()
	<-g.Ready()
	h := httpapi.New(g, httpapi.Config{})
	server := httptest.NewServer(h)
	t.Cleanup(func() {
		h.Close()
		server.Close()
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	return server.URL
}

func code(ts *testscript.TestScript, _ bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	var exit *exec.ExitError
	if err := ts.Exec(args[1], args[2:]...); errors.As(err, &exit) {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("got exit code %d, want %d", got, want)
	}
}

func pack(ts *testscript.TestScript, _ bool, args []string) {
	text := ts.ReadFile(args[1])
	f, err := os.Create(ts.MkAbs(args[1] + map[string]string{"gzip": ".gz", "zstd": ".zst"}[args[0]]))
	ts.Check(err)
	var w io.WriteCloser = gzip.NewWriter(f)
	if args[0] == "zstd" {
		w, err = zstd.NewWriter(f)
		ts.Check(err)
	}
	_, err = io.WriteString(w, text)
	ts.Check(errors.Join(err, w.Close(), f.Close()))
}

func fill(ts *testscript.TestScript, _ bool, args []string) {
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	text := make([]byte, n)
	for i := range text {
		text[i] = 'x'
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(`{"time":1723161600,"text":"`+string(text)+"\"}\n"), 0o644))
}
