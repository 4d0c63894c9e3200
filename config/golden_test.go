package config_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/cockroachdb/datadriven"

	"gw/config"
	"gw/examples/omnibus"
	"gw/modules"
)

// targets are the catalogue and the omnibus example, as in the binary.
func targets() []config.Target {
	return append(modules.Targets(),
		config.Target{Name: "omnibus.Channels", New: func() any { return &omnibus.Channels{} }, Model: true},
		config.Target{Name: "omnibus.ExampleModule", New: func() any { return &omnibus.ExampleModule{} }},
	)
}

var clock = time.Date(2026, 11, 25, 9, 8, 7, 0, time.UTC)

// environ is the environment of the scripts.
func environ(name string) (string, bool) {
	v, ok := map[string]string{"HOME": "/home/me", "PORT": "9000", "DB": "mysql", "API_TOKEN": "s3cret"}[name]
	return v, ok
}

// TestConfigurations runs the scripts in testdata. "file NAME" writes a file; "check", "show", "json" load what is
// written so far (args: the configuration and its overrides) and print what is wrong, or the result; "clear" begins
// anew. A script line may have dirs=(A,B).
func TestConfigurations(t *testing.T) {
	scripts, err := filepath.Glob("testdata/*/*.txt")
	if err != nil || len(scripts) == 0 {
		t.Fatalf("got %v, %v, want scripts", scripts, err)
	}
	for _, script := range scripts {
		path, err := filepath.Abs(script)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(filepath.Base(filepath.Dir(script))+"/"+filepath.Base(script), func(t *testing.T) {
			t.Chdir(t.TempDir())
			datadriven.RunTest(t, path, func(t *testing.T, d *datadriven.TestData) string { return command(t, d) })
		})
	}
}

func command(t *testing.T, d *datadriven.TestData) string {
	t.Helper()
	switch d.Cmd {
	case "clear":
		t.Chdir(t.TempDir())
		return ""
	case "file":
		name := d.CmdArgs[0].Key
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(d.Input), 0o644); err != nil {
			t.Fatal(err)
		}
		return ""
	case "gateway": // the input is the whole configuration
		if err := os.WriteFile("app.yaml", []byte(d.Input), 0o644); err != nil {
			t.Fatal(err)
		}
		return checked(config.Source{Name: "app.yaml"})
	}
	// The input is the command line: the configuration, then its overrides, one a line.
	lines := strings.Split(strings.TrimSpace(d.Input), "\n")
	s := config.Source{}
	for _, line := range lines {
		switch {
		case strings.HasPrefix(line, "--config-dir "):
			s.Dirs = append(s.Dirs, strings.TrimPrefix(line, "--config-dir "))
		case config.IsOverride(line):
			s.Overrides = append(s.Overrides, line)
		default:
			s.Name = line
		}
	}
	if d.Cmd == "check" {
		return checked(s)
	}
	return shown(s)
}

func load(s config.Source) (*config.Config, error) {
	s.Environ, s.Now, s.Targets, s.Dry = environ, clock, targets(), true
	return config.Load(s)
}

func checked(s config.Source) string {
	c, err := load(s)
	if err != nil {
		return err.Error() + "\n"
	}
	app, err := c.App()
	if err != nil {
		return err.Error() + "\n"
	}
	var b strings.Builder
	for _, m := range app.Modules {
		fmt.Fprintf(&b, "%s: %s\n", m.Name, m.Target)
	}
	for _, note := range app.Notes {
		fmt.Fprintf(&b, "note: %s\n", note)
	}
	if err := app.Gateway.Build(); err != nil {
		fmt.Fprintf(&b, "build: %v\n", err)
	}
	return b.String()
}

func shown(s config.Source) string {
	c, err := load(s)
	if err != nil {
		return err.Error() + "\n"
	}
	var b strings.Builder
	if err := c.Show(&b); err != nil {
		return err.Error() + "\n"
	}
	return b.String()
}
