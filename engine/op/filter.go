package op

import "gw/engine"

// Filter returns the edge of the values of e for which keep is true. keep gets the value in place, read-only.
func Filter[T any](e engine.Edge[T], keep func(*T) bool) engine.Edge[T] {
	n := node(e, "filter")
	in, out := engine.Use(n, e), engine.Emit[T](n)
	n.OnTick(func() {
		if keep(in.Ptr()) {
			out.Set(*in.Ptr())
		}
	})
	return out.Edge()
}

// FilterMap returns the edge of the first result of f for each value of e for which the second is true.
func FilterMap[T, U any](e engine.Edge[T], f func(*T) (U, bool)) engine.Edge[U] {
	n := node(e, "filter")
	in, out := engine.Use(n, e), engine.Emit[U](n)
	n.OnTick(func() {
		if u, ok := f(in.Ptr()); ok {
			out.Set(u)
		}
	})
	return out.Edge()
}

// FilterBy returns the edge of the values of e that tick while the last value of flag is true.
func FilterBy[T any](flag engine.Edge[bool], e engine.Edge[T]) engine.Edge[T] {
	n := node(e, "filter")
	on, in, out := engine.Use(n, flag), engine.Use(n, e), engine.Emit[T](n)
	on.Passive()
	n.OnTick(func() {
		if on.Get() {
			out.Set(*in.Ptr())
		}
	})
	return out.Edge()
}
