package engine_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"gw/engine"
	"gw/engine/op"
)

// grow is a basket made of the orders.
func grow(g *engine.Graph, ps []engine.Point[order]) engine.DynamicBasket[string, int] {
	return engine.Add(g, &keyed{In: engine.From(engine.Curve(g, ps))}).Out.Basket()
}

// printed logs the ticks of a basket of strings.
func printed(b engine.DynamicBasket[string, string], log *strings.Builder) {
	n := b.Graph().Node("print")
	in := engine.UseDynamic(n, b)
	n.OnTick(func() {
		fmt.Fprintf(log, "%d #%d", int64(n.Now()), n.Cycle())
		for _, k := range in.Removed() {
			fmt.Fprintf(log, " -%s", k)
		}
		for k, v := range in.TickedItems() {
			fmt.Fprintf(log, " %s:%s", k, v.Get())
		}
		log.WriteByte('\n')
	})
}

// portrait wires a sub-graph that tells of everything that can make it tick.
func portrait(price engine.Edge[int]) func(s *engine.SubGraph[string, int]) engine.Edge[string] {
	return func(s *engine.SubGraph[string, int]) engine.Edge[string] {
		snap, _ := price.Snap()
		n := s.Node("portrait")
		own, outer := engine.Use(n, s.Value), engine.Use(n, engine.Attach(s.Graph, op.Map(engine.Attach(s.Graph, price), func(v int) int { return v + 1 })))
		timer, alarm := engine.Use(n, engine.Timer(s.Graph, 10, 1)), engine.NewAlarm[int](n)
		out, sum := engine.Emit[string](n), 0
		n.Keep(1, &sum, &snap)
		n.OnStart(func() error { alarm.After(0, 1); return nil })
		n.OnTick(func() {
			text := fmt.Sprint("snap", snap)
			if own.Ticked() {
				sum += own.Get()
				text += fmt.Sprint(",own", sum)
			}
			if outer.Ticked() {
				text += fmt.Sprint(",price", outer.Get())
			}
			if timer.Ticked() {
				text += ",timer"
			}
			if alarm.Ticked() {
				text += ",alarm"
			}
			out.Set(text)
			if sum == 9 {
				s.End()
			}
		})
		return out.Edge()
	}
}

func dynamicGraph(orders []engine.Point[order]) (*engine.Graph, *strings.Builder) {
	g, log := engine.New(), &strings.Builder{}
	price := engine.Curve(g, []engine.Point[int]{{At: 1, V: 100}, {At: 5, V: 101}, {At: 15, V: 102}, {At: 40, V: 103}})
	basket := grow(g, orders)
	printed(engine.Dynamic(basket, "portraits", portrait(price), price), log)
	return g, log
}

func TestSubGraphLivesAsLongAsItsKey(t *testing.T) {
	g, log := dynamicGraph([]engine.Point[order]{
		{At: 1, V: order{set: map[string]int{"a": 1}}},
		{At: 5, V: order{set: map[string]int{"b": 2}}},
		{At: 12, V: order{set: map[string]int{"a": 3}}},
		{At: 15, V: order{remove: []string{"a"}}},
		{At: 16, V: order{set: map[string]int{"a": 7}}},
		{At: 17, V: order{set: map[string]int{"b": 7}}},
		{At: 30, V: order{remove: []string{"b"}}},
	})
	want := `1 #1 a:snap100,own1,price101,alarm
5 #2 a:snap100,price102 b:snap101,own2,price102,alarm
11 #3 a:snap100,timer
12 #4 a:snap100,own4
15 #5 a:snap100,price103 b:snap101,price103,timer
15 #6 -a
16 #7 a:snap102,own7,alarm
17 #8 b:snap101,own9
17 #9 -b
26 #10 a:snap102,timer
36 #12 a:snap102,timer
40 #13 a:snap102,price104
`
	for range 2 {
		log.Reset()
		must(t, g.Run(context.Background(), engine.Config{End: 45}))
		if diff := cmp.Diff(want, log.String()); diff != "" {
			t.Error(diff)
		}
	}
}

func TestSubGraphsAreStartedAndStopped(t *testing.T) {
	g := engine.New()
	var log []string
	basket := grow(g, []engine.Point[order]{
		{At: 1, V: order{set: map[string]int{"a": 1, "b": 1}}},
		{At: 2, V: order{remove: []string{"a"}}},
	})
	engine.Dynamic(basket, "subs", func(s *engine.SubGraph[string, int]) engine.Edge[int] {
		n := s.Node("life")
		n.OnStart(func() error { log = append(log, fmt.Sprint("start ", s.Key, " ", n.Path(), " ", n.Now())); return nil })
		n.OnStop(func() error { log = append(log, fmt.Sprint("stop ", s.Key, " ", int64(n.Now()))); return nil })
		return engine.Edge[int]{}
	})
	engine.Const(g, 1, 9)
	must(t, g.Run(context.Background(), engine.Config{}))
	at := engine.Time(1).String()
	if diff := cmp.Diff([]string{"start a subs[a]/life " + at, "start b subs[b]/life " + at, "stop a 2", "stop b 9"}, log); diff != "" {
		t.Error(diff)
	}
}

func TestErrorsInSubGraphsAreNamed(t *testing.T) {
	for want, wire := range map[string]func(s *engine.SubGraph[string, int]) engine.Edge[int]{
		`node "subs[a]/bad" (cycle 1 at 1970-01-01T00:00:00.000000001Z): panic: boom`: func(s *engine.SubGraph[string, int]) engine.Edge[int] {
			n := s.Node("bad")
			engine.Use(n, s.Value)
			n.OnTick(func() { panic(errBoom) })
			return engine.Edge[int]{}
		},
		`node "subs[a]/bad" (cycle 1 at 1970-01-01T00:00:00.000000001Z): boom`: func(s *engine.SubGraph[string, int]) engine.Edge[int] {
			s.Node("bad").OnStart(func() error { return errBoom })
			return engine.Edge[int]{}
		},
		`push adapter "in": a sub-graph cannot have one; put it into the graph around`: func(s *engine.SubGraph[string, int]) engine.Edge[int] {
			a := engine.NewPush[int](s.Graph, "in", engine.PushConfig{})
			if err := a.Push(1); !errors.Is(err, engine.ErrNotStarted) {
				t.Errorf("push into a sub-graph: got %v", err)
			}
			return a.Edge()
		},
		`reads an edge of another graph`: func(s *engine.SubGraph[string, int]) engine.Edge[int] {
			return engine.Attach(s.Graph, engine.Const(engine.New(), 1, 0))
		},
		`"const": reads an edge of the graph around it that was not named in the call of Dynamic`: func(s *engine.SubGraph[string, int]) engine.Edge[int] {
			return engine.Attach(s.Graph, late)
		},
	} {
		g := engine.New()
		basket := grow(g, []engine.Point[order]{{At: 1, V: order{set: map[string]int{"a": 1}}}})
		engine.Dynamic(basket, "subs", wire)
		e := engine.Const(g, 1, 1)
		for range 5 {
			e = op.Count(e)
		}
		late = e.Named("const")
		err := g.Run(context.Background(), engine.Config{})
		if err == nil || !strings.Contains(strings.ReplaceAll(err.Error(), `"count#8"`, `"const"`), want) {
			t.Errorf("got  %v\nwant %s", err, want)
		}
		var n *engine.NodeError
		if !errors.As(err, &n) {
			t.Errorf("got %T", err)
		}
	}
}

var late engine.Edge[int]

// drawOrders draws what happens to three keys: each comes, ticks, goes, or goes and comes in one cycle.
func drawOrders(t *rapid.T) (orders []engine.Point[order]) {
	has, at := map[string]bool{}, engine.Time(0)
	for i := range rapid.IntRange(1, 15).Draw(t, "orders") {
		o := order{set: map[string]int{}}
		for _, k := range []string{"a", "b", "c"} {
			what := rapid.IntRange(0, 5).Draw(t, k)
			if what >= 4 && has[k] {
				o.remove = append(o.remove, k)
				has[k] = false
			}
			if what <= 2 || what == 5 {
				o.set[k] = i
				has[k] = true
			}
		}
		at += engine.Time(rapid.SampledFrom([]int{3, 3, 0, 1, 4}).Draw(t, "pace"))
		orders = append(orders, engine.Point[order]{At: at, V: o})
	}
	return orders
}

// TestSubGraphTicksAsIfItHadAlwaysBeen saves a graph with sub-graphs under random orders at a random cycle, restores it into a fresh one and lets both go on.
func TestSubGraphTicksAsIfItHadAlwaysBeen(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		orders := drawOrders(t)
		var saved []byte
		at := uint64(rapid.IntRange(1, 40).Draw(t, "save"))
		g, log := dynamicGraph(orders)
		tail := ""
		g.OnCycleEnd(func(_ engine.Time, cycle uint64) {
			for _, err := range g.CheckInvariants() {
				t.Errorf("cycle %d: %v", cycle, err)
			}
			g.Profile(cycle%5 < 3) // changes nothing
			if cycle%4 == 0 {
				g.Trace(2, func(engine.CycleTrace) {})
			}
			if cycle == at {
				data, err := g.Save()
				if err != nil {
					panic(err)
				}
				saved = data
				tail = log.String()
			}
		})
		if err := g.Run(context.Background(), engine.Config{End: 70}); err != nil {
			t.Fatal(err)
		}
		if saved == nil {
			return
		}
		tail = strings.TrimPrefix(log.String(), tail)
		fresh, rest := dynamicGraph(orders)
		fresh.OnCycleEnd(func(_ engine.Time, cycle uint64) {
			for _, err := range fresh.CheckInvariants() {
				t.Errorf("restored, cycle %d: %v", cycle, err)
			}
		})
		if err := fresh.Restore(saved); err != nil {
			t.Fatal(err)
		}
		if err := fresh.Run(context.Background(), engine.Config{End: 70}); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(tail, rest.String()); diff != "" {
			t.Fatalf("saved at cycle %d: -straight +restored\n%s", at, diff)
		}
		a, err := g.Save()
		b, err2 := fresh.Save()
		if err != nil || err2 != nil || !slices.Equal(a, b) {
			t.Fatalf("the states at the end differ (%v, %v)", err, err2)
		}
	})
}

func TestSubGraphsNest(t *testing.T) {
	g := engine.New()
	var log strings.Builder
	tick := engine.Timer(g, time.Nanosecond*4, 1)
	basket := grow(g, []engine.Point[order]{
		{At: 1, V: order{set: map[string]int{"a": 1}}}, {At: 3, V: order{set: map[string]int{"b": 5}}}, {At: 6, V: order{remove: []string{"a"}}},
	})
	engine.Dynamic(basket, "outer", func(s *engine.SubGraph[string, int]) engine.Edge[int] {
		n := s.Node("keys")
		in, out := engine.Use(n, s.Value), engine.EmitDynamic[int, int](n)
		n.OnTick(func() { out.Set(in.Get(), 1) })
		outerTick := engine.Attach(s.Graph, tick)
		engine.Dynamic(out.Basket(), "inner", func(t *engine.SubGraph[int, int]) engine.Edge[int] {
			m := t.Node("leaf")
			c, timer := engine.Use(m, engine.Attach(t.Graph, outerTick)), engine.Use(m, engine.Timer(t.Graph, 3, 1))
			m.OnTick(func() {
				fmt.Fprintf(&log, "%d %s %v %v\n", int64(m.Now()), m.Path(), c.Ticked(), timer.Ticked())
			})
			return engine.Edge[int]{}
		}, outerTick)
		return engine.Edge[int]{}
	}, tick)
	must(t, g.Run(context.Background(), engine.Config{End: 9}))
	want := `4 outer[a]/inner[1]/leaf true true
4 outer[b]/inner[5]/leaf true false
6 outer[b]/inner[5]/leaf false true
8 outer[b]/inner[5]/leaf true false
9 outer[b]/inner[5]/leaf false true
`
	if diff := cmp.Diff(want, log.String()); diff != "" {
		t.Error(diff)
	}
}
