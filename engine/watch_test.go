package engine_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gw/engine"
)

// diamond is a graph of two sources, a node that counts, one that sums and one that prints.
func diamond() (g *engine.Graph, printed *[]int) {
	g, printed = engine.New(), new([]int)
	var ps []engine.Point[int]
	for i := range 20 {
		ps = append(ps, engine.Point[int]{At: engine.Time(10 * i), V: i})
	}
	a := engine.Curve(g, ps).Named("a")
	b := engine.Timer(g, 20, 100).Named("b")
	count := engine.AddNamed(g, "count", &addOne{In: engine.From(a)})
	sum := engine.AddNamed(g, "sum", &add2{A: engine.From(count.Out.Edge()), B: engine.From(b)})
	sum.B.Passive()
	engine.AddNamed(g, "late", &rearm{first: 15, every: 1000})
	engine.Sink(sum.Out.Edge(), "print", func(v *int) { *printed = append(*printed, *v) }).Effect()
	return g, printed
}

func TestTraceTellsWhoRanAndWhy(t *testing.T) {
	g, _ := diamond()
	var got strings.Builder
	g.Trace(4, func(c engine.CycleTrace) {
		fmt.Fprintf(&got, "%d #%d:", int64(c.Time), c.Cycle)
		for _, n := range c.Nodes {
			fmt.Fprintf(&got, " %s%s>%s", n.Path, ticks(n.Inputs), ticks(n.Outputs))
		}
		got.WriteByte('\n')
	})
	must(t, g.Run(context.Background(), engine.Config{End: 100}))
	want := `0 #1: curve[]>[0.a=0] count[0.a=0]>[2.Out=1] sum[2.Out=1]>[3.Out=1] print[3.Out=1]>[]
10 #2: curve[]>[0.a=1] count[0.a=1]>[2.Out=2] sum[2.Out=2]>[3.Out=2] print[3.Out=2]>[]
15 #3: late[4.Alarm=0]>[]
20 #4: curve[]>[0.a=2] timer[]>[1.b=100] count[0.a=2]>[2.Out=3] sum[2.Out=3]>[3.Out=103] print[3.Out=103]>[]
`
	if diff := cmp.Diff(want, got.String()); diff != "" {
		t.Error(diff)
	}
}

func ticks(ts []engine.TickTrace) string {
	var all []string
	for _, x := range ts {
		all = append(all, fmt.Sprintf("%d.%s=%v", x.Node, x.Edge, x.Value))
	}
	return fmt.Sprint(all)
}

func TestProfilerCountsWhileItIsOn(t *testing.T) {
	g, printed := diamond()
	plain, want := diamond()
	must(t, plain.Run(context.Background(), engine.Config{End: 200}))
	g.OnCycleEnd(func(now engine.Time, _ uint64) {
		switch now {
		case 40:
			g.Profile(true)
		case 90:
			p := g.Profiled()
			if !p.On || p.Cycles.Count != 5 || p.Cycles.Total <= 0 || p.Cycles.Max > p.Cycles.Total {
				t.Errorf("got cycles %+v, want the 5 since it was switched on", p.Cycles)
			}
			for _, n := range p.Nodes {
				ran := uint64(5)
				if n.Path == "late" {
					ran = 0
				}
				if n.Count != ran || n.Quantile(0.5) > n.Max || n.Mean() > n.Max {
					t.Errorf("got %+v, want %d runs", n, ran)
				}
			}
			if diff := cmp.Diff([]int{0, 2, 3, 5}, p.Longest); diff != "" {
				t.Error(diff)
			}
			g.Profile(false)
		}
	})
	must(t, g.Run(context.Background(), engine.Config{End: 200}))
	if p := g.Profiled(); p.On || len(p.Nodes) > 0 {
		t.Errorf("got %+v when off", p)
	}
	if diff := cmp.Diff(*want, *printed); diff != "" {
		t.Errorf("the profiler changed the run:\n%s", diff)
	}
	if diff := cmp.Diff([]int{0, 2, 3, 5}, g.LongestPath()); diff != "" {
		t.Error(diff)
	}
}

func TestProfilerOfARunningGraphIsReadFromOutside(t *testing.T) {
	g, _ := diamond()
	engine.Timer(g, time.Microsecond, 0)
	g.Profile(true)
	cancel, wait := start(t, g, engine.Config{})
	for g.Profiled().Cycles.Count < 100 {
		g.Control().Status()
	}
	g.Trace(1, func(engine.CycleTrace) { cancel() })
	wait()
}

func TestEffectsAreMutedForAStretchOfTime(t *testing.T) {
	g, printed := diamond()
	g.Mute(30, 60)
	for range 2 {
		*printed = nil
		must(t, g.Run(context.Background(), engine.Config{End: 80}))
		if diff := cmp.Diff([]int{1, 2, 103, 107, 108, 109}, *printed); diff != "" {
			t.Error(diff)
		}
	}
	g.Mute(0, 0)
	*printed = nil
	g.OnCycleEnd(func(now engine.Time, _ uint64) {
		if now == 20 {
			g.Mute(0, 1000)
		}
	})
	must(t, g.Run(context.Background(), engine.Config{End: 80}))
	if !slices.Equal(*printed, []int{1, 2, 103}) || !g.Muted() {
		t.Errorf("got %v", *printed)
	}
}
