package engine_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

	"gw/engine"
)

func errorsAs[T error](err error, to *T) bool { return errors.As(err, to) }

// lineReader is a pull adapter over lines.
type lineReader struct{ left []string }

func (r *lineReader) Next() (at engine.Time, v string, ok bool, err error) {
	if len(r.left) == 0 {
		return 0, "", false, nil
	}
	v, r.left = r.left[0], r.left[1:]
	return engine.Time(len(v)), v, true, nil
}

// A pull adapter is read in the order of time on the engine's goroutine.
func ExamplePull() {
	g := engine.New()
	var r engine.PullAdapter[string] = &lineReader{strings.Fields("a bb bb ccc")}
	engine.Sink(engine.Pull(g, "lines", r), "print", func(v *string) { fmt.Println(int64(g.Now()), *v) })
	_ = g.Run(context.Background(), engine.Config{})
	// Output:
	// 1 a
	// 2 bb
	// 2 bb
	// 3 ccc
}

// The mode of a push adapter says what several waiting values become, its policy what happens when it is full.
func ExamplePushMode() {
	for _, mode := range []engine.PushMode{engine.LastValue, engine.NonCollapsing, engine.Burst} {
		g := engine.New()
		in := engine.NewPush[int](g, "in", engine.PushConfig{Mode: mode, Limit: 2, Full: engine.DropOldest}) // or Reject, or engine.Block
		n := g.Node("log")
		one, all := engine.Use(n, in.Edge()), engine.Use(n, in.BurstEdge())
		n.OnTick(func() {
			fmt.Println("  cycle", n.Cycle(), one.Get(), all.Get())
			if one.Get() == 3 || slices.Contains(all.Get(), 3) {
				n.Stop(nil)
			}
		})
		fmt.Println("before", errors.Is(in.Push(0), engine.ErrNotStarted))
		g.Control().Pause()
		done := make(chan error)
		go func() { done <- g.Run(context.Background(), engine.Config{Realtime: true}) }()
		<-g.Started()
		for v := range 3 {
			if err := in.Push(v + 1); errors.Is(err, engine.ErrFull) { // with Reject
				fmt.Println("full")
			}
		}
		var s engine.PushStats = in.Stats()
		fmt.Println("waiting", s.Depth, "dropped", s.Dropped)
		g.Control().Resume()
		fmt.Println(<-done, errors.Is(in.Push(0), engine.ErrStopped))
	}
	// Output:
	// before true
	// waiting 1 dropped 0
	//   cycle 1 3 []
	// <nil> true
	// before true
	// waiting 2 dropped 1
	//   cycle 1 2 []
	//   cycle 2 3 []
	// <nil> true
	// before true
	// waiting 2 dropped 1
	//   cycle 1 0 [2 3]
	// <nil> true
}

// Any goroutine may end the run with its error.
func ExampleNode_Fail() {
	g := engine.New()
	n := g.Node("feed")
	go func() {
		<-g.Started()
		n.Fail(errors.New("connection lost"))
	}()
	err := g.Run(context.Background(), engine.Config{Realtime: true})
	var at *engine.NodeError
	fmt.Println(errors.As(err, &at), at.Node, at.Err)
	// Output:
	// true feed connection lost
}

// A run is held, stepped and paced from any goroutine.
func ExampleControl() {
	g := engine.New()
	engine.Sink(engine.Timer(g, time.Second, 0), "print", func(*int) { fmt.Println(time.Duration(g.Now())) })
	var c *engine.Control = g.Control()
	c.Pause()
	done := make(chan error)
	go func() { done <- g.Run(context.Background(), engine.Config{End: engine.Time(6 * time.Second)}) }()
	held := func() engine.ControlStatus {
		for {
			changed := c.Changed()
			if s := c.Status(); s.Held || s.Done {
				return s
			}
			<-changed
		}
	}
	held()
	c.Step(1)
	fmt.Println("stepped to cycle", held().Cycle)
	c.Until(engine.Time(3 * time.Second))
	fmt.Println("at", time.Duration(held().Now))
	c.When(func() bool { return g.Cycle() == 4 })
	fmt.Println("when cycle", held().Cycle)
	c.Speed(1000) // a thousand times as fast as it was; 0 = flat out
	c.Resume()
	fmt.Println(<-done, c.Status().Done)
	// Output:
	// 1s
	// stepped to cycle 1
	// 2s
	// 3s
	// at 3s
	// 4s
	// when cycle 4
	// 5s
	// 6s
	// <nil> true
}

// What goes wrong is named by node, cycle and time; a run may go on without a node that fails.
func ExampleGraph_OnFailure() {
	g := engine.New()
	bad := engine.Sink(engine.Timer(g, 1, 0), "bad", func(*int) { panic("no such thing") })
	err := g.Run(context.Background(), engine.Config{End: 3})
	var at *engine.NodeError
	var why *engine.PanicError
	fmt.Println(errors.As(err, &at), at.Node, at.Cycle, errors.As(err, &why), why.Value, errors.Is(at.Unwrap(), why))

	g.OnFailure(func(n *engine.Node, err error) bool {
		fmt.Println(err)
		g.Retire(n.ID())
		return true
	})
	fmt.Println(g.Run(context.Background(), engine.Config{End: 3}), g.Cycle(), bad.Live())

	bad.OnStart(func() error { return g.Run(context.Background(), engine.Config{}) })
	fmt.Println(errors.Is(g.Run(context.Background(), engine.Config{}), engine.ErrRunning))
	// Output:
	// true bad 1 true no such thing true
	// panic: no such thing
	// <nil> 3 false
	// true
}

// What came in from outside is kept and fed again: the same run in simulated time.
func ExampleGraph_TapIntake() {
	wire := func(print func(string)) (*engine.Graph, *engine.PushAdapter[string]) {
		g := engine.New()
		in := engine.NewPush[string](g, "in", engine.PushConfig{Mode: engine.NonCollapsing})
		engine.Sink(in.Edge(), "print", func(v *string) { print(fmt.Sprint(g.Cycle(), " ", *v)) }).Effect()
		end := g.Node("end")
		v := engine.Use(end, in.Edge())
		end.OnTick(func() {
			if v.Get() == "end" {
				end.Stop(nil)
			}
		})
		return g, in
	}
	var intake []engine.IntakeEvent
	g, in := wire(func(s string) { fmt.Println("live", s) })
	g.TapIntake(func(e engine.IntakeEvent) { intake = append(intake, e) })
	go func() {
		<-g.Started()
		for _, v := range []string{"a", "b", "end"} {
			_ = in.Push(v)
		}
	}()
	_ = g.Run(context.Background(), engine.Config{Realtime: true})

	again, _ := wire(func(s string) { fmt.Println("again", s) })
	feed := func() func() (engine.IntakeEvent, bool) {
		next, _ := iter.Pull(slices.Values(intake))
		return next
	}
	again.FeedIntake(feed())
	_ = again.Run(context.Background(), engine.Config{Start: g.Began()})

	again.Mute(0, intake[2].Time+1) // effects rest
	again.FeedIntake(feed())
	fmt.Println(again.Run(context.Background(), engine.Config{Start: g.Began()}), again.Cycle(), again.Muted())
	// Output:
	// live 1 a
	// live 2 b
	// live 3 end
	// again 1 a
	// again 2 b
	// again 3 end
	// <nil> 3 true
}

// The profiler tells where time goes, the topology what the graph looks like.
func ExampleGraph_Profile() {
	g := engine.New()
	e := engine.Timer(g, 1, 1).Named("beat")
	n := engine.AddNamed(g, "plus one", &addOne{In: engine.From(e)})
	engine.Sink(n.Out.Edge(), "end", func(*int) {})
	g.Profile(true)
	_ = g.Run(context.Background(), engine.Config{End: 10})
	var p engine.Profile = g.Profiled()
	fmt.Println(p.On, p.Cycles.Count, p.Longest, g.LongestPath())
	for _, n := range p.Nodes {
		fmt.Println(n.Path, n.Kind, n.Count, n.Mean() <= n.Max, n.Quantile(0.5) <= n.Max)
	}
	t := g.Topology()
	for _, n := range t.Nodes {
		fmt.Println(n.ID, n.Path, "rank", n.Rank)
	}
	for _, e := range t.Edges {
		fmt.Println(e.From, "to", e.To, e.Name, e.Passive)
	}
	// Output:
	// true 10 [0 1 2] [0 1 2]
	// plus one addOne 10 true true
	// end sink 10 true true
	// 0 timer rank 0
	// 1 plus one rank 1
	// 2 end rank 2
	// 0 to 1 beat false
	// 1 to 2 Out false
}

// Times are nanoseconds since 1970; they are added to, subtracted and printed.
func ExampleTime() {
	t := engine.TimeOf(time.Date(2026, 1, 2, 9, 30, 0, 0, time.UTC))
	fmt.Println(t, t.Add(time.Minute).Sub(t), t.Std().Format(time.Kitchen), t.String() == t.Std().Format("2006-01-02T15:04:05.000000000Z07:00"))
	// Output:
	// 2026-01-02T09:30:00.000000000Z 1m0s 9:30AM true
}
