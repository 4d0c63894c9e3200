package engine

import "sort"

// tickBuffer keeps the last ticks of an edge: at least ticks of them, and all of the last span, whichever is more, and one before.
type tickBuffer[T any] struct {
	of    *series[T]
	ticks int
	span  Time
	at    []Time // a power of two
	vals  []T
	next  int // where the next tick goes
	held  int
}

// recorder is a tickBuffer as its edge knows it.
type recorder interface {
	// record keeps the tick that just happened.
	record()
	// want raises what is kept.
	want(ticks int, span Time)
	forget()
	savable
}

func (r *tickBuffer[T]) want(ticks int, span Time) {
	r.ticks, r.span = max(r.ticks, ticks), max(r.span, span)
}

func (r *tickBuffer[T]) forget() {
	clear(r.vals)
	r.next, r.held = 0, 0
}

func (r *tickBuffer[T]) record() {
	if r.held == len(r.at) && (r.held < r.ticks || r.span > 0 && r.time(r.held-2) > r.of.at-r.span) {
		r.grow(max(4, 2*r.held))
	}
	r.at[r.next], r.vals[r.next] = r.of.at, r.of.val
	r.next = (r.next + 1) & (len(r.at) - 1)
	r.held = min(r.held+1, len(r.at))
}

func (r *tickBuffer[T]) grow(size int) {
	at, vals := make([]Time, size), make([]T, size)
	for i := range r.held {
		k := r.index(r.held - 1 - i)
		at[i], vals[i] = r.at[k], r.vals[k]
	}
	r.at, r.vals, r.next = at, vals, r.held
}

// index is where the tick i ticks before the last lies.
func (r *tickBuffer[T]) index(i int) int { return (r.next - 1 - i) & (len(r.at) - 1) }

// time is when the tick i ticks before the last was; the first of all for one before that.
func (r *tickBuffer[T]) time(i int) Time {
	if r.held == 0 || i < 0 {
		return maxTime
	}
	return r.at[r.index(min(i, r.held-1))]
}

// before returns how many ticks before the last the latest tick at or before t is; held if there is none.
func (r *tickBuffer[T]) before(t Time) int {
	return sort.Search(r.held, func(i int) bool { return r.at[r.index(i)] <= t })
}

func (r *tickBuffer[T]) save(w *packer) error {
	w.uint(uint64(r.held))
	for i := r.held - 1; i >= 0; i-- {
		k := r.index(i)
		w.int(int64(r.at[k]))
		if err := w.put(&r.vals[k]); err != nil {
			return err
		}
	}
	return nil
}

func (r *tickBuffer[T]) load(u *unpacker) error {
	r.forget()
	n := u.length()
	size := 4
	for size < n {
		size *= 2
	}
	r.grow(size)
	for i := range n {
		r.at[i] = Time(u.int())
		if err := u.get(&r.vals[i]); err != nil {
			return err
		}
	}
	r.held, r.next = n, n&(size-1)
	return u.err
}
