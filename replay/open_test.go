package replay

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/cockroachdb/datadriven"
	"github.com/klauspost/compress/zstd"

	"gw/engine"
	"gw/gateway"
)

// TestOpen runs the scripts under testdata/open:
//
//	file NAME [gzip|zstd] [cut=N] [crlf] [bom] [noeol]   writes a file; cut leaves N bytes of the compressed file
//	replay NAME... [map=M] [from=T] [until=T]            opens files and prints mapping, warnings, ticks and summary
func TestOpen(t *testing.T) {
	datadriven.Walk(t, "testdata/open", func(t *testing.T, path string) {
		dir := t.TempDir()
		datadriven.RunTest(t, path, func(t *testing.T, d *datadriven.TestData) string {
			switch d.Cmd {
			case "file":
				writeInput(t, dir, d)
				return ""
			case "replay":
				return strings.ReplaceAll(replayScript(t, dir, d), dir+string(filepath.Separator), "")
			}
			t.Fatalf("%s: no such command %q", d.Pos, d.Cmd)
			return ""
		})
	})
}

func writeInput(t *testing.T, dir string, d *datadriven.TestData) {
	t.Helper()
	text := []byte(d.Input + "\n")
	if d.HasArg("noeol") {
		text = bytes.TrimSuffix(text, []byte("\n"))
	}
	if d.HasArg("crlf") {
		text = bytes.ReplaceAll(text, []byte("\n"), []byte("\r\n"))
	}
	if d.HasArg("bom") {
		text = append([]byte("\xef\xbb\xbf"), text...)
	}
	text = compressed(t, text, d.HasArg("gzip"), d.HasArg("zstd"))
	if d.HasArg("cut") {
		var n int
		d.ScanArgs(t, "cut", &n)
		text = text[:len(text)-n]
	}
	writeFile(t, dir, d.CmdArgs[0].Key, text)
}

func compressed(t testing.TB, text []byte, gz, zst bool) []byte {
	t.Helper()
	var b bytes.Buffer
	switch {
	case gz:
		w := gzip.NewWriter(&b)
		_, err := w.Write(text)
		check(t, err, w.Close())
	case zst:
		w, err := zstd.NewWriter(&b)
		check(t, err)
		_, err = w.Write(text)
		check(t, err, w.Close())
	default:
		return text
	}
	return b.Bytes()
}

func check(t testing.TB, errs ...error) {
	t.Helper()
	for _, err := range errs {
		if err != nil {
			t.Fatal(err)
		}
	}
}

func writeFile(t testing.TB, dir, name string, text []byte) string {
	t.Helper()
	path := filepath.Join(dir, name)
	check(t, os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, text, 0o644))
	return path
}

func replayScript(t *testing.T, dir string, d *datadriven.TestData) string {
	t.Helper()
	var paths []string
	var o Options
	for _, arg := range d.CmdArgs {
		value := strings.Join(arg.Vals, ",")
		switch arg.Key {
		case "map":
			o.Map = value
		case "from":
			o.From = moment(t, value)
		case "until":
			o.Until = moment(t, value)
		default:
			paths = append(paths, filepath.Join(dir, arg.Key))
		}
	}
	rec, err := Open(context.Background(), paths, o)
	if err != nil {
		return "error: " + err.Error() + "\n"
	}
	var b strings.Builder
	fmt.Fprint(&b, rec.Mapping())
	for _, w := range rec.Warnings() {
		fmt.Fprintln(&b, "warning:", w)
	}
	for _, tick := range play(t, rec) {
		fmt.Fprintln(&b, tick)
	}
	s := rec.Summary()
	first, last := "never", "never"
	if s.First != nil {
		first, last = *s.First, *s.Last
	}
	skipped, err := json.Marshal(s.Skipped)
	check(t, err)
	fmt.Fprintf(&b, "%d cycles, %s to %s, %d late, skipped %s\n", s.Cycles, first, last, s.Late, skipped)
	return b.String()
}

func moment(t *testing.T, s string) time.Time {
	t.Helper()
	ns, ok := parseISO([]byte(s))
	if !ok {
		t.Fatalf("got %q, want a time", s)
	}
	return engine.Time(ns).Std()
}

// play runs the recording and returns its ticks as `TIME #CYCLE CHANNEL[/KEY] JSON`.
func play(t testing.TB, rec *Recording) []string {
	t.Helper()
	g := rec.Gateway()
	check(t, g.Build())
	var every []gateway.Selector
	for _, p := range g.Ports() {
		every = append(every, gateway.Selector{Channel: p.Name})
	}
	sub, err := g.Subscribe(context.Background(), gateway.SubscribeOptions{Select: every, Limit: 1 << 20})
	if err != nil {
		t.Fatal(err)
	}
	defer sub.Close()
	check(t, g.Run(context.Background(), gateway.RunConfig{Start: rec.Start, End: rec.End}))
	ticks, dropped, _ := sub.Take()
	if dropped > 0 {
		t.Fatalf("%d ticks dropped", dropped)
	}
	var out []string
	for _, k := range ticks {
		name := k.Channel
		if k.Key != "" {
			name += "/" + k.Key
		}
		out = append(out, fmt.Sprintf("%s #%d %s %s", k.Time, k.Cycle, name, k.JSON()))
	}
	return out
}
