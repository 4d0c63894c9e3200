package op

import (
	"time"

	"gw/engine"
)

// Lag returns, at each tick of e after the first n, the value of n ticks before. n counts from 1.
func Lag[T any](e engine.Edge[T], n int) engine.Edge[T] {
	return lagged(e, "lag", n, func(_, old *T) T { return *old })
}

// Diff returns, at each tick of e after the first n, the value less the value of n ticks before.
func Diff[T Number](e engine.Edge[T], n int) engine.Edge[T] {
	return lagged(e, "diff", n, func(now, old *T) T { return *now - *old })
}

// LagTime returns, at each tick of e, the value that e had d before: the last one that is at least that old. It ticks once there is one.
// It costs an alarm a tick.
func LagTime[T any](e engine.Edge[T], d time.Duration) engine.Edge[T] {
	return Sample(e, Delay(e, d))
}

// DiffTime returns, at each tick of e, the value less the one that [LagTime] gives.
func DiffTime[T Number](e engine.Edge[T], d time.Duration) engine.Edge[T] {
	return Sub(e, LagTime(e, d))
}

// lagged keeps the last n values in a ring.
func lagged[T any](e engine.Edge[T], name string, size int, f func(now, old *T) T) engine.Edge[T] {
	n := node(e, name)
	in, out := engine.Use(n, e), engine.Emit[T](n)
	ring, seen := make([]T, max(size, 1)), 0
	n.OnStart(func() error { clear(ring); seen = 0; return nil })
	n.Keep(1, &ring, &seen)
	n.OnTick(func() {
		old := &ring[seen%len(ring)]
		if seen++; seen > len(ring) {
			out.Set(f(in.Ptr(), old))
		}
		*old = *in.Ptr()
	})
	return out.Edge()
}
