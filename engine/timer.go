package engine

import "time"

// timer ticks on a grid.
type timer[T any] struct {
	feed[T]
	v     T
	every time.Duration
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

func (t *timer[T]) begin(start, _ Time) error {
	t.node.g.sched.add(start.Add(t.every), t, 0)
	return nil
}

func (t *timer[T]) fire(uint32) bool {
	if !t.put(t.v) {
		return false
	}
	t.node.g.sched.add(t.clk.now.Add(t.every), t, 0)
	return true
}
