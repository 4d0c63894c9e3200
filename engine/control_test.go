package engine_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"gw/engine"
)

// ticking is a graph with a timer of 1 ns that stands before its first cycle.
func ticking(t *testing.T) (g *engine.Graph, seen *[]engine.Time, wait func()) {
	g = engine.New()
	seen = &[]engine.Time{}
	engine.Sink(engine.Timer(g, 1, 0), "seen", func(*int) { *seen = append(*seen, g.Now()) })
	g.Control().Pause()
	_, wait = start(t, g, engine.Config{End: 1000})
	return g, seen, wait
}

func TestControlHoldsWhereItIsTold(t *testing.T) {
	g, seen, wait := ticking(t)
	c := g.Control()
	expect := func(what string, at engine.Time) {
		t.Helper()
		if !standing(c) {
			t.Fatalf("%s: run is over", what)
		}
		want := engine.ControlStatus{Held: true, Now: at, Cycle: uint64(at)}
		if diff := cmp.Diff(want, c.Status()); diff != "" {
			t.Errorf("%s: %s", what, diff)
		}
		if engine.Time(len(*seen)) != at {
			t.Errorf("%s: got %d ticks, want %d", what, len(*seen), at)
		}
	}
	expect("paused", 0)
	c.Step(0)
	c.Step(3)
	expect("step", 3)
	c.Until(10)
	expect("until", 10)
	c.Until(5)
	expect("until the past", 10)
	c.When(func() bool { return g.Now() == 42 })
	expect("when", 42)
	c.When(func() bool { c.Step(2); return true }) // the newer order counts
	expect("order given by pred", 45)
	c.Resume()
	wait()
	if s := c.Status(); !s.Done || s.Held || s.Now != 1000 || s.Cycle != 1000 {
		t.Errorf("at the end: got %+v", s)
	}
}

func TestPausedRunTakesPushesWhenStepped(t *testing.T) {
	g := engine.New()
	a := engine.NewPush[int](g, "in", engine.PushConfig{Mode: engine.NonCollapsing})
	var got []int
	engine.Sink(a.Edge(), "got", func(v *int) { got = append(got, *v) })
	engine.Timer(g, time.Second, 0)
	c := g.Control()
	cancel, wait := held(t, g)
	for i := range 3 {
		must(t, a.Push(i))
		c.Step(1)
		standing(c)
		if len(got) != i+1 || c.Status().Now != 0 {
			t.Fatalf("after step %d: got %v at %v", i, got, c.Status().Now)
		}
	}
	c.Step(3)
	standing(c)
	if s := c.Status(); s.Now != engine.Time(3*time.Second) {
		t.Errorf("got %v after three more steps, want 3s", s.Now)
	}
	cancel()
	wait()
}

func TestPausedRunIsCancelled(t *testing.T) {
	g := engine.New()
	engine.Timer(g, 1, 0)
	cancel, wait := held(t, g)
	cancel()
	wait()
}

func TestRealtimeRunHoldsUntil(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := engine.New()
		base := engine.TimeOf(time.Now())
		n := 0
		engine.Sink(engine.Timer(g, time.Second, 0), "count", func(*int) { n++ })
		c := g.Control()
		c.Until(base.Add(2500 * time.Millisecond))
		cancel, wait := start(t, g, engine.Config{Realtime: true})
		time.Sleep(10 * time.Second)
		synctest.Wait()
		if s := c.Status(); !s.Held || n != 2 {
			t.Errorf("got %d ticks and %+v, want 2 and held", n, s)
		}
		c.Resume()
		time.Sleep(time.Millisecond)
		synctest.Wait()
		if n != 10 {
			t.Errorf("got %d ticks after resume, want 10: what was missed ticks at its own time", n)
		}
		cancel()
		wait()
	})
}

func TestTwoGraphsLiveSideBySide(t *testing.T) {
	a, seenA, waitA := ticking(t)
	b, seenB, waitB := ticking(t)
	b.Control().Resume()
	waitB()
	if len(*seenA) != 0 || len(*seenB) != 1000 {
		t.Errorf("got %d and %d ticks, want 0 and 1000", len(*seenA), len(*seenB))
	}
	a.Control().Resume()
	waitA()
}

func TestStartedIsNewInEachRun(t *testing.T) {
	g := engine.New()
	engine.Sink(engine.Const(g, 1, 0), "x", func(*int) {})
	for range 2 {
		if err := g.Run(context.Background(), engine.Config{}); err != nil {
			t.Fatal(err)
		}
		<-g.Started()
	}
}
