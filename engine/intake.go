package engine

import (
	"sync"
	"sync/atomic"
)

// IntakeEvent is one value that came in by a push adapter, or the next time that a [DriftTimer] chose by the clock.
type IntakeEvent struct {
	Time    Time
	Cycle   uint64
	Node    int    // ID of the adapter's node
	Adapter string // its name
	Value   any
}

// TapIntake calls f on the engine's goroutine with each value that enters by a push adapter, when it ticks, in the order of entry.
// Fed again by [Graph.FeedIntake], the values give the same run. Before Run. A tapped value is boxed, which allocates.
func (g *Graph) TapIntake(f func(IntakeEvent)) { g.taps = append(g.taps, f) }

func (g *Graph) tap(n *Node, v any) {
	e := IntakeEvent{Time: g.clk.now, Cycle: g.clk.cycle, Node: n.id, Adapter: n.name, Value: v}
	for _, f := range g.taps {
		f(e)
	}
}

// States of the intake.
const (
	intakeNew uint8 = iota
	intakeOpen
	intakeClosed
)

// intake is where all push adapters of a graph hand over: one lock, one order, one bell.
type intake struct {
	g    *Graph
	room *sync.Cond // on mu: broadcast when a full adapter may have room
	bell chan struct{}

	_     apart
	flags atomic.Uint32 // what wants the loop's attention; it looks at each cycle

	_      apart
	mu     sync.Mutex
	state  uint8
	asleep bool
	told   []pushed // adapters with values the loop does not know of, in the order of arrival
	_      apart
}

// apart keeps what several goroutines use at once on different cache lines. A line that one writes and another reads travels between
// their processors each time, some 100 ns; processors fetch lines in pairs.
type apart [128]byte

func newIntake(g *Graph) *intake {
	q := &intake{g: g, bell: make(chan struct{}, 1)}
	q.room = sync.NewCond(&q.mu)
	return q
}

// announce tells the loop of an adapter with values, and whether that woke it. q.mu is held.
func (q *intake) announce(a pushed) (woke bool) {
	q.told = append(q.told, a)
	q.flags.Or(flagIntake)
	return q.ring()
}

// ring wakes the loop if it sleeps. q.mu is held.
func (q *intake) ring() bool {
	if !q.asleep {
		return false
	}
	q.asleep = false
	q.bell <- struct{}{}
	return true
}

// open begins a run.
func (q *intake) open() bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.state = intakeOpen
	return true
}

// reset forgets the run before.
func (q *intake) reset() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.asleep = false
	q.told = q.told[:0]
	for _, p := range q.g.groups {
		p.reset()
	}
	select {
	case <-q.bell:
	default:
	}
}

// close ends a run; who waits for room hears of it.
func (q *intake) close() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.state = intakeClosed
	q.room.Broadcast()
}

// collect adds the adapters that have values to the loop's list.
func (q *intake) collect(ready []pushed) []pushed {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.flags.And(^flagIntake)
	for _, a := range q.told {
		if a.enlist() {
			ready = append(ready, a)
		}
	}
	clear(q.told)
	q.told = q.told[:0]
	return ready
}
