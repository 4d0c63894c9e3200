package engine

import (
	"iter"
	"time"
)

// History is the recent past of an edge, as far as its readers have asked for with [In.Buffer]. It is a view that changes with the
// edge's ticks. Engine goroutine only.
type History[T any] struct{ r *tickBuffer[T] }

// Bound says what belongs to a stretch of time at one of its ends.
type Bound uint8

// The bounds.
const (
	Inclusive   Bound = iota // ticks at the very end belong to it
	Exclusive                // they do not
	Extrapolate              // as if the edge ticked there: the value that it had then, once
)

// Buffer makes the engine keep at least the last ticks values of the edge, and those of the last span, whichever is more; what other readers ask for
// counts too. Call it while wiring or in Start; later, the past begins then. A tick costs some nanoseconds more.
func (in *In[T]) Buffer(ticks int, span time.Duration) {
	if in.node != nil && (ticks < 0 || span < 0) {
		in.node.g.wrong("node %q: got a buffer of %d ticks and %v, want 0 or more", in.node.name, ticks, span)
	}
	m := in.extra()
	m.ticks, m.span = max(m.ticks, ticks), max(m.span, Time(span))
	if in.node != nil && in.node.dirty != nil && in.src != nil && !in.src.late() {
		in.src.buffer(m.ticks, m.span)
		in.src.relink()
	}
}

// History returns the past of the edge; it is empty unless somebody asked for it with Buffer.
func (in *In[T]) History() History[T] {
	if in.src.cold == nil || in.src.cold.ring == nil {
		return History[T]{&tickBuffer[T]{of: in.src}}
	}
	return History[T]{in.src.cold.ring.(*tickBuffer[T])}
}

// Len returns how many ticks are held; it may be more than was asked for.
func (h History[T]) Len() int { return h.r.held }

// Back returns the tick i ticks before the last one, which is 0. It returns false if it is not held.
func (h History[T]) Back(i int) (Point[T], bool) {
	if i < 0 || i >= h.r.held {
		return Point[T]{}, false
	}
	k := h.r.index(i)
	return Point[T]{h.r.at[k], h.r.vals[k]}, true
}

// At returns the last tick at or before t, of several at one time the last. It costs O(log ticks).
func (h History[T]) At(t Time) (Point[T], bool) { return h.Back(h.r.before(t)) }

// FirstAt is [History.At] with the first of several ticks at one time.
func (h History[T]) FirstAt(t Time) (Point[T], bool) {
	p, ok := h.At(t)
	if !ok {
		return p, false
	}
	return h.Back(min(h.r.before(p.At-1), h.r.held) - 1)
}

// Between yields the ticks from one time to another, the oldest first; first and last say what belongs to it at the ends.
func (h History[T]) Between(from, to Time, first, last Bound) iter.Seq[Point[T]] {
	return func(yield func(Point[T]) bool) {
		if from > to || first == Extrapolate && !h.extrapolate(from, yield) {
			return
		}
		i, end := h.r.before(from-1)-1, h.r.before(to)
		if first != Inclusive {
			i = h.r.before(from) - 1
		}
		if last != Inclusive {
			end = h.r.before(to - 1)
		}
		for ; i >= end; i-- {
			p, _ := h.Back(i)
			if !yield(p) {
				return
			}
		}
		if last == Extrapolate {
			h.extrapolate(to, yield)
		}
	}
}

// extrapolate yields the value that the edge had at t.
func (h History[T]) extrapolate(t Time, yield func(Point[T]) bool) bool {
	p, ok := h.At(t)
	return !ok || yield(Point[T]{t, p.V})
}

// All yields all ticks that are held, the oldest first.
func (h History[T]) All() iter.Seq[Point[T]] {
	return func(yield func(Point[T]) bool) {
		for i := h.r.held - 1; i >= 0; i-- {
			if p, _ := h.Back(i); !yield(p) {
				return
			}
		}
	}
}
