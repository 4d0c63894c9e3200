package op

import "gw/engine"

// Sample returns the edge of the last value of e at each tick of trigger, once e has ticked. A value of e that ticks in the same cycle counts.
func Sample[T, U any](trigger engine.Edge[U], e engine.Edge[T]) engine.Edge[T] {
	n := node(e, "sample")
	engine.Use(n, trigger)
	in, out := engine.Use(n, e), engine.Emit[T](n)
	in.Passive()
	n.OnTick(func() {
		if in.Valid() {
			out.Set(*in.Ptr())
		}
	})
	return out.Edge()
}
