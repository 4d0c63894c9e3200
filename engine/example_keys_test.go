package engine_test

import (
	"context"
	"fmt"
	"slices"

	"gw/engine"
)

// best is a struct node that reads a basket.
type best struct {
	Prices engine.BasketIn[string, int]
	Out    engine.Out[string]
}

func (n *best) Tick() {
	if !n.Prices.Ticked() || !n.Prices.Valid() {
		return
	}
	top := n.Prices.Keys()[0]
	for k, in := range n.Prices.ValidItems() {
		if in.Get() > n.Prices.At(top).Get() {
			top = k
		}
	}
	n.Out.Set(top)
}

// A basket is a fixed set of edges by key, read together.
func ExampleNewBasket() {
	g := engine.New()
	a := engine.Curve(g, []engine.Point[int]{{At: 1, V: 10}, {At: 3, V: 30}})
	b := engine.Curve(g, []engine.Point[int]{{At: 2, V: 20}, {At: 3, V: 25}})
	prices := engine.NewBasket([]string{"a", "b"}, []engine.Edge[int]{a, b})
	fmt.Println(prices.Len(), prices.Keys(), prices.At("b") == prices.Edges()[1], prices.Graph() == g)

	n := engine.Add(g, &best{Prices: engine.FromBasket(prices)})
	engine.Sink(n.Out.Edge(), "best", func(v *string) { fmt.Println(int64(g.Now()), "best is", *v) })
	m := g.Node("ticked")
	in := engine.UseBasket(m, prices)
	m.OnTick(func() {
		for k, v := range in.TickedItems() {
			rank, _ := v.Order()
			fmt.Println(int64(m.Now()), k, v.Get(), "of", in.Len(), "at rank", rank)
		}
	})
	_ = g.Run(context.Background(), engine.Config{})
	// Output:
	// 2 [a b] true true
	// 1 a 10 of 2 at rank 0
	// 2 b 20 of 2 at rank 0
	// 2 best is b
	// 3 a 30 of 2 at rank 0
	// 3 b 25 of 2 at rank 0
	// 3 best is a
}

// book is a struct node that makes a dynamic basket and reads its own orders: +a sets key a, -a takes it away.
type book struct {
	Orders engine.In[string]
	Out    engine.DynamicOut[string, int]
}

func (n *book) Tick() {
	switch o := n.Orders.Get(); {
	case o[0] == '+':
		n.Out.Set(o[1:], int(n.Orders.Count()))
	case n.Out.Has(o[1:]):
		n.Out.Remove(o[1:])
	}
}

// shape is a struct node that reads a dynamic basket.
type shape struct {
	Book engine.DynamicIn[string, int]
}

func (n *shape) Tick() {
	fmt.Print("came ", n.Book.Added(), " went ", n.Book.Removed(), " of ", n.Book.Len(), " ", n.Book.Ticked())
	for k, v := range n.Book.Items() {
		fmt.Print(" ", k, "=", v.Get())
	}
	fmt.Println()
}

func orders(g *engine.Graph, all ...string) engine.DynamicBasket[string, int] {
	var ps []engine.Point[string]
	for i, o := range all {
		ps = append(ps, engine.Point[string]{At: engine.Time(i + 1), V: o})
	}
	return engine.Add(g, &book{Orders: engine.From(engine.Curve(g, ps))}).Out.Basket()
}

// Keys of a dynamic basket appear and go while the graph runs.
func ExampleDynamicBasket() {
	g := engine.New()
	b := orders(g, "+a", "+b", "+a", "-a", "-a")
	engine.Add(g, &shape{Book: engine.FromDynamic(b)})
	n := g.Node("keys")
	in := engine.UseDynamic(n, b)
	n.OnStop(func() error { fmt.Println(in.Keys(), in.At("a") == nil, b.Graph() == g); return nil })
	_ = g.Run(context.Background(), engine.Config{})
	// Output:
	// came [a] went [] of 1 true a=1
	// came [b] went [] of 2 true a=1 b=2
	// came [] went [] of 2 true a=3 b=2
	// came [] went [a] of 1 true b=2
	// [b] true true
}

// A sub-graph reads edges of the graph around it by Attach, values of the moment by Snap, and may end itself.
func ExampleSubGraph() {
	g := engine.New()
	price := engine.Timer(g, 1, 1)
	count := engine.Pipe(price, "count", func(int) int { return int(g.Now()) })
	var lines []string
	engine.Dynamic(orders(g, "+a", "+b", "+a"), "fills", func(s *engine.SubGraph[string, int]) engine.Edge[int] {
		began, _ := count.Snap()
		n := s.Node("fill")
		own, now := engine.Use(n, s.Value), engine.Use(n, engine.Attach(s.Graph, count))
		n.OnTick(func() {
			lines = append(lines, fmt.Sprintf("%s at %d: from %d, own %v", n.Path(), now.Get(), began, own.Ticked()))
			if now.Get() == 3 {
				s.End()
			}
		})
		return engine.Edge[int]{} // nothing comes out
	}, count)
	_ = g.Run(context.Background(), engine.Config{End: 4})
	slices.Sort(lines)
	for _, line := range lines {
		fmt.Println(line)
	}
	// Output:
	// fills[a]/fill at 1: from 1, own true
	// fills[a]/fill at 2: from 1, own false
	// fills[a]/fill at 3: from 1, own true
	// fills[b]/fill at 2: from 2, own true
	// fills[b]/fill at 3: from 2, own false
}

// The past of an edge, by ticks and by time.
func ExampleHistory() {
	g := engine.New()
	e := engine.Curve(g, []engine.Point[int]{{At: 10, V: 1}, {At: 20, V: 2}, {At: 20, V: 3}, {At: 30, V: 4}})
	n := g.Node("past")
	in := engine.Use(n, e)
	in.Buffer(10, 0)
	n.OnStop(func() error {
		h := in.History()
		before, _ := h.Back(1)
		last, _ := h.At(25)
		first, _ := h.FirstAt(25)
		fmt.Println(h.Len(), before.V, last.V, first.V, in.Time())
		for _, at := range []engine.Bound{engine.Inclusive, engine.Exclusive, engine.Extrapolate} {
			var ticks []string
			for p := range h.Between(15, 30, at, at) {
				ticks = append(ticks, fmt.Sprint(int64(p.At), ":", p.V))
			}
			fmt.Println(ticks)
		}
		return nil
	})
	_ = g.Run(context.Background(), engine.Config{})
	// Output:
	// 4 3 3 2 1970-01-01T00:00:00.000000030Z
	// [20:2 20:3 30:4]
	// [20:2 20:3]
	// [15:1 20:2 20:3 30:4]
}
