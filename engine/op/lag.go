package op

import "gw/engine"

// Lag returns, at each tick of e after the first n, the value of n ticks before. n counts from 1.
func Lag[T any](e engine.Edge[T], n int) engine.Edge[T] {
	return lagged(e, "lag", n, func(_, old *T) T { return *old })
}

// Diff returns, at each tick of e after the first n, the value less the value of n ticks before.
func Diff[T Number](e engine.Edge[T], n int) engine.Edge[T] {
	return lagged(e, "diff", n, func(now, old *T) T { return *now - *old })
}

// lagged keeps the last n values in a ring.
func lagged[T any](e engine.Edge[T], name string, size int, f func(now, old *T) T) engine.Edge[T] {
	n := node(e, name)
	in, out := engine.Use(n, e), engine.Emit[T](n)
	ring, seen := make([]T, max(size, 1)), 0
	n.OnStart(func() error { seen = 0; return nil })
	n.OnTick(func() {
		old := &ring[seen%len(ring)]
		if seen++; seen > len(ring) {
			out.Set(f(in.Ptr(), old))
		}
		*old = *in.Ptr()
	})
	return out.Edge()
}
