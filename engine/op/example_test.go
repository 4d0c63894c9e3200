package op_test

import (
	"context"
	"fmt"
	"os"
	"time"

	"gw/engine"
	"gw/engine/op"
)

// Trades of two venues become one stream and its running volume.
func Example() {
	g := engine.New()
	second := engine.Time(time.Second)
	paris := engine.Curve(g, []engine.Point[int]{{At: 1 * second, V: 100}, {At: 3 * second, V: 50}})
	london := engine.Curve(g, []engine.Point[int]{{At: 1 * second, V: 70}, {At: 2 * second, V: 10}})

	trades := op.Flatten(paris, london)
	large := op.Filter(trades, func(v *int) bool { return *v >= 50 })
	volume := op.Accum(large, 0)
	op.Print(os.Stdout, "volume", op.Sample(engine.Timer(g, time.Second, true), volume))

	if err := g.Run(context.Background(), engine.Config{End: 3 * second}); err != nil {
		fmt.Println(err)
	}
	// Output:
	// 1970-01-01T00:00:01.000000000Z volume:100
	// 1970-01-01T00:00:02.000000000Z volume:170
	// 1970-01-01T00:00:03.000000000Z volume:220
}

// A demultiplex gives each key an edge; a publisher's readers may ask for keys one by one.
func ExampleDelayedDemultiplex() {
	type trade struct {
		Symbol string
		Price  float64
	}
	g := engine.New()
	trades := engine.Curve(g, []engine.Point[trade]{{At: 1, V: trade{"A", 10}}, {At: 2, V: trade{"B", 20}}, {At: 3, V: trade{"A", 11}}})
	by := op.NewDelayedDemultiplex(trades, func(t *trade) string { return t.Symbol })
	engine.Sink(by.At("A"), "print", func(t *trade) { fmt.Println(t.Symbol, t.Price) })
	if err := g.Run(context.Background(), engine.Config{}); err != nil {
		fmt.Println(err)
	}
	// Output:
	// A 10
	// A 11
}

// A struct is built from the last values of several edges.
func ExampleBuild() {
	type quote struct{ Bid, Ask float64 }
	g := engine.New()
	bid := engine.Const(g, 99.0, 1)
	ask := engine.Const(g, 101.0, 2)
	quotes := op.Build(
		op.Into(bid, func(q *quote) *float64 { return &q.Bid }),
		op.Into(ask, func(q *quote) *float64 { return &q.Ask }),
	)
	engine.Sink(quotes, "print", func(q *quote) { fmt.Printf("%+v\n", *q) })
	if err := g.Run(context.Background(), engine.Config{}); err != nil {
		fmt.Println(err)
	}
	// Output:
	// {Bid:99 Ask:0}
	// {Bid:99 Ask:101}
}
