package engine

import "time"

// timer ticks on a grid.
type timer[T any] struct {
	feed[T]
	v     T
	every time.Duration
	drift bool
}

// Timer returns an edge that ticks with v at start+every, start+2*every and so on. It keeps to its grid: an engine that lags ticks
// once for each point of it.
func Timer[T any](g *Graph, every time.Duration, v T) Edge[T] {
	t := &timer[T]{v: v, every: every}
	t.add(g, "timer", "timer", t)
	if every <= 0 {
		g.wrong("timer: got every %v, want more than 0", every)
	}
	return Edge[T]{&t.series}
}

// DriftTimer is [Timer] for a realtime run in which being late is better than being many: the next tick comes at least every after the moment at which
// the one before really happened, by the clock. It is tapped as an [IntakeEvent], so that the run can be repeated. In a simulated run it is a Timer.
func DriftTimer[T any](g *Graph, every time.Duration, v T) Edge[T] {
	e := Timer(g, every, v)
	t := e.Node().source.(*timer[T])
	t.drift = true
	return e
}

func (t *timer[T]) begin(start, _ Time) error {
	t.clk.sched.add(start.Add(t.every), t, 0)
	return nil
}

func (t *timer[T]) fire(uint32) bool {
	if !t.put(t.v) {
		return false
	}
	t.clk.sched.add(t.after(), t, 0)
	return true
}

// after is when the next tick is due.
func (t *timer[T]) after() Time {
	at := t.clk.now.Add(t.every)
	if !t.drift {
		return at
	}
	g := t.node.g
	if g.inside != nil {
		return at
	}
	if fed, ok := g.run.feed.choice(t.node); ok {
		at = max(fed, t.clk.now)
	} else if g.run.realtime {
		at = max(at, g.run.wall.now().Add(t.every))
	} else {
		return at
	}
	if len(g.taps) > 0 {
		g.tap(t.node, at)
	}
	return at
}
