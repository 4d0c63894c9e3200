package engine

import "math/bits"

// The wheel is a hierarchy of 11 rings of 64 slots. A slot of ring 0 holds the events of one nanosecond; a slot of ring k those
// of 64^k. An event lies in the ring of the highest base-64 digit in which its time differs from base, so each is moved
// down at most 10 times, and lists keep the order of scheduling. See Varghese and Lauck, "Hashed and hierarchical timing wheels" (1987).
const (
	rings = 11
	slots = 64
	digit = 6
)

// overlap is how many events of a slot are touched when it is moved down. Slots of each ring hold 64 times as many events as those
// of the ring below, so on the way down of every event there is one that holds 8 to 512: enough that their memory is fetched at
// once, few enough that it is still near when they fire.
const overlap = 512

// ring finds the ring of the highest bit in which two times differ, by the length of their difference.
var ring = [65]uint8{
	0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 4, 4, 4, 4, 4, 4, 5, 5, 5, 5, 5, 5,
	6, 6, 6, 6, 6, 6, 7, 7, 7, 7, 7, 7, 8, 8, 8, 8, 8, 8, 9, 9, 9, 9, 9, 9, 10, 10, 10, 10,
}

// wheel keeps events by time, first in first out at equal times.
type wheel struct {
	base    Time // every event is at base or later
	used    uint16
	bits    [rings]uint64
	lists   [rings * slots]list
	touched uint64 // sum of what touching gave: what nobody keeps would not be read
}

// biased makes times before 1970 sort below those after.
func biased(t Time) uint64 { return uint64(t) ^ 1<<63 }

func (w *wheel) slot(at Time) uint16 {
	b := biased(at)
	r := ring[bits.Len64(b^biased(w.base))]
	return uint16(r)*slots + uint16(b>>(uint(r)*digit)&(slots-1))
}

// put appends e to the list of its time.
func (w *wheel) put(p *events, e event) {
	k := w.slot(e.at)
	l := &w.lists[k]
	if l.head == none {
		w.bits[k/slots] |= 1 << (k % slots)
		w.used |= 1 << (k / slots)
	}
	p.append(l, k, e)
}

// remove takes the event in the given place out of slot k.
func (w *wheel) remove(p *events, k uint16, place uint32) {
	if p.remove(&w.lists[k], place) {
		w.emptied(k)
	}
}

// emptied notes that slot k has no events any more.
func (w *wheel) emptied(k uint16) {
	r := k / slots
	if w.bits[r] &^= 1 << (k % slots); w.bits[r] == 0 {
		w.used &^= 1 << r
	}
}

// first returns the slot of the earliest events. The wheel must not be empty.
func (w *wheel) first() uint16 {
	r := uint16(bits.TrailingZeros16(w.used))
	return r*slots + uint16(bits.TrailingZeros64(w.bits[r]))
}

// earliest returns the time of the earliest event. The wheel must not be empty.
func (w *wheel) earliest(p *events) Time {
	k := w.first()
	if k < slots {
		return w.base&^(slots-1) | Time(k)
	}
	t := maxTime
	for c := w.lists[k].head; c != none; c = p.pages[c].next {
		s := &p.pages[c]
		for i := range s.events[:s.n] {
			if e := &s.events[i]; e.at < t && e.to != nil {
				t = e.at
			}
		}
	}
	return t
}

// due moves base to t, which must be the earliest time. It returns a list that holds the events of t in order, among others that are
// elsewhere now, and how many they are.
func (w *wheel) due(p *events, t Time) (l list, n int) {
	k := w.first()
	l = w.lists[k]
	w.lists[k] = list{}
	w.emptied(k)
	w.base = t
	moved := 0
	for c := l.head; c != none; c = p.pages[c].next {
		s := &p.pages[c]
		s.of = ofDue
		for i := range s.events[:s.n] {
			switch e := s.events[i]; {
			case e.to == nil:
			case e.at == t:
				n++
			default:
				w.put(p, e)
				if moved++; moved <= overlap {
					w.touched += e.to.touch()
				}
				s = &p.pages[c] // a new page may have moved all
			}
		}
	}
	return l, n
}
