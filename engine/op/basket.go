package op

import "gw/engine"

// MapBasket returns the basket of f(v) under the same keys.
func MapBasket[K comparable, T, U any](b engine.Basket[K, T], f func(T) U) engine.Basket[K, U] {
	edges := make([]engine.Edge[U], b.Len())
	for i, e := range b.Edges() {
		edges[i] = Map(e, f)
	}
	return engine.NewBasket(b.Keys(), edges)
}

// SampleBasket returns the basket of the last values of those edges of b that have ticked, all at each tick of trigger. It costs O(keys) a tick.
func SampleBasket[K comparable, T, U any](trigger engine.Edge[U], b engine.Basket[K, T]) engine.Basket[K, T] {
	n := node(trigger, "sample")
	engine.Use(n, trigger)
	ins := use(n, b.Edges())
	outs, edges := emit[T](n, len(ins))
	for _, in := range ins {
		in.Passive()
	}
	n.OnTick(func() {
		for i, in := range ins {
			if in.Valid() {
				outs[i].Set(*in.Ptr())
			}
		}
	})
	return engine.NewBasket(b.Keys(), edges)
}

// emit gives n many outputs.
func emit[T any](n *engine.Node, count int) ([]*engine.Out[T], []engine.Edge[T]) {
	outs, edges := make([]*engine.Out[T], count), make([]engine.Edge[T], count)
	for i := range outs {
		outs[i] = engine.Emit[T](n)
		edges[i] = outs[i].Edge()
	}
	return outs, edges
}
