package op

import "gw/engine"

// Flatten returns the edge of all values of all edges: when several tick in one cycle, the first in the order given ticks
// at once and the others in the next cycles at the same time. It does what Unroll(Collect(edges...)) does, in one node.
func Flatten[T any](edges ...engine.Edge[T]) engine.Edge[T] {
	if len(edges) < 2 {
		return only(edges)
	}
	n := node(edges[0], "flatten")
	ins, q := use(n, edges), newQueue[T](n)
	n.OnTick(func() {
		for _, in := range ins {
			if in.Ticked() {
				q.put(in.Ptr())
			}
		}
		q.pop()
	})
	return q.out.Edge()
}
