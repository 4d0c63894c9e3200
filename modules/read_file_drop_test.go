package modules_test

import (
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"

	"gw/config"
	"gw/gateway"
	"gw/modules"
)

// TestDroppedFilesTickOnceTheyAreComplete drops files in the two ways that count, into a gateway that runs in real time.
func TestDroppedFilesTickOnceTheyAreComplete(t *testing.T) {
	dir := t.TempDir()
	drop := func(channel, kind, ending string) string {
		return "{dir_path: " + dir + "/in, channel_name: " + channel + ", filedrop_type: " + kind + ", extensions: [" + ending + "]}"
	}
	g, log := dropGateway(t, "configs=["+strings.Join([]string{
		drop("a", "JSON", ".one.json"), drop("many", "JSON", ".many.json"), drop("basket", "JSON", ".basket.json"), drop("b", "CSV", ".csv"), drop("a", "PARQUET", ".parquet"),
	}, ", ")+"]")
	follow, err := g.Subscribe(t.Context(), gateway.SubscribeOptions{Select: []gateway.Selector{{Channel: "a"}, {Channel: "b"}, {Channel: "many"}, {Channel: "basket"}}})
	if err != nil {
		t.Fatal(err)
	}
	defer follow.Close()
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, "in", name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("x.one.json", `[{"x": 1}, {"id": "theirs", "x": 2}]`)
	wantTicks(t, follow, `a [{"x":1}]`, `a [{"x":2}]`)
	write("bad.one.json", `[{"x": 3}, {"x": "no number"}]`) // all or nothing
	write("y.many.json", `[[{"x": 4}, {"x": 5}]]`)
	wantTicks(t, follow, `many [{"x":4},{"x":5}]`)
	if line := <-log; !strings.Contains(line, "Failed to read data from "+filepath.Join(dir, "in", "bad.one.json")) {
		t.Errorf("got the log line %q, want one about bad.one.json", line)
	}
	write("z.basket.json", `{"k": {"x": 6}, "l": {"x": 7}}`)
	wantTicks(t, follow, `basket/k [{"x":6}]`, `basket/l [{"x":7}]`)
	write("half.tmp", "x\n8\n9\n")
	if err := os.Rename(filepath.Join(dir, "in", "half.tmp"), filepath.Join(dir, "in", "moved.csv")); err != nil {
		t.Fatal(err)
	}
	wantTicks(t, follow, `b [{"x":8}]`, `b [{"x":9}]`)
	rows := parquetText(t, 10, 11)
	write("cut.parquet", rows[:len(rows)-1])
	write("whole.parquet", rows)
	wantTicks(t, follow, `a [{"x":10}]`, `a [{"x":11}]`)
	if line := <-log; !strings.Contains(line, "Failed to read data from "+filepath.Join(dir, "in", "cut.parquet")) {
		t.Errorf("got the log line %q, want one about cut.parquet", line)
	}
}

// parquetText is a Parquet file with one column, x.
func parquetText(t *testing.T, xs ...int64) string {
	t.Helper()
	type row struct {
		X int64 `parquet:"x"`
	}
	var b strings.Builder
	w := parquet.NewGenericWriter[row](&b)
	for _, x := range xs {
		if _, err := w.Write([]row{{x}}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// logLines is a log that a test can wait for.
type logLines chan string

func (l logLines) Write(p []byte) (int, error) {
	l <- string(p)
	return len(p), nil
}

// dropGateway runs a gateway with one ReadFileDrop until the test ends.
func dropGateway(t *testing.T, options string) (*gateway.Gateway, logLines) {
	t.Helper()
	all := append(modules.Targets(), config.Target{Name: "items", New: func() any { return &itemChannels{} }, Model: true})
	c, err := config.Load(config.Source{Targets: all, Overrides: []string{
		"+channels._target_=items", "+modules.m._target_=csp_gateway.ReadFileDrop", "+modules.m." + options,
	}})
	if err != nil {
		t.Fatal(err)
	}
	app, err := c.App()
	if err != nil {
		t.Fatal(err)
	}
	log := make(logLines, 100)
	app.Modules[0].Value.(*modules.ReadFileDrop).UseStreams(modules.Streams{Log: slog.New(slog.NewTextHandler(log, nil))})
	failed := make(chan error, 1)
	go func() { failed <- app.Gateway.Run(t.Context(), gateway.RunConfig{Realtime: true}) }()
	t.Cleanup(func() {
		app.Gateway.Stop()
		if err := <-failed; err != nil {
			t.Error(err)
		}
	})
	select {
	case <-app.Gateway.Ready():
	case <-app.Gateway.Done():
		t.Fatal("ended before it was ready")
	}
	return app.Gateway, log
}

// wantTicks takes as many ticks as are wanted, in their order.
func wantTicks(t *testing.T, s *gateway.Subscription, want ...string) {
	t.Helper()
	var got []string
	for len(got) < len(want) {
		<-s.Ready()
		ticks, _, _ := s.Take()
		for _, tick := range ticks {
			name := tick.Channel
			if tick.Key != "" {
				name += "/" + tick.Key
			}
			got = append(got, name+" "+stamps.ReplaceAllString(string(tick.JSON()), ""))
		}
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got %q, want %q", got, want)
	}
}
