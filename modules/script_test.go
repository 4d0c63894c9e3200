package modules_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/cockroachdb/datadriven"

	"gw/config"
	"gw/gateway"
	"gw/modules"
)

// stamps are what a script does not show unless it asks: ids and timestamps, which the gateway mints.
var stamps = regexp.MustCompile(`"(id|timestamp)":("[^"]*"|null),`)

// TestScripts runs testdata/*.txt: "file NAME" writes a file, "run" (for=DURATION, raw) runs the configuration for as much
// simulated time and prints what its modules print and log, "cat NAME" shows a file that they wrote.
func TestScripts(t *testing.T) {
	scripts, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(scripts) == 0 {
		t.Fatalf("got %v, %v, want scripts", scripts, err)
	}
	for _, script := range scripts {
		path, err := filepath.Abs(script)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(filepath.Base(script), func(t *testing.T) {
			t.Chdir(t.TempDir())
			datadriven.RunTest(t, path, func(t *testing.T, d *datadriven.TestData) string {
				switch d.Cmd {
				case "file":
					if err := os.WriteFile(d.CmdArgs[0].Key, []byte(d.Input), 0o600); err != nil {
						t.Fatal(err)
					}
					return ""
				case "cat":
					text, err := os.ReadFile(d.CmdArgs[0].Key)
					if err != nil {
						return err.Error() + "\n"
					}
					return stripped(d, string(text))
				}
				return stripped(d, run(t, d))
			})
		})
	}
}

func stripped(d *datadriven.TestData, text string) string {
	if d.HasArg("raw") {
		return text
	}
	return stamps.ReplaceAllString(text, "")
}

func run(t *testing.T, d *datadriven.TestData) string {
	t.Helper()
	if err := os.WriteFile("app.yaml", []byte(d.Input), 0o600); err != nil {
		t.Fatal(err)
	}
	span := 3 * time.Second
	if d.HasArg("for") {
		var text string
		d.ScanArgs(t, "for", &text)
		span, _ = config.ParseDuration(text)
	}
	c, err := config.Load(config.Source{Name: "app.yaml", Targets: modules.Targets()})
	if err != nil {
		return err.Error() + "\n"
	}
	app, err := c.App()
	if err != nil {
		return err.Error() + "\n"
	}
	var printed, logged bytes.Buffer
	log := slog.New(slog.NewTextHandler(&logged, &slog.HandlerOptions{Level: slog.LevelDebug, ReplaceAttr: timeless}))
	for _, m := range app.Modules {
		if u, ok := m.Value.(interface{ UseStreams(modules.Streams) }); ok {
			u.UseStreams(modules.Streams{Out: &printed, Log: log})
		}
	}
	start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	err = app.Gateway.Run(t.Context(), gateway.RunConfig{Start: start, End: start.Add(span)})
	text := strings.ReplaceAll(printed.String(), "2026-01-01T00:00:", "") + logged.String()
	if err != nil {
		text += fmt.Sprintf("error: %v\n", err)
	}
	return text
}

// timeless leaves the wall clock out of log lines.
func timeless(_ []string, a slog.Attr) slog.Attr {
	if a.Key == slog.TimeKey && a.Value.Kind() == slog.KindTime {
		return slog.Attr{}
	}
	return a
}
