package engine

import "math/bits"

// pushed is a push adapter as the run loop sees it.
type pushed interface {
	// consume ticks the adapter once and tells whether more values wait that the loop knows of.
	consume() (more bool)
	// enlist marks the adapter as known to the loop; it returns false if it was.
	enlist() bool
}

func (a *PushAdapter[T]) enlist() bool {
	was := a.ready
	a.ready = true
	return !was
}

func (a *PushAdapter[T]) consume() (more bool) {
	switch {
	case a.cfg.Mode == Burst:
		a.takeBurst()
	case a.cfg.Mode == LastValue || a.cfg.Full == DropOldest:
		more = a.takeOne()
	default:
		more = a.takeNext()
	}
	a.ready = more
	return more
}

// takeNext ticks the next value of out, and swaps in and out when out is done, so that the lock is taken once for many values.
func (a *PushAdapter[T]) takeNext() (more bool) {
	if a.pos == len(a.out) && !a.swap() {
		return false
	}
	v := &a.out[a.pos]
	a.one.val = *v
	a.one.head.tick()
	a.tap(v)
	a.pos++
	if a.pos < len(a.out) {
		if a.pos&a.grain == 0 {
			a.count()
		}
		return true
	}
	return a.swap()
}

// grain makes the engine tell of each value where few may wait, else of a 64th of the limit, at most 1,024.
func grain(limit int) int {
	if limit < 4096 {
		return 0
	}
	return min(1<<(bits.Len(uint(limit))-7), 1024) - 1
}

// left is what the engine has taken and not ticked.
func (a *PushAdapter[T]) left() []T {
	if a.cfg.Group != nil {
		return nil
	}
	return a.out[a.pos:]
}

// count tells producers how much room there is.
func (a *PushAdapter[T]) count() {
	a.taken.Store(int64(len(a.out) - a.pos))
	if a.cfg.Full != Block {
		return
	}
	a.q.mu.Lock()
	a.release()
	a.q.mu.Unlock()
}

// release wakes the producers that wait. Where many values may wait, it does so when a quarter of the room is free: to be woken takes as
// long as hundreds of pushes. q.mu is held.
func (a *PushAdapter[T]) release() {
	if a.waiter > 0 && (a.grain == 0 || a.depth() <= a.cfg.Limit*3/4) {
		a.q.room.Broadcast()
	}
}

// swap takes all waiting values; out must be done.
func (a *PushAdapter[T]) swap() bool {
	clear(a.out)
	a.q.mu.Lock()
	a.in, a.out = a.out[:0], a.in
	a.told = false
	a.pos = 0
	if a.cfg.Mode == Burst { // all of them tick at once
		a.pos = len(a.out)
	}
	a.taken.Store(int64(len(a.out) - a.pos))
	a.release()
	a.q.mu.Unlock()
	return len(a.out) > 0
}

// takeOne ticks the value that waits longest and leaves the others where a producer can drop them.
func (a *PushAdapter[T]) takeOne() (more bool) {
	a.q.mu.Lock()
	if a.waiting() == 0 {
		a.told = false
		a.q.mu.Unlock()
		return false
	}
	a.one.val = a.in[a.first]
	a.shift()
	more = a.waiting() > 0
	a.told = more
	a.q.mu.Unlock()
	a.one.head.tick()
	a.tap(&a.one.val)
	return more
}

// takeBurst ticks the burst edge with all waiting values. The slice of the tick before becomes the producers' buffer.
func (a *PushAdapter[T]) takeBurst() {
	if !a.swap() {
		return
	}
	a.burst.val = a.out
	a.burst.head.tick()
	for i := range a.out {
		a.tap(&a.out[i])
	}
}

func (a *PushAdapter[T]) tap(v *T) {
	if g := a.node.g; len(g.taps) > 0 {
		g.tap(a.node, *v)
	}
}
