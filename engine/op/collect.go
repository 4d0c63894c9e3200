package op

import "gw/engine"

// Collect returns the edge of the values that tick in one cycle, in the order in which they tick: by the rank of the nodes that make
// them, at one rank by wiring. The slice is reused by the next tick. It costs O(edges that tick).
func Collect[T any](edges ...engine.Edge[T]) engine.Edge[[]T] { return CollectBasket(list(edges)) }

// CollectBasket is [Collect] over the edges of a basket.
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

// list is the basket of edges under their numbers from 0.
func list[T any](edges []engine.Edge[T]) engine.Basket[int, T] {
	keys := make([]int, len(edges))
	for i := range keys {
		keys[i] = i
	}
	return engine.NewBasket(keys, edges)
}
