package op

import "gw/engine"

// Count returns the edge of the number of values of e so far in the run, from 1; in a sub-graph those before it began count too, as in csp.
func Count[T any](e engine.Edge[T]) engine.Edge[int] {
	n := node(e, "count")
	in, out := engine.Use(n, e), engine.Emit[int](n)
	n.OnTick(func() { out.Set(int(in.Count())) })
	return out.Edge()
}

// Times returns the edge of the engine time of each tick of e.
func Times[T any](e engine.Edge[T]) engine.Edge[engine.Time] {
	n := node(e, "times")
	engine.Use(n, e)
	out := engine.Emit[engine.Time](n)
	n.OnTick(func() { out.Set(n.Now()) })
	return out.Edge()
}
