package op

import "gw/engine"

// Flatten returns the edge of all values of all edges: when several tick in one cycle, the first ticks at once and the others in the next cycles
// at the same time, in the order of [Collect]. It does what Unroll(Collect(edges...)) does, in one node.
func Flatten[T any](edges ...engine.Edge[T]) engine.Edge[T] {
	if len(edges) < 2 {
		return only(edges)
	}
	n := node(edges[0], "flatten")
	in, q := engine.UseBasket(n, list(edges)), newQueue[T](n)
	n.OnTick(func() {
		for _, x := range in.TickedItems() {
			q.put(x.Ptr())
		}
		q.pop()
	})
	return q.out.Edge()
}
