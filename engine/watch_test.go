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
	"gw/engine/op"
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

// nested is a graph of two sub-graphs for the keys a and b, of which a goes at 30, with a sub-graph each.
func nested() *engine.Graph {
	g := engine.New()
	price := engine.Timer(g, 10, 7).Named("price")
	basket := grow(g, []engine.Point[order]{
		{At: 10, V: order{set: map[string]int{"a": 1, "b": 2}}}, {At: 30, V: order{remove: []string{"a"}}}, {At: 41, V: order{set: map[string]int{"b": 3}}},
	})
	engine.Dynamic(basket, "subs", func(s *engine.SubGraph[string, int]) engine.Edge[int] {
		own := op.DynamicDemultiplex(s.Value, func(v *int) int { return *v })
		inner := engine.Attach(s.Graph, price)
		engine.Dynamic(own, "deep", func(t *engine.SubGraph[int, int]) engine.Edge[int] {
			return op.Count(engine.Attach(t.Graph, inner))
		}, inner)
		return op.Count(engine.Timer(s.Graph, 20, 1))
	}, price)
	return g
}

func TestTraceGoesIntoSubGraphs(t *testing.T) {
	g := nested()
	var got strings.Builder
	g.Trace(10, func(c engine.CycleTrace) {
		if c.Time != 10 && c.Time != 30 {
			return
		}
		fmt.Fprintf(&got, "%d #%d:", int64(c.Time), c.Cycle)
		for _, n := range c.Nodes {
			fmt.Fprintf(&got, "\n %d %s", n.ID, n.Path)
			for _, x := range n.Inputs {
				fmt.Fprintf(&got, " <%s.%s=%v", x.Path, x.Edge, x.Value)
			}
			for _, x := range n.Outputs {
				fmt.Fprintf(&got, " >%s.%s=%v", x.Path, x.Edge, x.Value)
			}
		}
		got.WriteByte('\n')
	})
	must(t, g.Run(context.Background(), engine.Config{End: 50}))
	want := `10 #1:
 0 timer >timer.price=7
 1 curve >curve.={map[a:1 b:2] []}
 2 keyed <curve.={map[a:1 b:2] []} >keyed.Out=map[a:1 b:2]
 3 subs <keyed.Out=map[a:1 b:2] <timer.price=7 >subs.=map[]
 3 subs[a]/demultiplex <keyed.=1 >subs[a]/demultiplex.=map[1:1]
 3 subs[a]/deep <subs[a]/demultiplex.=map[1:1] <timer.price=7 >subs[a]/deep.=map[1:1]
 3 subs[a]/deep[1]/count <timer.price=7 >subs[a]/deep[1]/count.=1
 3 subs[a]/deep[1]/out <subs[a]/deep[1]/count.=1
 3 subs[b]/demultiplex <keyed.=2 >subs[b]/demultiplex.=map[2:2]
 3 subs[b]/deep <subs[b]/demultiplex.=map[2:2] <timer.price=7 >subs[b]/deep.=map[2:1]
 3 subs[b]/deep[2]/count <timer.price=7 >subs[b]/deep[2]/count.=1
 3 subs[b]/deep[2]/out <subs[b]/deep[2]/count.=1
30 #3:
 0 timer >timer.price=7
 1 curve >curve.={map[] [a]}
 2 keyed <curve.={map[] [a]} >keyed.Out=map[]
 3 subs <keyed.Out=map[] <timer.price=7 >subs.=map[a:1 b:1]
 3 subs[a]/timer >subs[a]/timer.=1
 3 subs[a]/count <subs[a]/timer.=1 >subs[a]/count.=1
 3 subs[a]/deep <timer.price=7 >subs[a]/deep.=map[1:3]
 3 subs[a]/deep[1]/count <timer.price=7 >subs[a]/deep[1]/count.=3
 3 subs[a]/deep[1]/out <subs[a]/deep[1]/count.=3
 3 subs[a]/out <subs[a]/count.=1
 3 subs[b]/timer >subs[b]/timer.=1
 3 subs[b]/count <subs[b]/timer.=1 >subs[b]/count.=1
 3 subs[b]/deep <timer.price=7 >subs[b]/deep.=map[2:3]
 3 subs[b]/deep[2]/count <timer.price=7 >subs[b]/deep[2]/count.=3
 3 subs[b]/deep[2]/out <subs[b]/deep[2]/count.=3
 3 subs[b]/out <subs[b]/count.=1
30 #4:
 3 subs <subs.=true >subs.=map[]
`
	if diff := cmp.Diff(want, got.String()); diff != "" {
		t.Error(diff)
	}
}

func TestProfilerGoesIntoSubGraphs(t *testing.T) {
	g := nested()
	seen := map[engine.Time]string{}
	g.OnCycleEnd(func(now engine.Time, _ uint64) {
		text := ""
		for _, n := range g.Profiled().Nodes {
			if strings.Contains(n.Path, "[") && n.Count > 0 {
				text += fmt.Sprintf("%d %s %s %d\n", n.ID, n.Path, n.Kind, n.Count)
			}
		}
		seen[now] = text
	})
	g.Profile(true)
	for range 2 { // what the sub-graphs of the first run took is gone with them
		must(t, g.Run(context.Background(), engine.Config{End: 50}))
		if diff := cmp.Diff(`3 subs[a]/demultiplex node 1
3 subs[a]/deep dynamic 2
3 subs[a]/deep[1]/count node 2
3 subs[a]/deep[1]/out node 2
3 subs[b]/demultiplex node 1
3 subs[b]/deep dynamic 2
3 subs[b]/deep[2]/count node 2
3 subs[b]/deep[2]/out node 2
`, seen[20]); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff(`3 subs[b]/demultiplex node 2
3 subs[b]/count node 2
3 subs[b]/deep dynamic 6
3 subs[b]/out node 2
3 subs[b]/deep[2]/count node 5
3 subs[b]/deep[2]/out node 5
3 subs[b]/deep[3]/count node 1
3 subs[b]/deep[3]/out node 1
`, seen[50]); diff != "" {
			t.Error(diff)
		}
	}
}
