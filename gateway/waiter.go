package gateway

import "slices"

// waiterLimit bounds what a waiter keeps while its owner looks at what came before; the oldest goes.
const waiterLimit = 1024

// A waiter is one call of Next. It keeps what came since it was made, so that a caller who may not see a tick
// misses none of those after it. The hub's lock guards it.
type waiter struct {
	lane    *lane // nil: any key of the port
	ready   chan struct{}
	answers []*Answer
	ended   bool
}

func (w *waiter) signal() {
	select {
	case w.ready <- struct{}{}:
	default:
	}
}

func (w *waiter) end() {
	w.ended = true
	w.signal()
}

func (w *waiter) add(a *Answer) {
	if n := len(w.answers); n > 0 && w.answers[n-1].Cycle == a.Cycle {
		return // a cycle's ticks of one port make one answer
	}
	if len(w.answers) == waiterLimit {
		w.answers = slices.Delete(w.answers, 0, 1)
	}
	w.answers = append(w.answers, a)
	w.signal()
}

// wake answers those who wait for the port after t, with all other ticks of the cycle, was taken.
// The hub's lock is held.
func (p *Port) wake(t *Tick) {
	for _, w := range p.waiters {
		switch w.lane {
		case nil:
			w.add(answerOf(t.Time, t.Cycle, p.values(p.lanes)))
		case t.lane:
			w.add(answerOf(t.Time, t.Cycle, []*Tick{t}))
		}
	}
}

// values returns the last ticks of the lanes that have one. The hub's lock is held.
func (p *Port) values(lanes []*lane) []*Tick {
	ticks := make([]*Tick, 0, len(lanes))
	for _, l := range lanes {
		if l.last != nil {
			ticks = append(ticks, l.last)
		}
	}
	return ticks
}
