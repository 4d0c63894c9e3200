package op

import "gw/engine"

// Unroll returns the edge of the elements of e's slices: the first in the same cycle, the others in the next cycles at the same
// time. Slices that tick meanwhile wait for their turn; the order is kept.
func Unroll[T any](e engine.Edge[[]T]) engine.Edge[T] {
	n := node(e, "unroll")
	in, q := engine.Use(n, e), newQueue[T](n)
	n.OnTick(func() {
		if in.Ticked() {
			list := *in.Ptr()
			for i := range list {
				q.put(&list[i])
			}
		}
		q.pop()
	})
	return q.out.Edge()
}
