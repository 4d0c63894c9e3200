package engine_test

import (
	"context"
	"fmt"
	"time"

	"gw/engine"
)

// Sources make values in the graph; Pipe is a function of one edge.
func ExampleTimer() {
	g := engine.New()
	price := engine.Const(g, 7, time.Second).Named("price")
	double := engine.Pipe(price, "double", func(v int) int { return 2 * v })
	show(double)
	show(engine.Timer(g, 2*time.Second, "on the grid"))
	show(engine.DriftTimer(g, 3*time.Second, "late rather than many"))
	show(engine.Null[int](g)) // never ticks
	fmt.Println(price.Name(), "of", price.Node().Name(), double.Node().ID(), double.Graph() == g, engine.Edge[int]{}.IsZero())
	_ = g.Run(context.Background(), engine.Config{End: engine.Time(5 * time.Second)})
	// Output:
	// price of const 1 true true
	// 00:00:01.0 14
	// 00:00:02.0 on the grid
	// 00:00:03.0 late rather than many
	// 00:00:04.0 on the grid
}

// spread is a struct node with a second input that does not call it.
type spread struct {
	Bid   engine.In[float64]
	Ask   engine.In[float64]
	Out   engine.Out[float64]
	Clock engine.Clock
}

func (n *spread) Start() error { n.Ask.Passive(); return nil }

func (n *spread) Stop() error { fmt.Println("stopped in cycle", n.Clock.Cycle()); return nil }

func (n *spread) Tick() {
	if !n.Ask.Valid() {
		return
	}
	*n.Out.Slot() = n.Ask.Get() - n.Bid.Get() // written in place
	n.Out.Tick()
	if n.Bid.Count() == 3 {
		n.Ask.Active()
	}
}

// An input may be read without calling the node, and tells whether, when and how often it has ticked.
func ExampleIn() {
	g := engine.New()
	bid := engine.Timer(g, time.Second, 10.0)
	ask := engine.Curve(g, []engine.Point[float64]{{At: engine.Time(1500 * time.Millisecond), V: 11}, {At: engine.Time(3500 * time.Millisecond), V: 12}})
	n := engine.Add(g, &spread{Bid: engine.From(bid), Ask: engine.From(ask)})
	engine.Sink(n.Out.Edge(), "print", func(v *float64) { fmt.Println(time.Duration(g.Now()), *v) })
	_ = g.Run(context.Background(), engine.Config{End: engine.Time(4 * time.Second)})
	// Output:
	// 2s 1
	// 3s 1
	// 3.5s 2
	// 4s 2
	// stopped in cycle 6
}

// A feedback is the only way back; a delayed edge is promised before it exists.
func ExampleFeedback() {
	g := engine.New()
	back := engine.NewFeedback[int](g)
	later := engine.NewDelayed[int](g)
	n := g.Node("countdown")
	start, again, out := engine.Use(n, later.Edge()), engine.Use(n, back.Edge()), engine.Emit[int](n)
	n.OnTick(func() {
		switch {
		case start.Ticked():
			out.Set(start.Get())
		case again.Get() > 0:
			out.Set(again.Get() - 1)
		}
	})
	back.Bind(out.Edge())
	if err := later.Bind(engine.Const(g, 2, 0)); err != nil || !later.Bound() {
		fmt.Println(err)
	}
	engine.Sink(out.Edge(), "print", func(v *int) { fmt.Println("cycle", g.Cycle(), "at", int64(g.Now()), *v) })
	_ = g.Run(context.Background(), engine.Config{})
	// Output:
	// cycle 1 at 0 2
	// cycle 2 at 0 1
	// cycle 3 at 0 0
}

// A node wakes itself by alarms, which it can move and take back.
func ExampleAlarm() {
	g := engine.New()
	n := g.Node("alarms")
	a := engine.NewAlarm[string](n)
	n.OnStart(func() error {
		var moved, gone engine.Handle = a.After(1, "moved"), a.At(2, "gone")
		a.After(3, "in order")
		a.Last(3, "when nothing else is left")
		moved, ok := a.Reschedule(moved, 3)
		fmt.Println(ok, a.Cancel(gone), a.Cancel(gone), a.Valid())
		return nil
	})
	n.OnTick(func() {
		if a.Ticked() {
			fmt.Println(int64(n.Now()), a.Get(), a.Count())
		}
	})
	_ = g.Run(context.Background(), engine.Config{})
	// Output:
	// true true false false
	// 3 in order 1
	// 3 moved 2
	// 3 when nothing else is left 3
}

// The same part is wired once under one key; scopes tell nodes of one name apart.
func ExampleMemo() {
	g := engine.New()
	double := func(e engine.Edge[int]) engine.Edge[int] {
		return engine.Memo(g, "double of "+e.Name(), func() engine.Edge[int] {
			return engine.Pipe(e, "double", func(v int) int { return 2 * v })
		})
	}
	x := engine.Const(g, 4, 0).Named("x")
	once, twice := double(x), double(x)
	fmt.Println(once == twice, once.Node().Path())
	g.Scope("desk", func() { fmt.Println(g.Node("double").Path()) })
	// Output:
	// true double of x/double
	// desk/double
}

// Mistakes in wiring are all reported by Build, which Run calls.
func ExampleGraph_Build() {
	g := engine.New()
	n := g.Node("sum")
	engine.Use(n, engine.Edge[int]{})
	engine.NewBasket([]string{"a", "a"}, []engine.Edge[int]{engine.Const(g, 1, 0), engine.Const(g, 2, 0)})
	fmt.Println(g.Build())

	circle := engine.New()
	promise := engine.NewDelayed[int](circle)
	_ = promise.Bind(engine.Pipe(promise.Edge(), "loop", func(v int) int { return v }))
	var c *engine.CircleError
	fmt.Println(errorsAs(circle.Build(), &c), circle.Build())
	// Output:
	// basket: key a repeats
	// node "sum": input 0 is not wired to an edge
	// true illegal circle in the graph: loop -> loop; break it with a Feedback
}
