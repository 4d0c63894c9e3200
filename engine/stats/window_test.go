package stats_test

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"gw/engine"
	"gw/engine/stats"
)

func TestStatisticsShareTheNodeOfTheirWindow(t *testing.T) {
	g := engine.New()
	w := stats.Over(engine.Const(g, 1.5, 0), stats.Config{Interval: stats.Ticks(3)})
	stats.Mean(w)
	stats.Var(w, 1)
	stats.Median(w)
	run(t, g)
	windows := 0
	for _, n := range g.Topology().Nodes {
		if n.Name == "window" {
			windows++
		}
	}
	if windows != 1 {
		t.Errorf("got %d windows, want 1", windows)
	}
}

func TestIntegersAreComputedAsFloats(t *testing.T) {
	g := engine.New()
	ints := engine.Curve(g, []engine.Point[int8]{{At: 1, V: 100}, {At: 2, V: 101}})
	got := listen(stats.Mean(stats.Over(ints, stats.Config{})))
	run(t, g)
	want(t, got(), "1=100 2=100.5")
}

func TestASpanIsOpenAtItsStart(t *testing.T) {
	g := engine.New()
	got := listen(stats.Count(stats.Over(engine.Timer(g, 1, 1), stats.Config{Interval: stats.Span(3), MinWindow: stats.Span(0)})))
	if err := g.Run(context.Background(), engine.Config{End: 5}); err != nil {
		t.Fatal(err)
	}
	want(t, got(), "1=1 2=2 3=3 4=3 5=3")
}

func TestAWindowIsResetThenSampledThenComputed(t *testing.T) {
	g := engine.New()
	x := engine.Timer(g, 1, 1)
	all := stats.On(engine.Timer(g, 3, true))
	got := listen(stats.Count(stats.Over(x, stats.Config{Sampler: stats.On(x), Trigger: all, Reset: all})))
	if err := g.Run(context.Background(), engine.Config{End: 6}); err != nil {
		t.Fatal(err)
	}
	want(t, got(), "3=1 6=1")
}

func TestASamplerTakesNaNWhereTheInputDoesNotTick(t *testing.T) {
	g := engine.New()
	x := engine.Curve(g, []engine.Point[float64]{{At: 1, V: 7}, {At: 2, V: 8}, {At: 4, V: 9}})
	w := stats.Over(x, stats.Config{Sampler: stats.On(engine.Timer(g, 2, true))})
	got := listen(engine.Pipe(stats.CrossSectional(w), "text", func(v []float64) string { return strings.ReplaceAll(fmt.Sprint(v), " ", ",") }))
	if err := g.Run(context.Background(), engine.Config{End: 6}); err != nil {
		t.Fatal(err)
	}
	want(t, got(), "2=[8] 4=[8,9] 6=[8,9,NaN]")
}

func TestAPairThatTicksApartEndsTheRun(t *testing.T) {
	g := engine.New()
	stats.Cov(stats.OverPair(engine.Timer(g, 2, 1), engine.Timer(g, 3, 1), stats.Config{}), 1)
	wantError(t, g, `node "window" (cycle 1 at 1970-01-01T00:00:00.000000002Z): window: one input of a pair ticks without the other`)
}

func TestNonOverlappingPassesOverTicksApart(t *testing.T) {
	g := engine.New()
	p := stats.OverPair(count(g, 2), count(g, 3), stats.Config{NonOverlapping: true})
	got := listen(stats.Cov(p, 0))
	if err := g.Run(context.Background(), engine.Config{End: 12}); err != nil {
		t.Fatal(err)
	}
	want(t, got(), "6=0 12=1.5") // of (3,2) and (6,4)
}

// count ticks 1, 2, 3 every so many nanoseconds.
func count(g *engine.Graph, every time.Duration) engine.Edge[float64] {
	return stats.Count(stats.Over(engine.Timer(g, every, 1), stats.Config{}))
}

func TestWrongWindowsEndTheRunBeforeItBegins(t *testing.T) {
	over := func(c stats.Config) func(x engine.Edge[float64]) {
		return func(x engine.Edge[float64]) { stats.Mean(stats.Over(x, c)) }
	}
	ema := func(d stats.Decay, c stats.Config) func(x engine.Edge[float64]) {
		return func(x engine.Edge[float64]) { stats.Ema(stats.Over(x, c), d) }
	}
	for _, c := range []struct {
		want string
		wire func(x engine.Edge[float64])
	}{
		{"window: got interval Ticks(0), want at least one tick", over(stats.Config{Interval: stats.Ticks(0)})},
		{"window: got interval Span(0s), want more than 0", over(stats.Config{Interval: stats.Span(0)})},
		{"window: got MinWindow Ticks(1), want one of the kind of interval Span(1s)",
			over(stats.Config{Interval: stats.Span(time.Second), MinWindow: stats.Ticks(1)})},
		{"window: got Recalc and an interval of everything", func(x engine.Edge[float64]) { over(stats.Config{Recalc: stats.On(x)})(x) }},
		{"quantile: got 1.5, want 0 to 1", func(x engine.Edge[float64]) { stats.Quantile(stats.Over(x, stats.Config{}), stats.Linear, 1.5) }},
		{"ema: got 0 of Alpha, Span, Com and Halflife, want one", ema(stats.Decay{}, stats.Config{})},
		{"ema: got 2 of Alpha, Span, Com and Halflife, want one", ema(stats.Decay{Span: 2, Com: 2}, stats.Config{})},
		{"ema: got an alpha of 1.5, want more than 0 and at most 1", ema(stats.Decay{Alpha: 1.5}, stats.Config{})},
		{"ema: got halflife -1s, want more than 0", ema(stats.Decay{Halflife: -time.Second}, stats.Config{})},
		{"ema: got Unadjusted over an interval", ema(stats.Decay{Alpha: 0.5, Unadjusted: true}, stats.Config{Interval: stats.Ticks(3)})},
	} {
		t.Run(c.want, func(t *testing.T) {
			g := engine.New()
			c.wire(engine.Const(g, 1.0, 0))
			wantError(t, g, c.want)
		})
	}
}

func TestVectorsHaveOneLength(t *testing.T) {
	g := engine.New()
	stats.CovMatrix(stats.OverVector(engine.Const(g, []float64{1, 2, 3}, 0), 2, stats.Config{}), 1)
	wantError(t, g, "window: got a slice of length 3, want 2")
	g = engine.New()
	stats.VectorToList(engine.Const(g, []float64{1, 2, 3}, 0), 2)
	wantError(t, g, "list: got a slice of length 3, want 2")
}

func TestListToVectorAndBack(t *testing.T) {
	g := engine.New()
	x := engine.Curve(g, []engine.Point[float64]{{At: 1, V: 1}, {At: 3, V: 3}})
	y := engine.Curve(g, []engine.Point[float64]{{At: 2, V: 20}, {At: 3, V: 30}})
	text := func(v []float64) string { return strings.ReplaceAll(fmt.Sprint(v), " ", ",") }
	apart := stats.ListToVector([]engine.Edge[float64]{x, y}, false)
	kept := stats.ListToVector([]engine.Edge[float64]{x, y}, true)
	a, k, back := listen(engine.Pipe(apart, "text", text)), listen(engine.Pipe(kept, "text", text)), listen(stats.VectorToList(apart, 2)[1])
	run(t, g)
	want(t, a(), "1=[1,NaN] 2=[NaN,20] 3=[3,30]")
	want(t, k(), "1=[1,NaN] 2=[1,20] 3=[3,30]")
	want(t, back(), "2=20 3=30")
}

func TestMatrixIsFoundByRowAndColumn(t *testing.T) {
	m := stats.Matrix{Size: 2, Values: []float64{1, 2, 3, 4}}
	if m.At(1, 0) != 3 {
		t.Errorf("got %v, want 3", m.At(1, 0))
	}
}

func TestAStatisticOverNoEdgeIsAnErrorOfWiring(t *testing.T) {
	var none engine.Edge[float64]
	g := engine.New()
	engine.Sink(engine.Const(g, 1, 0), "other", func(*int) {})
	engine.Use(g.Node("reader"), stats.Mean(stats.Over(none, stats.Config{})))
	if err := g.Build(); err == nil || !strings.Contains(err.Error(), `node "reader"`) {
		t.Errorf("got %v, want an error that names the reader", err)
	}
}

func TestAGraphOfStatisticsMayRunAgain(t *testing.T) {
	values := []float64{5, 1, math.NaN(), 7, 2}
	g := engine.New()
	var points []engine.Point[float64]
	for i, v := range values {
		points = append(points, engine.Point[float64]{At: engine.Time(i), V: v})
	}
	x := engine.Curve(g, points)
	c := stats.Config{Interval: stats.Ticks(3), MinWindow: stats.Ticks(1)}
	var log []string
	for name, e := range wired(stats.Over(x, c), stats.OverPair(x, x, c)) {
		engine.Sink(e, name, func(v *float64) { log = append(log, fmt.Sprint(g.Now(), name, *v)) })
	}
	run(t, g)
	first := slices.Clone(log)
	log = nil
	run(t, g)
	slices.Sort(first)
	slices.Sort(log)
	if !slices.Equal(first, log) {
		t.Errorf("got %v, want %v", log, first)
	}
}

func run(t *testing.T, g *engine.Graph) {
	t.Helper()
	if err := g.Run(context.Background(), engine.Config{}); err != nil {
		t.Fatal(err)
	}
}

func wantError(t *testing.T, g *engine.Graph, want string) {
	t.Helper()
	err := g.Run(context.Background(), engine.Config{})
	if err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("got error %v, want one with %s", err, want)
	}
}

// listen returns what gives the ticks of e, as time=value.
func listen[T any](e engine.Edge[T]) func() string {
	var ticks []string
	n := e.Graph().Node("listen")
	in := engine.Use(n, e)
	n.OnTick(func() { ticks = append(ticks, fmt.Sprintf("%d=%v", n.Now(), in.Get())) })
	return func() string { return strings.Join(ticks, " ") }
}

func want(t *testing.T, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
