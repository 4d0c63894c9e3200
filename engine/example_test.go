package engine_test

import (
	"context"
	"fmt"
	"time"

	"gw/engine"
)

// trade is a value of the examples.
type trade struct {
	price float64
	size  int
}

// vwap is a struct node: it averages prices by size and puts out the average a second after the first trade of a stretch.
type vwap struct {
	Trades engine.In[trade]
	Flush  engine.Alarm[bool]
	Out    engine.Out[float64]

	notional float64
	size     int
}

func (n *vwap) Tick() {
	if n.Trades.Ticked() {
		t := n.Trades.Ptr()
		if n.size == 0 {
			n.Flush.After(time.Second, true)
		}
		n.notional += t.price * float64(t.size)
		n.size += t.size
	}
	if n.Flush.Ticked() {
		n.Out.Set(n.notional / float64(n.size))
		n.notional, n.size = 0, 0
	}
}

var _ engine.Keeper = (*vwap)(nil)

// Keep makes the node's state part of saved states.
func (n *vwap) Keep() (int, []any) { return 1, []any{&n.notional, &n.size} }

// trades is a recording of three trades.
func trades(g *engine.Graph) engine.Edge[trade] {
	start := engine.TimeOf(time.Date(2026, 1, 2, 9, 30, 0, 0, time.UTC))
	return engine.Curve(g, []engine.Point[trade]{
		{At: start, V: trade{100, 10}},
		{At: start.Add(400 * time.Millisecond), V: trade{103, 20}},
		{At: start.Add(5 * time.Second), V: trade{99, 5}},
	})
}

func show[T any](e engine.Edge[T]) {
	n := engine.Sink(e, "show", func(*T) {})
	in := engine.Use(n, e)
	n.OnTick(func() { fmt.Println(n.Now().Std().Format("15:04:05.0"), in.Get()) })
}

func Example() {
	g := engine.New()
	n := engine.Add(g, &vwap{Trades: engine.From(trades(g))})
	show(n.Out.Edge())
	if err := g.Run(context.Background(), engine.Config{}); err != nil {
		fmt.Println(err)
	}
	// Output:
	// 09:30:01.0 102
	// 09:30:06.0 99
}

// A closure node keeps its state in variables.
func ExampleGraph_Node() {
	g := engine.New()
	n, seen := g.Node("count"), 0
	in, out := engine.Use(n, trades(g)), engine.Emit[string](n)
	n.OnTick(func() {
		seen++
		out.Set(fmt.Sprintf("trade %d of %d", seen, in.Ptr().size))
	})
	n.Keep(1, &seen)
	show(out.Edge())
	_ = g.Run(context.Background(), engine.Config{})
	// Output:
	// 09:30:00.0 trade 1 of 10
	// 09:30:00.4 trade 2 of 20
	// 09:30:05.0 trade 3 of 5
}

// What other goroutines push ticks in a later cycle; a realtime run ends when a node stops it.
func ExampleNewPush() {
	g := engine.New()
	orders := engine.NewPush[string](g, "orders", engine.PushConfig{Mode: engine.NonCollapsing, Limit: 100, Full: engine.Reject})
	n := g.Node("desk")
	in := engine.Use(n, orders.Edge())
	n.OnStart(func() error {
		n.Go(func(context.Context) error {
			for _, o := range []string{"buy", "sell", "close"} {
				if err := orders.Push(o); err != nil {
					return err
				}
			}
			return nil
		})
		return nil
	})
	n.OnTick(func() {
		fmt.Println(n.Cycle(), in.Get())
		if in.Get() == "close" {
			n.Stop(nil)
		}
	})
	_ = g.Run(context.Background(), engine.Config{Realtime: true})
	// Output:
	// 1 buy
	// 2 sell
	// 3 close
}

// A run is saved between two cycles and goes on in a graph that is wired the same way.
func ExampleGraph_Save() {
	wire := func() (*engine.Graph, *engine.Node) {
		g := engine.New()
		n := engine.Add(g, &vwap{Trades: engine.From(trades(g))})
		show(n.Out.Edge())
		return g, n.Out.Edge().Node()
	}
	first, node := wire()
	var saved []byte
	first.OnCycleEnd(func(_ engine.Time, cycle uint64) {
		if cycle == 2 { // both trades are in the node, and its alarm is set
			saved, _ = first.Save()
			node.Stop(nil)
		}
	})
	_ = first.Run(context.Background(), engine.Config{})

	second, _ := wire()
	if err := second.Restore(saved); err != nil {
		fmt.Println(err)
	}
	_ = second.Run(context.Background(), engine.Config{})
	// Output:
	// 09:30:01.0 102
	// 09:30:06.0 99
}

// The past of an edge is kept as far as somebody asks for it.
func ExampleIn_Buffer() {
	g := engine.New()
	n := g.Node("range")
	in := engine.Use(n, trades(g))
	in.Buffer(2, 10*time.Second)
	n.OnTick(func() {
		low, high := in.Ptr().price, in.Ptr().price
		for p := range in.History().All() {
			low, high = min(low, p.V.price), max(high, p.V.price)
		}
		fmt.Println(low, high)
	})
	_ = g.Run(context.Background(), engine.Config{})
	// Output:
	// 100 100
	// 100 103
	// 99 103
}

// Sub-graphs come and go with the keys of a basket.
func ExampleDynamic() {
	g := engine.New()
	n := g.Node("by symbol")
	in := engine.Use(n, engine.Curve(g, []engine.Point[string]{{At: 1, V: "A"}, {At: 2, V: "B"}, {At: 3, V: "A"}}))
	out := engine.EmitDynamic[string, int](n)
	n.OnTick(func() { out.Set(in.Get(), int(n.Now())) })

	doubled := engine.Dynamic(out.Basket(), "double", func(s *engine.SubGraph[string, int]) engine.Edge[int] {
		m := s.Node("double")
		v, twice := engine.Use(m, s.Value), engine.Emit[int](m)
		m.OnTick(func() { twice.Set(2 * v.Get()) })
		return twice.Edge()
	})

	p := g.Node("print")
	basket := engine.UseDynamic(p, doubled)
	p.OnTick(func() {
		for k, v := range basket.TickedItems() {
			fmt.Println(k, v.Get(), len(basket.Added()) > 0)
		}
	})
	_ = g.Run(context.Background(), engine.Config{})
	// Output:
	// A 2 true
	// B 4 true
	// A 6 false
}

// A trace tells which nodes ran in a cycle, why, and what they put out.
func ExampleGraph_Trace() {
	g := engine.New()
	e := engine.Const(g, 20, time.Second).Named("x")
	n := engine.AddNamed(g, "plus one", &addOne{In: engine.From(e)})
	engine.Sink(n.Out.Edge(), "end", func(*int) {})
	g.Trace(1, func(c engine.CycleTrace) {
		for _, n := range c.Nodes {
			fmt.Println(n.Path, n.Inputs, n.Outputs)
		}
	})
	_ = g.Run(context.Background(), engine.Config{})
	// Output:
	// const [] [{0 const x 20}]
	// plus one [{0 const x 20}] [{1 plus one Out 21}]
	// end [{1 plus one Out 21}] []
}

// A batch enters a group as one; its trade is a barrier for quotes that come after it.
func ExamplePushGroup() {
	g := engine.New()
	market := g.PushGroup("market")
	bid := engine.NewPush[int](g, "bid", engine.PushConfig{Mode: engine.LastValue, Group: market})
	deal := engine.NewPush[int](g, "trade", engine.PushConfig{Mode: engine.NonCollapsing, Group: market, Limit: 1000, Full: engine.Block})
	n := g.Node("print")
	b, d := engine.Use(n, bid.Edge()), engine.Use(n, deal.Edge())
	n.OnTick(func() {
		fmt.Println(n.Cycle(), b.Ticked(), b.Get(), d.Ticked())
		if b.Get() == 3 {
			n.Stop(nil)
		}
	})
	n.OnStart(func() error {
		n.Go(func(context.Context) error {
			return market.Batch(func(batch *engine.PushBatch) {
				bid.PushIn(batch, 1)
				bid.PushIn(batch, 2)
				deal.PushIn(batch, 100)
				deal.PushIn(batch, 101)
				bid.PushIn(batch, 3)
			})
		})
		return nil
	})
	_ = g.Run(context.Background(), engine.Config{Realtime: true})
	// Output:
	// 1 true 2 true
	// 2 true 3 true
}
