package engine_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gw/engine"
)

type noTick struct{ In engine.In[int] }

type badStart struct{ In engine.In[int] }

func (*badStart) Tick()  {}
func (*badStart) Start() {}

// inner is embedded, so its fields are bound too.
type inner struct{ Extra engine.In[int] }

type outer struct {
	inner
	Inner2
	Ins  []engine.In[int]
	Outs []engine.Out[int]
}

// Inner2 is an exported embedded struct.
type Inner2 struct{ More engine.In[int] }

func (o *outer) Tick() {
	for i := range o.Outs {
		o.Outs[i].Set(o.Ins[i].Get() + o.More.Get())
	}
}

func TestMistakesInWiringAreAllReported(t *testing.T) {
	g, other := engine.New(), engine.New()
	e := engine.Const(g, 1, 0)
	engine.Add(g, &addOne{})
	engine.Add(g, &noTick{In: engine.From(e)})
	engine.Add(g, &badStart{In: engine.From(e)})
	engine.AddNamed(g, "foreign", &addOne{In: engine.From(engine.Const(other, 1, 0))})
	engine.AddNamed(g, "forgotten", &last{In: engine.From((&addOne{}).Out.Edge())})
	engine.Sink(engine.NewDelayed[int](g).Edge(), "late", func(*int) {})
	engine.Timer(g, 0, 1)
	engine.Const(g, 1, -1)
	engine.Curve(g, []engine.Point[int]{{At: 2}, {At: 1}})
	engine.NewPush[int](g, "push", engine.PushConfig{Limit: -1})
	engine.NewBasket([]int{1, 1}, []engine.Edge[int]{e, e})
	engine.NewBasket([]int{1, 2}, []engine.Edge[int]{e})
	fb := engine.NewFeedback[int](g)
	engine.Sink(fb.Edge(), "fed", func(*int) {})
	err := g.Run(context.Background(), engine.Config{})
	if err == nil {
		t.Fatal("got no error")
	}
	want := `node "noTick": *noTick has no method Tick()
node "badStart": method Start of *badStart has no result, want Start() error
timer: got every 0s, want more than 0
const: got after -1ns, want 0 or more
curve: point 1 is at 1970-01-01T00:00:00.000000001Z, before the point before it at 1970-01-01T00:00:00.000000002Z
push adapter "push": got limit -1, want 0 or more
basket: key 1 repeats
basket: got 2 keys and 1 edges
node "addOne": input In is not wired to an edge
node "foreign": input In reads an edge of another graph
node "forgotten": input In reads an output of a struct that was not given to Add
node "late": input 0 reads a delayed edge that was never bound
node "fed": input 0 reads a feedback that was never bound`
	if diff := cmp.Diff(strings.Split(want, "\n"), strings.Split(err.Error(), "\n")); diff != "" {
		t.Error(diff)
	}
}

func TestEmbeddedFieldsAndSlicesAreBound(t *testing.T) {
	g := engine.New()
	e := engine.Const(g, 1, 0)
	o := &outer{Inner2: Inner2{More: engine.From(e)}, Ins: []engine.In[int]{engine.From(e), engine.From(e)}, Outs: make([]engine.Out[int], 2)}
	o.Extra = engine.From(e)
	engine.Add(g, o)
	a := engine.Add(g, &last{In: engine.From(o.Outs[1].Edge())})
	if name := o.Outs[1].Edge().Name(); name != "Outs[1]" {
		t.Errorf("got name %q", name)
	}
	if err := g.Run(context.Background(), engine.Config{}); err != nil || a.v != 2 {
		t.Errorf("got %d, %v", a.v, err)
	}
}

func TestCircleIsReportedWithItsPath(t *testing.T) {
	g := engine.New()
	d := engine.NewDelayed[int](g)
	a := engine.AddNamed(g, "a", &addOne{In: engine.From(d.Edge())})
	b := engine.AddNamed(g, "b", &add2{A: engine.From(engine.Const(g, 1, 0)), B: engine.From(a.Out.Edge())})
	c := engine.AddNamed(g, "c", &addOne{In: engine.From(b.Out.Edge())})
	engine.AddNamed(g, "d", &addOne{In: engine.From(b.Out.Edge())})
	if err := d.Bind(c.Out.Edge()); err != nil {
		t.Fatal(err)
	}
	err := g.Build()
	if want := "illegal circle in the graph: a -> b -> c -> a; break it with a Feedback"; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestTopology(t *testing.T) {
	g := engine.New()
	c := engine.Const(g, 1, 0).Named("one")
	fb := engine.NewFeedback[int](g)
	n := engine.AddNamed(g, "sum", &add2{A: engine.From(c), B: engine.From(fb.Edge())})
	n.B.Passive()
	fb.Bind(n.Out.Edge())
	engine.Sink(n.Out.Edge(), "print", func(*int) {}).Effect()
	if err := g.Build(); err != nil {
		t.Fatal(err)
	}
	want := engine.Topology{
		Nodes: []engine.TopologyNode{
			{ID: 0, Name: "const", Path: "const", Kind: "const"},
			{ID: 1, Name: "feedback", Path: "feedback#1", Kind: "feedback"},
			{ID: 2, Name: "sum", Path: "sum", Kind: "add2", Rank: 1},
			{ID: 3, Name: "feedback", Path: "feedback#3", Kind: "feedback", Rank: 2},
			{ID: 4, Name: "print", Path: "print", Kind: "sink", Rank: 2, Effect: true},
		},
		Edges: []engine.TopologyEdge{
			{From: 0, To: 2, Name: "one"}, {From: 1, To: 2, Passive: true},
			{From: 2, To: 3, Name: "Out"}, {From: 3, To: 1, Feedback: true}, {From: 2, To: 4, Name: "Out"},
		},
	}
	if diff := cmp.Diff(want, g.Topology()); diff != "" {
		t.Error(diff)
	}
}

func TestBasketFindsWhatTicked(t *testing.T) {
	g := engine.New()
	keys, edges := []string{"a", "b", "c"}, []engine.Edge[int]{}
	for i := range keys {
		edges = append(edges, engine.Curve(g, []engine.Point[int]{{At: 1, V: i}, {At: engine.Time(2 + i), V: 10 + i}}))
	}
	b := engine.NewBasket(keys, edges)
	n := g.Node("read")
	in := engine.UseBasket(n, b)
	in.At("b").Passive()
	trigger := engine.Use(n, engine.Const(g, 1, 3))
	var got []string
	n.OnTick(func() {
		line := fmt.Sprint(int64(g.Now()))
		if trigger.Ticked() {
			line += " trigger"
		}
		for k, x := range in.TickedItems() {
			line += fmt.Sprint(" ", k, x.Get())
		}
		got = append(got, line)
	})
	if err := g.Run(context.Background(), engine.Config{}); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"1 a0 c2", "2 a10", "3 trigger", "4 c12"}, got); diff != "" {
		t.Error(diff)
	}
	if at, none := b.At("c"), b.At("x"); at != edges[2] || !none.IsZero() || b.Len() != 3 {
		t.Error("basket does not give its edges back")
	}
}

// newest is a struct node that reads a basket as a whole.
type newest struct {
	Values engine.BasketIn[string, int]
	Out    engine.Out[string]
}

func (n *newest) Tick() {
	for key := range n.Values.TickedItems() {
		n.Out.Set(key)
		break
	}
}

func TestStructNodeReadsABasket(t *testing.T) {
	g := engine.New()
	basket := engine.NewBasket([]string{"a", "b"}, []engine.Edge[int]{engine.Const(g, 1, 2), engine.Const(g, 2, 1)})
	n := engine.Add(g, &newest{Values: engine.FromBasket(basket)})
	var got []string
	engine.Sink(n.Out.Edge(), "log", func(key *string) { got = append(got, fmt.Sprint(int64(g.Now()), " ", *key)) })
	if err := g.Run(t.Context(), engine.Config{}); err != nil {
		t.Fatal(err)
	}
	if want := "[1 b 2 a]"; fmt.Sprint(got) != want {
		t.Errorf("got %v, want %s", got, want)
	}
}

func TestBasketIsMadePassiveAsAWhole(t *testing.T) {
	g := engine.New()
	a, b := engine.Timer(g, 1, 1), engine.Timer(g, 2, 2)
	n, calls := g.Node("reader"), ""
	in := engine.UseBasket(n, engine.NewBasket([]string{"a", "b"}, []engine.Edge[int]{a, b}))
	wake := engine.NewAlarm[bool](n)
	n.OnStart(func() error { wake.After(4, true); return nil })
	n.OnTick(func() {
		calls += fmt.Sprint(int64(n.Now()), in.Ticked(), in.At("b").Ticked(), " ")
		if wake.Ticked() {
			in.Active()
		} else if n.Now() == 2 {
			in.Passive()
		}
	})
	must(t, g.Run(context.Background(), engine.Config{End: 5}))
	if want := "1 true false 2 true true 4 false true 5 true false "; calls != want {
		t.Errorf("got  %s\nwant %s", calls, want)
	}
}
