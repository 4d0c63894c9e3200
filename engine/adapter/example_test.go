package adapter_test

import (
	"context"
	"fmt"
	"time"

	"gw/engine"
	"gw/engine/adapter"
)

// market is a manager: one recording of trades and quotes feeds an edge for each.
type market struct {
	rows   []row
	trades *adapter.Sim[int]
	quotes *adapter.Sim[string]
}

type row struct {
	at    engine.Time
	trade int
	quote string
}

func (m *market) Next(now engine.Time) (next engine.Time, ok bool, err error) {
	for ; len(m.rows) > 0; m.rows = m.rows[1:] {
		switch r := m.rows[0]; {
		case r.at > now:
			return r.at, true, nil
		case r.trade == 0:
			m.quotes.Push(r.quote)
		case r.trade < 0:
			m.trades.PushNull() // a cycle without a tick
		default:
			m.trades.Push(r.trade)
		}
	}
	return 0, false, nil
}

// One reader of a recording feeds many typed edges, in time order.
func ExampleManage() {
	g := engine.New()
	m := &market{rows: []row{{at: 1, trade: 7}, {at: 2, quote: "10/11"}, {at: 2, quote: "10/12"}, {at: 2, trade: 8}, {at: 2, trade: -1}, {at: 2, trade: 9}}}
	var managed *adapter.Managed = adapter.Manage(g, "market", m)
	m.trades = adapter.NewSim[int](managed, "trades", engine.NonCollapsing)
	m.quotes = adapter.NewSim[string](managed, "quotes", engine.Burst)
	engine.Sink(m.trades.Edge(), "trades", func(v *int) { fmt.Println(int64(g.Now()), "cycle", g.Cycle(), "trade", *v) })
	engine.Sink(m.quotes.BurstEdge(), "quotes", func(v *[]string) { fmt.Println(int64(g.Now()), "cycle", g.Cycle(), "quotes", *v) })
	_ = g.Run(context.Background(), engine.Config{})
	// Output:
	// 1 cycle 1 trade 7
	// 2 cycle 2 trade 8
	// 2 cycle 2 quotes [10/11 10/12]
	// 2 cycle 4 trade 9
}

// History first, then live, on one edge, without a gap.
func ExampleNewPushPull() {
	g := engine.New()
	begin := engine.TimeOf(time.Date(2026, 1, 2, 9, 30, 0, 0, time.UTC))
	feed := adapter.NewPushPull[string](g, "feed", engine.PushConfig{Mode: engine.NonCollapsing})
	n := g.Node("print")
	in := engine.Use(n, feed.Edge())
	n.OnTick(func() {
		fmt.Println(in.Get())
		if in.Get() == "live" {
			n.Stop(nil)
		}
	})
	n.OnStart(func() error {
		n.Go(func(context.Context) error {
			_ = feed.Replay(begin.Add(time.Second), "yesterday")
			_ = feed.Push("pushed before the past was over")
			_ = feed.Replay(begin.Add(2*time.Second), "this morning")
			feed.Live()
			return feed.Push("live")
		})
		return nil
	})
	_ = g.Run(context.Background(), engine.Config{Start: begin, Realtime: true})
	fmt.Println("still waiting:", feed.Stats().Depth)
	// Output:
	// yesterday
	// this morning
	// pushed before the past was over
	// live
	// still waiting: 0
}

// file is an output adapter; Start() error and Stop() error are optional.
type file struct{}

func (file) Write(now engine.Time, v *adapter.Status) error {
	_, err := fmt.Println(int64(now), v.Level, v.Code, v.Text, v.Level >= adapter.Error)
	return err
}

// How a connection is doing is an edge; an output adapter takes values out and may fail.
func ExampleOutput() {
	g := engine.New()
	levels := []adapter.Level{adapter.Debug, adapter.Info, adapter.Warning, adapter.Error, adapter.Critical}
	var points []engine.Point[adapter.Status]
	for i, level := range levels {
		points = append(points, engine.Point[adapter.Status]{At: engine.Time(i), V: adapter.Status{Level: level, Code: i, Text: level.String()}})
	}
	var out adapter.OutputAdapter[adapter.Status] = file{}
	adapter.Output(engine.Curve(g, points), "file", out)
	live := adapter.NewStatus(g, "status", engine.PushConfig{Mode: engine.NonCollapsing}) // for other goroutines: live.Push(status)
	adapter.Output(live.Edge(), "file", out)
	_ = g.Run(context.Background(), engine.Config{})
	// Output:
	// 0 debug 0 debug false
	// 1 info 1 info false
	// 2 warning 2 warning false
	// 3 error 3 error true
	// 4 critical 4 critical true
}
