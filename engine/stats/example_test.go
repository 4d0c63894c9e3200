package stats_test

import (
	"context"
	"fmt"
	"time"

	"gw/engine"
	"gw/engine/stats"
)

// Two statistics share a window of the last three prices.
func Example() {
	g := engine.New()
	var points []engine.Point[float64]
	for i, p := range []float64{10, 12, 11, 15, 14} {
		points = append(points, engine.Point[float64]{At: engine.Time(time.Duration(i) * time.Second), V: p})
	}
	price := engine.Curve(g, points)

	w := stats.Over(price, stats.Config{Interval: stats.Ticks(3), MinWindow: stats.Ticks(1)})
	mean, high := stats.Mean(w), stats.Max(w)

	n := g.Node("print")
	m, h := engine.Use(n, mean), engine.Use(n, high)
	n.OnTick(func() { fmt.Printf("%v mean %.2f high %v\n", time.Duration(n.Now()), m.Get(), h.Get()) })
	if err := g.Run(context.Background(), engine.Config{}); err != nil {
		fmt.Println(err)
	}
	// Output:
	// 0s mean 10.00 high 10
	// 1s mean 11.00 high 12
	// 2s mean 11.00 high 12
	// 3s mean 12.67 high 15
	// 4s mean 13.33 high 15
}

// A trigger decides when statistics tick; a reset begins the window anew.
func ExampleConfig() {
	g := engine.New()
	trades := engine.Timer(g, time.Second, 1)
	volume := stats.Sum(stats.Over(trades, stats.Config{
		Trigger: stats.On(engine.Timer(g, 4*time.Second, true)),
		Reset:   stats.On(engine.Timer(g, 10*time.Second, true)),
	}))
	engine.Sink(volume, "print", func(v *float64) { fmt.Println(time.Duration(g.Now()), *v) })
	if err := g.Run(context.Background(), engine.Config{End: engine.Time(16 * time.Second)}); err != nil {
		fmt.Println(err)
	}
	// Output:
	// 4s 4
	// 8s 8
	// 12s 3
	// 16s 7
}

// An exponentially weighted mean by half-life.
func ExampleEma() {
	g := engine.New()
	x := engine.Curve(g, []engine.Point[float64]{{At: 0, V: 0}, {At: engine.Time(time.Minute), V: 10}})
	w := stats.Over(x, stats.Config{})
	engine.Sink(stats.Ema(w, stats.Decay{Halflife: time.Minute, Unadjusted: true}), "print", func(v *float64) { fmt.Println(*v) })
	if err := g.Run(context.Background(), engine.Config{}); err != nil {
		fmt.Println(err)
	}
	// Output:
	// 0
	// 5
}
