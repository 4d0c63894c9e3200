package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

// FuzzCompose proves that no text of two files and an override makes composition panic or run away, and that what is
// shown of the result can be read again with the same values.
func FuzzCompose(f *testing.F) {
	f.Add("defaults: [b, _self_]\na: ${x.y}\n", "x: {y: 1}\n", "a=2")
	f.Add("defaults:\n  - g: b\n  - override g: c\n", "# @package q\nx: &a [1]\ny: *a\n", "~x")
	f.Add("a: &a [*a]\n", "<<: {x: 1}\n", "+x={a:[1]}")
	f.Add("a: ${b}\nb: ${a}\n", "", "++a.b.c=1")
	f.Add("modules: {m: {_target_: x}}\ngateway: {modules: [/modules/m]}", "a: !!str 1", "x")
	f.Fuzz(func(t *testing.T, first, second, argument string) {
		files := fstest.MapFS{"b.yaml": {Data: []byte(second)}, "g/b.yaml": {Data: []byte(second)}}
		c := &composer{search: search{{"", files}}, fixed: map[string][]string{}, gone: map[string]bool{}}
		groups, values := ofGroups(c.overrides([]string{argument}), c.search)
		c.resolve = Source{Environ: func(string) (string, bool) { return "", false }}.optionResolver()
		c.chooseAll(groups)
		tree := c.compose("a.yaml", []byte(first))
		c.apply(tree, values)
		if c.found.err() != nil {
			return
		}
		ip := &interpolator{root: tree, env: func(string) (string, bool) { return "v", true }}
		ip.resolveAll()
		checkShown(t, &Config{root: tree, gone: map[string]bool{}})
	})
}

// checkShown reads back what is shown of a configuration.
func checkShown(t *testing.T, c *Config) {
	t.Helper()
	var b strings.Builder
	if err := c.Show(&b); err != nil {
		t.Fatal(err)
	}
	plainOnly := true
	c.root.walk(nil, func(_ []string, n *node) {
		plainOnly = plainOnly && n.problem == nil && !n.secret && n.unset == nil
		for _, f := range n.fields {
			plainOnly = plainOnly && !strings.ContainsAny(f.key, "<\x00\ufeff\u0085\u2028\u2029\r\n") && bareText.MatchString(f.key) && !secretName(f.key)
		}
		if s, ok := n.value.(string); ok && n.kind == scalar {
			plainOnly = plainOnly && !strings.ContainsAny(s, "\x00\ufeff\u0085\u2028\u2029\x7f\\") && strings.ToValidUTF8(s, "") == s
		}
	})
	if !plainOnly {
		return
	}
	again, ds := parse("shown", []byte(b.String()))
	if len(ds) > 0 {
		t.Fatalf("what is shown is no YAML: %v\n%s", ds, b.String())
	}
	if got, want := string(again.json()), string(c.root.json()); got != want {
		t.Fatalf("shown and read again: got %s, want %s\n%s", got, want, b.String())
	}
}

// FuzzOverride proves that an argument is refused or gives a path with a value, never both, and that no value of it
// panics when it is applied.
func FuzzOverride(f *testing.F) {
	for _, seed := range []string{"a=1", "+a.b=[1,{x: y}]", "~a", "++a[0]='it\\'s'", "a=${b:{c}}", "g@p=x", "=", "+", "a={"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, argument string) {
		var r report
		o, ok := r.override(argument)
		if ok != (len(r.found) == 0) {
			t.Fatalf("%q: got ok %t with %v", argument, ok, r.found)
		}
		if !ok {
			return
		}
		if len(o.path) == 0 || o.value == nil && o.verb != remove {
			t.Fatalf("%q: got %+v, want a path and a value", argument, o)
		}
		root, _ := parse("f", []byte("a: {b: [1, {c: 2}]}\nd: 1\n"))
		r.apply(root, []override{o})
	})
}

// FuzzInterpolation proves that text with interpolations gives a value or one reason, in bounded time.
func FuzzInterpolation(f *testing.F) {
	for _, seed := range []string{"${a}", "x${a.b}y${oc.env:X,${a}}", "${.b}", "${...}", "\\${a}", "${oc.decode:[1,2]}", "${now:%Y%}", "${hydra:job}", "${${a}}"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		root := newDict(Pos{})
		root.set("a", Pos{}, newText(Pos{}, "v"))
		root.set("self", Pos{}, newText(Pos{}, text))
		inner := newDict(Pos{})
		inner.set("b", Pos{}, newText(Pos{}, text))
		root.set("c", Pos{}, inner)
		ip := &interpolator{root: root, env: func(string) (string, bool) { return text, true }, now: time.Unix(0, 0).UTC()}
		ip.resolveAll()
		n := root.get("self")
		if n.problem != nil && n.problem.Msg == "" {
			t.Fatalf("%q: got a problem without words", text)
		}
	})
}

// FuzzDuration proves that reading a duration does not panic and that Go's spelling is read as Go reads it.
func FuzzDuration(f *testing.F) {
	for _, seed := range []string{"1s", "00:00:01", "PT1S", "1 day, 2:00:00", "1.5", "-1d2h", "P1W", "1e400", "99999999999:00"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, ok := ParseDuration(text)
		want, err := time.ParseDuration(strings.TrimSpace(text))
		if err == nil && (!ok || got != want) {
			t.Fatalf("%q: got %v %t, want %v", text, got, ok, want)
		}
	})
}

func TestDurationsInEverySpelling(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"2s": 2 * time.Second, "500ms": 500 * time.Millisecond, "1h30m": 90 * time.Minute, "-1s": -time.Second,
		"00:00:02": 2 * time.Second, "00:00:02.5": 2500 * time.Millisecond, "1:30:00": 90 * time.Minute, "-00:01": -time.Minute,
		"1 day, 2:00:00": 26 * time.Hour, "2 days 0:00:01": 48*time.Hour + time.Second,
		"PT2S": 2 * time.Second, "PT1M30S": 90 * time.Second, "P1DT2H": 26 * time.Hour, "P1W": 7 * 24 * time.Hour, "pt0.5s": 500 * time.Millisecond,
		"2": 2 * time.Second, "0.25": 250 * time.Millisecond, "0": 0, "2d": 48 * time.Hour, "1d12h": 36 * time.Hour,
	} {
		if got, ok := ParseDuration(text); !ok || got != want {
			t.Errorf("%q: got %v %t, want %v", text, got, ok, want)
		}
	}
	for _, text := range []string{"", "soon", "1 minute", "P", "PT", "P1", "1:2:3:4", "1e300", "nan", "d", "1:", ":1"} {
		if got, ok := ParseDuration(text); ok {
			t.Errorf("%q: got %v, want none", text, got)
		}
	}
}

func TestTheBuiltInConfigurationsAreComplete(t *testing.T) {
	for _, name := range []string{"config/omnibus", "config/demo", "gateway/omnibus", "gateway/demo", "modules"} {
		label, data, ok := search{builtin()}.find(name)
		if !ok {
			t.Errorf("%s: not found", name)
			continue
		}
		if _, ds := parse(label, data); len(ds) > 0 {
			t.Errorf("%v", ds)
		}
	}
	if _, err := os.Stat(filepath.Join("builtin", "modules.yaml")); err != nil {
		t.Error(err)
	}
}
