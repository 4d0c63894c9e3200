package engine_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"gw/engine"
)

// fedGraph logs what a push adapter, a timer and an alarm set by each push do, with time and cycle.
func fedGraph() (*engine.Graph, *engine.PushAdapter[int], *[]string) {
	g := engine.New()
	log := &[]string{}
	a := engine.NewPush[int](g, "push", engine.PushConfig{Mode: engine.NonCollapsing})
	n := g.Node("log")
	in, timer := engine.Use(n, a.Edge()), engine.Use(n, engine.Timer(g, time.Millisecond, true))
	later := engine.NewAlarm[int](n)
	n.OnTick(func() {
		line := fmt.Sprintf("%d #%d", n.Now(), n.Cycle())
		if in.Ticked() {
			line += fmt.Sprint(" pushed ", in.Get())
			later.After(100*time.Microsecond, in.Get())
		}
		if timer.Ticked() {
			line += " timer"
		}
		if later.Ticked() {
			line += fmt.Sprint(" later ", later.Get())
		}
		*log = append(*log, line)
	})
	return g, a, log
}

func TestFedRunDoesTheCyclesOfTheRecordedOne(t *testing.T) {
	g, a, log := fedGraph()
	var events []engine.IntakeEvent
	var start engine.Time
	var last uint64
	g.Node("start").OnStart(func() error { start = g.Now(); return nil })
	const pushes = 500
	taken := make(chan struct{})
	g.TapIntake(func(e engine.IntakeEvent) {
		if events = append(events, e); len(events) == pushes {
			close(taken)
		}
	})
	g.OnCycleEnd(func(_ engine.Time, cycle uint64) { last = cycle })
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- g.Run(ctx, engine.Config{Realtime: true}) }()
	<-g.Started()
	for i := range pushes {
		if err := a.Push(i); err != nil {
			t.Fatal(err)
		}
	}
	<-taken
	cancel()
	if err := <-done; err != nil {
		t.Fatal(err)
	}

	second, push, got := fedGraph()
	second.Node("start").OnStart(func() error { return nil })
	second.Feed(events, last, func(e engine.IntakeEvent) error { return push.Push(e.Value.(int)) })
	for range 2 { // what is fed is not used up
		*got = nil
		if err := second.Run(t.Context(), engine.Config{Start: start}); err != nil {
			t.Fatal(err)
		}
		if g, w := strings.Join(*got, "\n"), strings.Join(*log, "\n"); g != w || len(*log) < pushes {
			t.Errorf("got\n%s\nwant\n%s", g, w)
		}
	}
}

func TestFedRunEndsWithTheErrorOfAPush(t *testing.T) {
	g, _, _ := fedGraph()
	g.Feed([]engine.IntakeEvent{{Time: 5, Cycle: 1}}, 9, func(engine.IntakeEvent) error { return errBoom })
	err := g.Run(t.Context(), engine.Config{})
	if err == nil || !strings.Contains(err.Error(), "boom") {
		t.Errorf("got %v, want the error of the push", err)
	}
}
