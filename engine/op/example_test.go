package op_test

import (
	"context"
	"fmt"
	"log/slog"
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

// A struct is built from the last values of several edges, on each tick or on a trigger, or from those that tick.
func ExampleBuild() {
	type quote struct{ Bid, Ask float64 }
	bid, ask := func(q *quote) *float64 { return &q.Bid }, func(q *quote) *float64 { return &q.Ask }
	t := newSheet()
	bids, asks := of(t, 99.0, 98), op.Delay(of(t, 101.0), 1)
	quotes := op.Build(op.Into(bids, bid), op.Into(asks, ask))
	tell(t, "build", quotes)
	tell(t, "build on a trigger", op.BuildOn(asks, op.Into(bids, bid), op.Into(asks, ask)))
	tell(t, "collect", op.CollectInto(op.Into(bids, bid), op.Into(asks, ask)))
	tell(t, "field", op.Field(quotes, ask))
	t.run()
	// Output:
	// build 1:{99 0} 2:{98 101}
	// build on a trigger 2:{98 101}
	// collect 1:{99 0} 2:{98 101}
	// field 1:0 2:101
}

// Values leave the graph as lines and records; a tick may end the run.
func ExampleLog() {
	g := engine.New()
	x := engine.Curve(g, []engine.Point[int]{{At: 1, V: 1}, {At: 2, V: 2}, {At: 3, V: 3}})
	untimed := func(_ []string, a slog.Attr) slog.Attr {
		if a.Key == slog.TimeKey {
			return slog.Attr{}
		}
		return a
	}
	lines := slog.NewTextHandler(os.Stdout, &slog.HandlerOptions{ReplaceAttr: untimed})
	op.Log(lines, slog.LevelWarn, "x", x)
	op.LogAsync(slog.DiscardHandler, slog.LevelInfo, "x", 1000, x) // on a goroutine of its own
	op.AtStop(g, func() error { fmt.Println("over"); return nil })
	op.Stop(op.Filter(x, func(v *int) bool { return *v == 3 }))
	op.StopWith(op.Filter(x, func(v *int) bool { return *v == 2 }), func(v *int) error { return fmt.Errorf("%d is too many", *v) })
	fmt.Println(g.Run(context.Background(), engine.Config{}))
	// Output:
	// level=WARN msg=x value=1
	// level=WARN msg=x value=2
	// over
	// node "stop#7" (cycle 2 at 1970-01-01T00:00:00.000000002Z): 2 is too many
}
