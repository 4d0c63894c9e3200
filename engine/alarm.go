package engine

import (
	"cmp"
	"time"
)

// Alarm is an input that a node sets on itself. Any number may be pending, each with its value; those of one time tick in the
// order they were set, each in a cycle of its own. Its methods are for the engine's goroutine, in Start and Tick.
type Alarm[T any] struct {
	series[T]
	first T          // the value of one pending alarm, if used
	used  bool       // most nodes have one pending at a time
	more  *alarms[T] // nil until there are others
}

// alarms is what few alarms have, apart so that the others are small: with many of them, memory is what bounds the engine.
type alarms[T any] struct {
	pending []T // values, from 1
	free    []uint32
	refused list
}

// NewAlarm gives the closure node n an alarm.
func NewAlarm[T any](n *Node) *Alarm[T] {
	a := &Alarm[T]{}
	a.bind(n, "")
	return a
}

// At sets the alarm to tick with v at t. A t before now ends the run with an error; now means the next cycle.
func (a *Alarm[T]) At(t Time, v T) Handle { return a.at(t, v, 0) }

// After sets the alarm to tick with v when d has passed; 0 means the next cycle at this time.
func (a *Alarm[T]) After(d time.Duration, v T) Handle { return a.at(a.clk.now+Time(d), v, 0) }

// Last is [Alarm.At] for the last cycle of time t: it ticks when nothing else is left to do at t.
func (a *Alarm[T]) Last(t Time, v T) Handle { return a.at(t, v, lastOfAll) }

func (a *Alarm[T]) at(t Time, v T, last uint32) Handle {
	c := a.clk
	if t < c.now {
		a.node.g.fail(a.node, errPast)
		return Handle{}
	}
	return c.sched.add(t, a, a.keep(v)|last)
}

// Cancel takes a pending alarm back. It returns false if h has ticked, was cancelled before, or is of another alarm. It costs O(1).
func (a *Alarm[T]) Cancel(h Handle) bool {
	i, ok := a.clk.sched.cancel(h, a)
	if ok {
		a.drop(i)
	}
	return ok
}

// Reschedule moves a pending alarm to t and returns its new handle, h is void then. Among the alarms of time t it is the last. It
// returns false if h has ticked, was cancelled before, or is of another alarm.
func (a *Alarm[T]) Reschedule(h Handle, t Time) (Handle, bool) {
	c := a.clk
	if t < c.now {
		a.node.g.fail(a.node, errPast)
		return h, false
	}
	i, ok := c.sched.cancel(h, a)
	if !ok {
		return h, false
	}
	return c.sched.add(t, a, i), true
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
	return a.rest().keep(v)
}

func (m *alarms[T]) keep(v T) uint32 {
	if k := len(m.free); k > 0 {
		i := m.free[k-1]
		m.free = m.free[:k-1]
		m.pending[i-1] = v
		return i
	}
	m.pending = append(m.pending, v)
	return uint32(len(m.pending))
}

func (a *Alarm[T]) rest() *alarms[T] {
	if a.more == nil {
		a.more = &alarms[T]{}
	}
	return a.more
}

func (a *Alarm[T]) drop(i uint32) {
	var zero T
	if i == 0 {
		a.first, a.used = zero, false
		return
	}
	a.more.pending[i-1] = zero
	a.more.free = append(a.more.free, i)
}

func (a *Alarm[T]) fire(i uint32) bool {
	if a.Ticked() {
		return false
	}
	if i == 0 {
		a.val = a.first
	} else {
		a.val = a.more.pending[i-1]
	}
	a.drop(i)
	a.head.tick()
	return true
}

func (a *Alarm[T]) held() *list { return &a.rest().refused }

func (a *Alarm[T]) touch() uint64 {
	n := a.last
	if a.used {
		n++
	}
	return n
}

func (a *Alarm[T]) save(w *packer) error {
	if err := a.series.save(w); err != nil {
		return err
	}
	m := cmp.Or(a.more, &alarms[T]{})
	return cmp.Or(w.put(&a.first), w.put(&a.used), w.put(&m.pending), w.put(&m.free))
}

func (a *Alarm[T]) load(r *unpacker) error {
	if err := a.series.load(r); err != nil {
		return err
	}
	m := a.rest()
	m.refused = list{}
	if err := cmp.Or(r.get(&a.first), r.get(&a.used), r.get(&m.pending), r.get(&m.free)); err != nil {
		return err
	}
	return places(m.free, 1, len(m.pending)+1)
}

func (a *Alarm[T]) keeps(val uint32) bool { return int(val) <= len(a.rest().pending) }

func (a *Alarm[T]) bind(n *Node, field string) {
	a.node, a.clk = n, n.g.clk
	a.name = field
	n.making(a)
}

func (a *Alarm[T]) prepare() *head {
	h := a.series.prepare()
	var zero T
	a.first, a.used = zero, false
	if m := a.more; m != nil {
		clear(m.pending)
		*m = alarms[T]{pending: m.pending[:0], free: m.free[:0]}
	}
	h.subs = append(h.subs, &link{node: a.node})
	return h
}
