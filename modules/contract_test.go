package modules_test

import (
	"bytes"
	"context"
	"flag"
	"os"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"gw/config"
	"gw/gateway"
	"gw/modules"
)

var update = flag.Bool("update", false, "rewrite golden files and generated pages")

// item is a value for any module.
type item struct {
	gateway.Struct
	X int64 `json:"x"`
}

type itemChannels struct {
	A      gateway.Channel[item]        `channel:"a"`
	B      gateway.Channel[item]        `channel:"b"`
	Many   gateway.Channel[[]item]      `channel:"many"`
	Basket gateway.Basket[string, item] `channel:"basket" keys:"k,l"`
}

// needs are the options without which a module cannot be; every other one works as its zero value.
func needs(t *testing.T, name string) []string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{"a.csv": "time,x\n2026-01-01T00:00:01,1\n", "m.json": `{"a":{"x":1},"csp_engine_timestamp":"2026-01-01T00:00:01"}` + "\n"} {
		if err := os.WriteFile(dir+"/"+name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return map[string][]string{
		"gw.Generate":                      {"channel=a"},
		"gw.File":                          {"channel=a", "path=" + dir + "/a.csv"},
		"gw.Initialize":                    {"channel=a"},
		"gw.ReadFileDrop":                  {"configs=[{dir_path: " + dir + ", channel_name: a, filedrop_type: JSON}]"},
		"gw.ReplayEngineJSON":              {"filename=" + dir + "/r/r.json"},
		"gw.Mirror":                        {"mirror_source={_target_: gw.ReplayEngineJSON, filename: " + dir + "/m.json}"},
		"gw.Map":                           {"from=a", "to=b"},
		"gw.Filter":                        {"from=a", "to=b", "where=x > 0"},
		"gw.Merge":                         {"from=a", "to=b"},
		"gw.Unroll":                        {"from=many", "to=b"},
		"gw.Window":                        {"from=a", "to=b", "set={x: len(rows)}"},
		"gw.WriteFile":                     {"path=" + dir + "/w/w.jsonl"},
		"gw.AuthFilter":                    {"filter_fields=[x]"},
		"gw.MountExternalAPIKeyMiddleware": {"external_validator=https://auth.example/"},
		"gw.MountSimpleAuthMiddleware":     {"users_file=" + dir + "/users"},
		"gw.MountOAuth2Middleware":         {"issuer=https://login.example", "client_id=gw"},
	}[name]
}

// TestEveryModuleOfTheCatalogueKeepsTheContract makes each with nothing but what it must be given, runs it, and looks at
// what it leaves behind.
func TestEveryModuleOfTheCatalogueKeepsTheContract(t *testing.T) {
	for _, target := range modules.Targets() {
		t.Run(target.Name, func(t *testing.T) {
			if _, ok := target.New().(interface{ Connect(*gateway.Bus) error }); !ok {
				t.Fatalf("%T has no Connect(*gateway.Bus) error", target.New())
			}
			before := runtime.NumGoroutine()
			runAlone(t, target)
			waitForGoroutines(t, before)
		})
	}
}

// waitForGoroutines lets goroutines that have nothing left to do end.
func waitForGoroutines(t *testing.T, want int) {
	t.Helper()
	for range 1000 {
		if runtime.NumGoroutine() <= want {
			return
		}
		runtime.Gosched()
		runtime.GC()
	}
	buf := make([]byte, 1<<16)
	t.Errorf("got %d goroutines, want %d as before\n%s", runtime.NumGoroutine(), want, buf[:runtime.Stack(buf, true)])
}

func runAlone(t *testing.T, target config.Target) {
	t.Helper()
	all := append(modules.Targets(), config.Target{Name: "items", New: func() any { return &itemChannels{} }, Model: true})
	overrides := []string{"+channels._target_=items", "+modules.m._target_=" + target.Name}
	for _, n := range needs(t, target.Name) {
		overrides = append(overrides, "+modules.m."+n)
	}
	c, err := config.Load(config.Source{Overrides: overrides, Targets: all})
	if err != nil {
		t.Fatal(err)
	}
	app, err := c.App()
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if u, ok := app.Modules[0].Value.(interface{ UseStreams(modules.Streams) }); ok {
		u.UseStreams(modules.Streams{Out: &out})
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	if err := app.Gateway.Run(ctx, gateway.RunConfig{Start: start, End: start.Add(3 * time.Second)}); err != nil {
		t.Fatal(err)
	}
	tellsWhatItSets(t, app)
	if s, ok := app.Modules[0].Value.(gateway.Shutdowner); ok {
		if err := s.Shutdown(ctx); err != nil {
			t.Errorf("shut down a second time: %v", err)
		}
	}
}

// tellsWhatItSets compares what the only module says beforehand with what Connect did.
func tellsWhatItSets(t *testing.T, app *config.App) {
	t.Helper()
	names := []string{"a", "b", "many", "basket"}
	told := app.Modules[0].Value.(interface{ Sets([]string) []string }).Sets(names)
	for _, name := range names {
		if p, _ := app.Gateway.Port(name); p.Provided() != slices.Contains(told, name) {
			t.Errorf("Sets says %v, and that channel %q is set is %v", told, name, p.Provided())
		}
	}
}

// TestTheReferenceSaysWhatTheStructsSay compares docs/modules.md with the comments and tags; -update rewrites the page.
func TestTheReferenceSaysWhatTheStructsSay(t *testing.T) {
	const page, mark = "../docs/modules.md", "<!-- below: go test ./modules -update -->\n"
	old, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	head, _, ok := strings.Cut(string(old), mark)
	if !ok {
		t.Fatalf("%s: no line %q", page, mark)
	}
	var b strings.Builder
	b.WriteString(head + mark)
	if err := config.Reference(&b, modules.Targets()); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(page, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if b.String() != string(old) {
		t.Errorf("%s says something else than the comments: run go test ./modules -update and read the difference", page)
	}
}

func TestOptionsAreFieldsWithTags(t *testing.T) {
	for _, target := range modules.Targets() {
		rt := reflect.TypeOf(target.New()).Elem()
		if f, ok := rt.FieldByName("Base"); !ok || !f.Anonymous {
			t.Errorf("%s: %s does not embed Base", target.Name, rt.Name())
		}
	}
}
