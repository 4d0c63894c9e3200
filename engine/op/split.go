package op

import "gw/engine"

// Split returns the edges of the values of e that tick while the last value of flag is true, and while it is false. What ticks
// before flag does is dropped.
func Split[T any](flag engine.Edge[bool], e engine.Edge[T]) (yes, no engine.Edge[T]) {
	n := node(e, "split")
	on, in := engine.Use(n, flag), engine.Use(n, e)
	y, f := engine.Emit[T](n), engine.Emit[T](n)
	on.Passive()
	n.OnTick(func() {
		switch {
		case !on.Valid():
		case on.Get():
			y.Set(*in.Ptr())
		default:
			f.Set(*in.Ptr())
		}
	})
	return y.Edge(), f.Edge()
}
