package modules_test

import (
	"fmt"
	"testing"
	"time"

	"gw/config"
	"gw/gateway"
	"gw/modules"
)

// aggregated are expressions that are kept up to date as rows come and go, with others that cannot be taken apart and say
// the same: (rows) is not rows to who looks for aggregates.
var aggregated = []struct{ name, fast, slow string }{
	{"len", "len(rows)", "len(filter(rows, true))"},
	{"sum", "sum(rows, .n)", "sum(filter(rows, true), .n)"},
	{"weighted", "sum(rows, .n * .f)", "sum(filter(rows, true), .n * .f)"},
	{"count", "count(rows, .n % 3 == 0)", "count(filter(rows, true), .n % 3 == 0)"},
	{"whole", "sum(rows, .n) % 7", "sum(filter(rows, true), .n) % 7"},
	{"mean", "mean(map(rows, .n))", "mean(map(filter(rows, true), .n))"},
	{"least", "min(map(rows, .f)) + f", "min(map(filter(rows, true), .f)) + f"},
	{"most", "max(map(rows, .n))", "max(map(filter(rows, true), .n))"},
	{"middle", "median(map(rows, .n))", "median(map(filter(rows, true), .n))"},
	{"deviation", "stddev(map(rows, .n))", "stddev(map(filter(rows, true), .n))"},
	{"variance", "variance(map(rows, .n))", "variance(map(filter(rows, true), .n))"},
	{"mixed", "sum(rows, .n) - rows[0].n + last(rows).n", "sum(filter(rows, true), .n) - rows[0].n + last(rows).n"},
	{"of the newest", "sum(rows, .n + n)", "sum(filter(rows, true), .n + n)"}, // which no row knows of another
}

func TestAggregatesAreWhatTheWholeWindowGives(t *testing.T) {
	for _, tc := range aggregated {
		t.Run(tc.name, func(t *testing.T) {
			g := windowGateway(t, tc.fast, tc.slow)
			if err := g.Run(t.Context(), gateway.RunConfig{Start: newYear, End: newYear.Add(40 * time.Second)}); err != nil {
				t.Fatal(err)
			}
			fast, slow := g.Recent(t.Context(), "fast", "", 100), g.Recent(t.Context(), "slow", "", 100)
			if len(fast) != 40 || len(slow) != 40 {
				t.Fatalf("got %d and %d ticks, want 40", len(fast), len(slow))
			}
			for i := range fast {
				if a, b := stamps.ReplaceAllString(string(fast[i].JSON()), ""), stamps.ReplaceAllString(string(slow[i].JSON()), ""); a != b {
					t.Errorf("tick %d: got %s, want %s", i, a, b)
				}
			}
		})
	}
}

var newYear = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

// windowGateway makes numbers and two windows over them. What is compared is rounded, since the sums of statistics are
// more precise.
func windowGateway(t testing.TB, fast, slow string) *gateway.Gateway {
	t.Helper()
	module := func(to, x string) []string {
		return []string{
			"+modules." + to + "._target_=gw.Window", "+modules." + to + ".from=a", "+modules." + to + ".to=" + to,
			fmt.Sprintf("+modules.%s.set.x='round(1e6 * float(%s)) / 1e6'", to, x),
		}
	}
	overrides := []string{
		"+channels.a.fields={n: int, f: float, s: str}", "+channels.fast.fields={x: float}", "+channels.slow.fields={x: float}",
		"+modules.g._target_=gw.Generate", "+modules.g.channel=a",
		"+modules.g.set={n: 'n * n % 17', f: 'rand()', s: 'n % 2 == 0 ? \"even\" : \"odd\"'}",
	}
	overrides = append(append(overrides, module("fast", fast)...), module("slow", slow)...)
	c, err := config.Load(config.Source{Targets: modules.Targets(), Overrides: overrides})
	if err != nil {
		t.Fatal(err)
	}
	app, err := c.App()
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range app.Modules {
		if w, ok := m.Value.(*modules.Window); ok {
			w.Over, w.Last, w.By = 7*time.Second, 5, []string{"s"}
		}
	}
	return app.Gateway
}

// BenchmarkWindow has a full window take a value: with an aggregate, and with an expression that needs all of it.
func BenchmarkWindow(b *testing.B) {
	for _, length := range []int{10, 1000} {
		for _, set := range []string{"sum(rows, .f) / len(rows)", "sum(filter(rows, true), .f)"} {
			b.Run(fmt.Sprintf("length=%d/%s", length, set), func(b *testing.B) {
				c, err := config.Load(config.Source{Targets: modules.Targets(), Overrides: []string{
					"+channels.a.fields={n: int, f: float}", "+channels.out.fields={x: float}",
					"+modules.g._target_=gw.Generate", "+modules.g.channel=a", "+modules.g.set={n: n, f: 'float(n)'}",
					"+modules.w._target_=gw.Window", "+modules.w.from=a", "+modules.w.to=out", fmt.Sprintf("+modules.w.last=%d", length),
					fmt.Sprintf("+modules.w.set.x='%s'", set),
				}})
				if err != nil {
					b.Fatal(err)
				}
				app, err := c.App()
				if err != nil {
					b.Fatal(err)
				}
				b.ResetTimer()
				end := newYear.Add(time.Duration(b.N+length) * time.Second)
				if err := app.Gateway.Run(b.Context(), gateway.RunConfig{Start: newYear, End: end}); err != nil {
					b.Fatal(err)
				}
			})
		}
	}
}
