package engine

import "math/bits"

// The wheel is a hierarchy of 11 rings of 64 slots. A slot of ring 0 holds the events of one nanosecond; a slot of ring k those
// of 64^k. An event lies in the ring of the highest base-64 digit in which its time differs from base, so each is moved
// down at most 10 times, and lists keep the order of scheduling. See Varghese and Lauck, "Hashed and hierarchical timing wheels" (1987).
const (
	rings   = 11
	slots   = 64
	digit   = 6
	noEvent = uint32(0)
)

// ring finds the ring of the highest bit in which two times differ, by the length of their difference.
var ring = [65]uint8{
	0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 4, 4, 4, 4, 4, 4, 5, 5, 5, 5, 5, 5,
	6, 6, 6, 6, 6, 6, 7, 7, 7, 7, 7, 7, 8, 8, 8, 8, 8, 8, 9, 9, 9, 9, 9, 9, 10, 10, 10, 10,
}

// list is a chain of events in the order they were scheduled.
type list struct{ head, tail uint32 }

// append puts event i at the end.
func (l *list) append(p []event, i uint32) {
	e := &p[i]
	e.next, e.prev = noEvent, l.tail
	if l.tail == noEvent {
		l.head = i
	} else {
		p[l.tail].next = i
	}
	l.tail = i
}

// cut takes event i out.
func (l *list) cut(p []event, i uint32) {
	e := &p[i]
	if e.prev == noEvent {
		l.head = e.next
	} else {
		p[e.prev].next = e.next
	}
	if e.next == noEvent {
		l.tail = e.prev
	} else {
		p[e.next].prev = e.prev
	}
}

// wheel keeps events by time, first in first out at equal times. Its events lie in the pool it shares with the scheduler.
type wheel struct {
	base  Time // every event is at base or later
	used  uint16
	bits  [rings]uint64
	lists [rings * slots]list
}

// biased makes times before 1970 sort below those after.
func biased(t Time) uint64 { return uint64(t) ^ 1<<63 }

func (w *wheel) slot(at Time) uint16 {
	b := biased(at)
	r := ring[bits.Len64(b^biased(w.base))]
	return uint16(r)*slots + uint16(b>>(uint(r)*digit)&(slots-1))
}

// put appends event i to the list of its time.
func (w *wheel) put(p []event, i uint32) {
	e := &p[i]
	k := w.slot(e.at)
	e.slot = k
	l := &w.lists[k]
	if l.head == noEvent {
		w.bits[k/slots] |= 1 << (k % slots)
		w.used |= 1 << (k / slots)
	}
	l.append(p, i)
}

// cut takes event i out of its list.
func (w *wheel) cut(p []event, i uint32) {
	k := p[i].slot
	l := &w.lists[k]
	l.cut(p, i)
	if l.head == noEvent {
		w.emptied(k)
	}
}

func (w *wheel) emptied(k uint16) {
	r := k / slots
	if w.bits[r] &^= 1 << (k % slots); w.bits[r] == 0 {
		w.used &^= 1 << r
	}
}

// take empties slot k and returns what was in it.
func (w *wheel) take(k uint16) list {
	l := w.lists[k]
	w.lists[k] = list{}
	w.emptied(k)
	return l
}

// first returns the slot of the earliest events. The wheel must not be empty.
func (w *wheel) first() uint16 {
	r := uint16(bits.TrailingZeros16(w.used))
	return r*slots + uint16(bits.TrailingZeros64(w.bits[r]))
}

// earliest returns the time of the earliest event. The wheel must not be empty.
func (w *wheel) earliest(p []event) Time {
	k := w.first()
	i := w.lists[k].head
	t := p[i].at
	if k < slots {
		return t
	}
	for i = p[i].next; i != noEvent; i = p[i].next {
		t = min(t, p[i].at)
	}
	return t
}

// due moves base to t, which must be the earliest time, and returns the events of t in order.
func (w *wheel) due(p []event, t Time) list {
	k := w.first()
	l := w.take(k)
	w.base = t
	if k < slots {
		return l
	}
	for i := l.head; i != noEvent; {
		next := p[i].next
		w.put(p, i)
		i = next
	}
	return w.take(w.slot(t))
}
