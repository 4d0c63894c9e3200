package engine_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"gw/engine"
)

// order is what a test does to a dynamic basket in one cycle.
type order struct {
	set    map[string]int
	remove []string
}

// keyed is a struct node that turns orders into a dynamic basket.
type keyed struct {
	In  engine.In[order]
	Out engine.DynamicOut[string, int]
}

func (n *keyed) Tick() {
	o := n.In.Ptr()
	for _, k := range o.remove {
		n.Out.Remove(k)
	}
	keys := []string{}
	for k := range o.set {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	for _, k := range keys {
		n.Out.Set(k, o.set[k])
	}
}

// reader prints what it sees of a dynamic basket.
type reader struct {
	In    engine.DynamicIn[string, int]
	Clock engine.Clock
	log   *strings.Builder
}

func (n *reader) Tick() {
	fmt.Fprintf(n.log, "%d #%d +%v -%v", int64(n.Clock.Now()), n.Clock.Cycle(), n.In.Added(), n.In.Removed())
	for k, in := range n.In.TickedItems() {
		fmt.Fprintf(n.log, " %s=%d", k, in.Get())
	}
	keys := slices.Sorted(slices.Values(n.In.Keys()))
	fmt.Fprintf(n.log, " of %v\n", keys)
}

func readOrders(ps []engine.Point[order]) (*engine.Graph, engine.DynamicBasket[string, int], *strings.Builder) {
	g, log := engine.New(), &strings.Builder{}
	k := engine.Add(g, &keyed{In: engine.From(engine.Curve(g, ps))})
	engine.Add(g, &reader{In: engine.FromDynamic(k.Out.Basket()), log: log})
	return g, k.Out.Basket(), log
}

func TestKeysAppearAndGo(t *testing.T) {
	g, _, log := readOrders([]engine.Point[order]{
		{At: 1, V: order{set: map[string]int{"a": 1, "b": 2, "c": 3}}},
		{At: 2, V: order{set: map[string]int{"b": 4}}},
		{At: 3, V: order{remove: []string{"a"}}},
		{At: 4, V: order{set: map[string]int{"a": 5, "c": 6}, remove: []string{"b"}}},
		{At: 5, V: order{}},
	})
	want := "1 #1 +[a b c] -[] a=1 b=2 c=3 of [a b c]\n2 #2 +[] -[] b=4 of [a b c]\n3 #3 +[] -[a] of [b c]\n4 #4 +[a] -[b] a=5 c=6 of [a c]\n"
	for range 2 {
		log.Reset()
		must(t, g.Run(context.Background(), engine.Config{}))
		if diff := cmp.Diff(want, log.String()); diff != "" {
			t.Error(diff)
		}
	}
}

func TestMistakesWithKeysEndTheRun(t *testing.T) {
	for want, o := range map[string]order{
		"removed a key that the dynamic basket does not have":                                 {remove: []string{"x"}},
		"a key of a dynamic basket is ticked and removed, or added and removed, in one cycle": {set: map[string]int{}, remove: []string{"new"}},
	} {
		g := engine.New()
		n := g.Node("bad")
		engine.Use(n, engine.Const(g, 1, 0))
		out := engine.EmitDynamic[string, int](n)
		n.OnTick(func() {
			if o.set != nil {
				out.Set("new", 1)
			}
			out.Remove(o.remove[0])
		})
		if err := g.Run(context.Background(), engine.Config{}); err == nil || !strings.HasSuffix(err.Error(), want) {
			t.Errorf("got  %v\nwant %s", err, want)
		}
	}
}

// TestDynamicBasketIsAMap compares a basket with a map under random orders, saved and restored in between.
func TestDynamicBasketIsAMap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		names := []string{"a", "b", "c", "d", "e", "f"}
		has := map[string]int{}
		var ps []engine.Point[order]
		var want strings.Builder
		for i := range rapid.IntRange(1, 20).Draw(t, "orders") {
			o := order{set: map[string]int{}}
			var gone []string
			for _, k := range names {
				_, there := has[k]
				switch rapid.IntRange(0, 3).Draw(t, k) {
				case 0:
					o.set[k] = rapid.IntRange(0, 9).Draw(t, "v")
					has[k] = o.set[k]
				case 1:
					if there {
						gone = append(gone, k)
						delete(has, k)
					}
				}
			}
			o.remove = gone
			ps = append(ps, engine.Point[order]{At: engine.Time(i), V: o})
			fmt.Fprintf(&want, "%d %v\n", i, has)
		}
		at := uint64(rapid.IntRange(1, len(ps)).Draw(t, "save"))
		build := func(saved *[]byte) (*engine.Graph, *strings.Builder) {
			g, basket, _ := readOrders(ps)
			var log strings.Builder
			n := g.Node("watch")
			in := engine.UseDynamic(n, basket)
			g.OnCycleEnd(func(now engine.Time, cycle uint64) {
				m := map[string]int{}
				for k, v := range in.Items() {
					m[k] = v.Get()
				}
				fmt.Fprintf(&log, "%d %v\n", int64(now), m)
				if saved != nil && cycle == at {
					*saved, _ = g.Save()
				}
			})
			return g, &log
		}
		var saved []byte
		g, log := build(&saved)
		if err := g.Run(context.Background(), engine.Config{}); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want.String(), log.String()); diff != "" {
			t.Fatal(diff)
		}
		again, rest := build(nil)
		if err := again.Restore(saved); err != nil {
			t.Fatal(err)
		}
		if err := again.Run(context.Background(), engine.Config{}); err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(log.String(), rest.String()) || strings.Count(rest.String(), "\n") != len(ps)-int(at) {
			t.Fatalf("restored at cycle %d:\n%s\nwant the end of\n%s", at, rest, log)
		}
	})
}

func TestElementsKeepTheirPast(t *testing.T) {
	for _, late := range []bool{false, true} { // asked for while wiring, or in the first cycle
		g := engine.New()
		basket := grow(g, []engine.Point[order]{
			{At: 1, V: order{set: map[string]int{"a": 1}}}, {At: 2, V: order{set: map[string]int{"a": 2, "b": 10}}},
			{At: 3, V: order{set: map[string]int{"a": 3, "b": 11}}}, {At: 4, V: order{remove: []string{"a"}}}, {At: 5, V: order{set: map[string]int{"a": 4}}},
		})
		n, got := g.Node("past"), ""
		in := engine.UseDynamic(n, basket)
		if !late {
			in.Buffer(2, 0)
		}
		n.OnTick(func() {
			in.Buffer(2, 0)
			for k, v := range in.TickedItems() {
				before, ok := v.History().Back(1)
				got += fmt.Sprintf("%d %s:%d after %d %v\n", int64(n.Now()), k, v.Get(), before.V, ok)
			}
		})
		must(t, g.Run(context.Background(), engine.Config{}))
		want := `1 a:1 after 0 false
2 a:2 after 1 true
2 b:10 after 0 false
3 a:3 after 2 true
3 b:11 after 10 true
5 a:4 after 0 false
`
		if late { // the past begins when it is asked for
			want = strings.Replace(want, "after 1 true", "after 0 false", 1)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("late %v: %s", late, diff)
		}
	}
}
