package engine_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"gw/engine"
)

// failing is a graph of a node that fails at the second tick, one that reads it, and one beside it.
func failing(fail func(n *engine.Node)) (*engine.Graph, *engine.Node, *[]string) {
	g := engine.New()
	log := &[]string{}
	var points []engine.Point[int]
	for i := range 4 {
		points = append(points, engine.Point[int]{At: engine.Time(i + 1), V: i + 1})
	}
	source := engine.Curve(g, points)
	bad := g.Node("bad")
	in, out := engine.Use(bad, source), engine.Emit[int](bad)
	bad.OnTick(func() {
		if in.Get() == 2 {
			fail(bad)
		}
		out.Set(in.Get())
	})
	engine.Sink(out.Edge(), "after", func(v *int) { *log = append(*log, fmt.Sprint("after ", *v)) })
	engine.Sink(source, "beside", func(v *int) { *log = append(*log, fmt.Sprint("beside ", *v)) })
	return g, bad, log
}

func TestRunGoesOnWithoutANodeThatPanics(t *testing.T) {
	g, bad, log := failing(func(*engine.Node) { panic("boom") })
	var told []string
	g.OnFailure(func(n *engine.Node, err error) bool {
		told = append(told, n.Name()+": "+err.Error())
		g.Retire(bad.ID())
		return true
	})
	for range 2 { // a graph that runs again has all its nodes
		*log, told = nil, nil
		if err := g.Run(t.Context(), engine.Config{}); err != nil {
			t.Fatal(err)
		}
		if got, want := strings.Join(*log, ", "), "beside 1, after 1, beside 2, beside 3, beside 4"; got != want {
			t.Errorf("got %s, want %s", got, want)
		}
		if got, want := strings.Join(told, ", "), "bad: panic: boom"; got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func TestRunGoesOnAfterAnErrorThatIsForgiven(t *testing.T) {
	g, _, log := failing(func(n *engine.Node) { n.Stop(errBoom) })
	g.OnFailure(func(_ *engine.Node, err error) bool { return errors.Is(err, errBoom) })
	if err := g.Run(t.Context(), engine.Config{}); err != nil {
		t.Fatal(err)
	}
	if got := len(*log); got != 8 {
		t.Errorf("got %v, want every tick", *log)
	}
}

func TestFailureThatIsNotForgivenEndsTheRun(t *testing.T) {
	for _, fail := range []func(n *engine.Node){func(*engine.Node) { panic("boom") }, func(n *engine.Node) { n.Stop(errBoom) }} {
		g, _, _ := failing(fail)
		asked := 0
		g.OnFailure(func(*engine.Node, error) bool { asked++; return false })
		err := g.Run(t.Context(), engine.Config{})
		if err == nil || !strings.Contains(err.Error(), `node "bad" (cycle 2 at`) || asked != 1 {
			t.Errorf("got %v and %d questions, want the error of the node and one", err, asked)
		}
	}
}

func TestSteppedRunStandsWhereItShouldAfterAFailure(t *testing.T) {
	g, bad, log := failing(func(*engine.Node) { panic("boom") })
	g.OnFailure(func(*engine.Node, error) bool { g.Retire(bad.ID()); return true })
	c := g.Control()
	c.Pause()
	c.Step(3)
	done := make(chan error, 1)
	go func() { done <- g.Run(t.Context(), engine.Config{}) }()
	for changed := c.Changed(); !c.Status().Held; changed = c.Changed() {
		<-changed
	}
	if got := c.Status().Cycle; got != 3 || len(*log) != 4 {
		t.Errorf("got cycle %d and %v, want 3 cycles", got, *log)
	}
	c.Resume()
	if err := <-done; err != nil {
		t.Error(err)
	}
}
