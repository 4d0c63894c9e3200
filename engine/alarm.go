package engine

import (
	"cmp"
	"time"
)

// Alarm is an input that a node sets on itself. Any number may be pending, each with its value; those of one time tick in the
// order they were set, each in a cycle of its own. Its methods are for the engine's goroutine, in Start and Tick.
type Alarm[T any] struct {
	series[T]
	self    link
	queue   list
	first   T    // the value of one pending alarm, if used
	used    bool // most nodes have one pending at a time
	pending []T  // values of the others, from 1
	free    []uint32
}

// NewAlarm gives the closure node n an alarm.
func NewAlarm[T any](n *Node) *Alarm[T] {
	a := &Alarm[T]{}
	a.bind(n, "")
	return a
}

// At sets the alarm to tick with v at t. A t before now ends the run with an error; now means the next cycle.
func (a *Alarm[T]) At(t Time, v T) Handle {
	g := a.node.g
	if t < g.clk.now {
		g.fail(a.node, errPast)
		return Handle{}
	}
	return g.sched.add(t, a, a.keep(v))
}

// After sets the alarm to tick with v when d has passed; 0 means the next cycle at this time.
func (a *Alarm[T]) After(d time.Duration, v T) Handle {
	return a.At(a.node.g.clk.now+Time(d), v)
}

// Cancel takes a pending alarm back. It returns false if h has ticked or was cancelled before. It costs O(1).
func (a *Alarm[T]) Cancel(h Handle) bool {
	i, ok := a.node.g.sched.cancel(h)
	if ok {
		a.drop(i)
	}
	return ok
}

// Reschedule moves a pending alarm to t and returns its new handle, h is void then. Among the alarms of time t it is the last. It
// returns false if h has ticked or was cancelled before.
func (a *Alarm[T]) Reschedule(h Handle, t Time) (Handle, bool) {
	g := a.node.g
	if t < g.clk.now {
		g.fail(a.node, errPast)
		return h, false
	}
	i, ok := g.sched.cancel(h)
	if !ok {
		return h, false
	}
	return g.sched.add(t, a, i), true
}

// Last is [Alarm.At] for the last cycle of time t: it ticks when nothing else is left to do at t.
func (a *Alarm[T]) Last(t Time, v T) Handle {
	h := a.At(t, v)
	if h.event != noEvent {
		a.node.g.sched.pool[h.event].last = true
	}
	return h
}

// Ticked tells whether the alarm ticks in this cycle.
func (a *Alarm[T]) Ticked() bool { return a.last == a.clk.cycle }

// Valid tells whether the alarm has ever ticked.
func (a *Alarm[T]) Valid() bool { return a.last != 0 }

// Get returns the value of the last tick.
func (a *Alarm[T]) Get() T { return a.val }

// Count returns how often the alarm has ticked in this run.
func (a *Alarm[T]) Count() uint64 { return a.count }

// keep finds a place for the value of a pending alarm.
func (a *Alarm[T]) keep(v T) uint32 {
	if !a.used {
		a.first, a.used = v, true
		return 0
	}
	if k := len(a.free); k > 0 {
		i := a.free[k-1]
		a.free = a.free[:k-1]
		a.pending[i-1] = v
		return i
	}
	a.pending = append(a.pending, v)
	return uint32(len(a.pending))
}

func (a *Alarm[T]) drop(i uint32) {
	var zero T
	if i == 0 {
		a.first, a.used = zero, false
		return
	}
	a.pending[i-1] = zero
	a.free = append(a.free, i)
}

func (a *Alarm[T]) fire(i uint32) bool {
	if a.Ticked() {
		return false
	}
	if i == 0 {
		a.val = a.first
	} else {
		a.val = a.pending[i-1]
	}
	a.drop(i)
	a.head.tick()
	return true
}

func (a *Alarm[T]) held() *list { return &a.queue }

func (a *Alarm[T]) save(w *packer) error {
	if err := a.series.save(w); err != nil {
		return err
	}
	return cmp.Or(w.put(&a.first), w.put(&a.used), w.put(&a.pending), w.put(&a.free))
}

func (a *Alarm[T]) load(r *unpacker) error {
	if err := a.series.load(r); err != nil {
		return err
	}
	a.queue = list{}
	return cmp.Or(r.get(&a.first), r.get(&a.used), r.get(&a.pending), r.get(&a.free))
}

func (a *Alarm[T]) bind(n *Node, field string) {
	a.node = n
	a.self.node = n
	if field != "" {
		a.rename(field)
	}
	n.outs = append(n.outs, a)
}

func (a *Alarm[T]) prepare() *head {
	h := a.series.prepare()
	clear(a.pending)
	var zero T
	a.first, a.used = zero, false
	a.pending, a.free, a.queue = a.pending[:0], a.free[:0], list{}
	h.subs = append(h.subs, &a.self)
	return h
}
