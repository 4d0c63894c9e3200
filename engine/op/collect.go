package op

import "gw/engine"

// Collect returns the edge of the values that tick in one cycle, in the order of the edges given. The slice is reused
// by the next tick. It costs O(edges) a tick; see [CollectBasket] for many.
func Collect[T any](edges ...engine.Edge[T]) engine.Edge[[]T] {
	if len(edges) == 0 {
		return engine.Edge[[]T]{}
	}
	n := node(edges[0], "collect")
	ins, out := use(n, edges), engine.Emit[[]T](n)
	n.OnTick(func() {
		s := (*out.Slot())[:0]
		for _, in := range ins {
			if in.Ticked() {
				s = append(s, *in.Ptr())
			}
		}
		out.Set(s)
	})
	return out.Edge()
}

// CollectBasket is [Collect] over the edges of a basket, in the order of its keys. It costs O(edges that tick).
func CollectBasket[K comparable, T any](b engine.Basket[K, T]) engine.Edge[[]T] {
	if b.Len() == 0 {
		return engine.Edge[[]T]{}
	}
	n := node(b.Edges()[0], "collect")
	in, out := engine.UseBasket(n, b), engine.Emit[[]T](n)
	n.OnTick(func() {
		s := (*out.Slot())[:0]
		for _, x := range in.TickedItems() {
			s = append(s, *x.Ptr())
		}
		out.Set(s)
	})
	return out.Edge()
}
