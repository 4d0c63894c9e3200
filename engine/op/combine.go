package op

import "gw/engine"

// Combine2 returns the edge of f of the last values, at each tick of a or b once both have ticked.
func Combine2[A, B, U any](a engine.Edge[A], b engine.Edge[B], f func(A, B) U) engine.Edge[U] {
	return combine(a, b, "combine", f)
}

func combine[A, B, U any](a engine.Edge[A], b engine.Edge[B], name string, f func(A, B) U) engine.Edge[U] {
	n := node(a, name)
	x, y, out := engine.Use(n, a), engine.Use(n, b), engine.Emit[U](n)
	n.OnTick(func() {
		if x.Valid() && y.Valid() {
			out.Set(f(*x.Ptr(), *y.Ptr()))
		}
	})
	return out.Edge()
}

// Combine3 is [Combine2] with three edges.
func Combine3[A, B, C, U any](a engine.Edge[A], b engine.Edge[B], c engine.Edge[C], f func(A, B, C) U) engine.Edge[U] {
	n := node(a, "combine")
	x, y, z, out := engine.Use(n, a), engine.Use(n, b), engine.Use(n, c), engine.Emit[U](n)
	n.OnTick(func() {
		if x.Valid() && y.Valid() && z.Valid() {
			out.Set(f(*x.Ptr(), *y.Ptr(), *z.Ptr()))
		}
	})
	return out.Edge()
}

// CombineAll returns the edge of f of the last values of all edges, in the order given, at each tick of any once all have ticked. f
// must not keep the slice.
func CombineAll[T, U any](edges []engine.Edge[T], f func([]T) U) engine.Edge[U] {
	n := node(only(edges), "combine")
	ins, out, vals := use(n, edges), engine.Emit[U](n), make([]T, len(edges))
	n.OnTick(func() {
		for i, in := range ins {
			if !in.Valid() {
				return
			}
			vals[i] = *in.Ptr()
		}
		out.Set(f(vals))
	})
	return out.Edge()
}
