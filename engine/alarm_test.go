package engine_test

import (
	"context"
	"runtime"
	"testing"
	"time"
	"weak"

	"gw/engine"
)

// TestMovedAlarmsLeaveNothingBehind moves time-outs again and again, as a node does that waits for silence.
func TestMovedAlarmsLeaveNothingBehind(t *testing.T) {
	const n = 100
	g := engine.New()
	timer := engine.Timer(g, 1, 0)
	var silent int
	for range n {
		node := g.Node("silence")
		engine.Use(node, timer)
		a := engine.NewAlarm[int](node)
		var h engine.Handle
		node.OnStart(func() error { h = a.At(1<<40, 0); return nil })
		node.OnTick(func() {
			if a.Ticked() {
				silent++
				return
			}
			h, _ = a.Reschedule(h, g.Now()+1<<40)
		})
	}
	if err := g.Run(context.Background(), engine.Config{End: 10_000}); err != nil {
		t.Fatal(err)
	}
	if got := g.EventPages(); got > n+1 || silent > 0 {
		t.Errorf("%d alarms moved for 10000 cycles take %d pages, %d ticked", n, got, silent)
	}
	for _, err := range g.CheckInvariants() {
		t.Error(err)
	}
}

// reading is a pull adapter made of a function.
type reading func() (engine.Time, bool)

func (r reading) Next() (engine.Time, int, bool, error) {
	at, ok := r()
	return at, 0, ok, nil
}

// TestAlarmCancelledWhileItsTimeFires takes an alarm back between the start of its cycle and its turn.
func TestAlarmCancelledWhileItsTimeFires(t *testing.T) {
	g := engine.New()
	n := g.Node("alarms")
	a, b := engine.NewAlarm[int](n), engine.NewAlarm[int](n)
	var ha engine.Handle
	reads := 0
	engine.Pull(g, "pull", reading(func() (engine.Time, bool) {
		reads++
		if reads == 2 && !a.Cancel(ha) {
			t.Error("the alarm can not be cancelled")
		}
		return 5, reads == 1
	}))
	n.OnStart(func() error {
		ha = a.At(5, 1)
		b.At(5, 2)
		return nil
	})
	ticks := 0
	n.OnTick(func() {
		if ticks++; a.Ticked() || !b.Ticked() || g.Now() != 5 {
			t.Errorf("at %d, cancelled alarm ticked: %v, other: %v", g.Now(), a.Ticked(), b.Ticked())
		}
	})
	if err := g.Run(context.Background(), engine.Config{}); err != nil {
		t.Fatal(err)
	}
	if ticks != 1 {
		t.Errorf("got %d ticks, want 1", ticks)
	}
	for _, err := range g.CheckInvariants() {
		t.Error(err)
	}
}

// TestAlarmsLeaveEachOthersHandlesAlone gives an alarm handles of another one, the only event first, then one of several.
func TestAlarmsLeaveEachOthersHandlesAlone(t *testing.T) {
	for _, many := range []int{1, 3} {
		g := engine.New()
		n := g.Node("alarms")
		a, b := engine.NewAlarm[int](n), engine.NewAlarm[int](n)
		n.OnStart(func() error {
			var h engine.Handle
			for i := range many {
				h = a.At(5, i)
			}
			if b.Cancel(h) {
				t.Error("an alarm cancels what another has set")
			}
			if got, ok := b.Reschedule(h, 7); ok || got != h {
				t.Error("an alarm moves what another has set")
			}
			return nil
		})
		ticks := 0
		n.OnTick(func() {
			if ticks++; !a.Ticked() || g.Now() != 5 {
				t.Errorf("at %d, the alarm that was set ticked: %v", g.Now(), a.Ticked())
			}
		})
		if err := g.Run(context.Background(), engine.Config{}); err != nil {
			t.Fatal(err)
		}
		if ticks != many {
			t.Errorf("got %d ticks, want %d", ticks, many)
		}
	}
}

// TestRemovedSubGraphsAreCollected looks for what still holds the nodes of sub-graphs that had alarms.
func TestRemovedSubGraphsAreCollected(t *testing.T) {
	g := engine.New()
	basket := grow(g, []engine.Point[order]{
		{At: 1, V: order{set: map[string]int{"a": 1}}},
		{At: 5, V: order{remove: []string{"a"}}},
		{At: 9, V: order{set: map[string]int{"b": 1}}},
	})
	var nodes []weak.Pointer[rearm]
	engine.Dynamic(basket, "alarms", func(s *engine.SubGraph[string, int]) engine.Edge[int] {
		for range 20 {
			r := engine.Add(s.Graph, &rearm{first: 1, every: time.Duration(1 + len(nodes)%3)})
			nodes = append(nodes, weak.Make(r))
		}
		return s.Value
	})
	seen := false
	g.OnCycleEnd(func(now engine.Time, _ uint64) {
		if seen || now < 12 {
			return
		}
		seen = true
		runtime.GC()
		for i, p := range nodes {
			if gone := p.Value() == nil; gone != (i < 20) {
				t.Fatalf("node %d is gone: %v", i, gone)
			}
		}
	})
	if err := g.Run(context.Background(), engine.Config{End: 20}); err != nil {
		t.Fatal(err)
	}
	if !seen {
		t.Fatal("nobody looked")
	}
}
