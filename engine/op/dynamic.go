package op

import "gw/engine"

// DynamicDemultiplex returns the dynamic basket of the values of e by key: a key appears with its first value. It costs two map look-ups
// a tick, and an element a new key.
func DynamicDemultiplex[K comparable, T any](e engine.Edge[T], key func(*T) K) engine.DynamicBasket[K, T] {
	n := node(e, "demultiplex")
	in, out := engine.Use(n, e), engine.EmitDynamic[K, T](n)
	n.OnTick(func() { out.Set(key(in.Ptr()), *in.Ptr()) })
	return out.Basket()
}

// DynamicDemultiplexUntil is [DynamicDemultiplex] in which a key goes when gone ticks with it. A key that has a value in the same cycle stays; one
// that is not there is passed over.
func DynamicDemultiplexUntil[K comparable, T any](e engine.Edge[T], key func(*T) K, gone engine.Edge[K]) engine.DynamicBasket[K, T] {
	n := node(e, "demultiplex")
	in, end, out := engine.Use(n, e), engine.Use(n, gone), engine.EmitDynamic[K, T](n)
	n.OnTick(func() {
		var k K
		if in.Ticked() {
			k = key(in.Ptr())
			out.Set(k, *in.Ptr())
		}
		if end.Ticked() && out.Has(end.Get()) && !(in.Ticked() && k == end.Get()) {
			out.Remove(end.Get())
		}
	})
	return out.Basket()
}

// Keyed is a value and its key.
type Keyed[K comparable, T any] struct {
	Key   K
	Value T
}

// DynamicCollect returns the edge of the keys and values that tick in one cycle, in the order in which they tick. A cycle in which keys
// only go does not tick. The slice is reused by the next tick. It costs O(those that tick).
func DynamicCollect[K comparable, T any](b engine.DynamicBasket[K, T]) engine.Edge[[]Keyed[K, T]] {
	g := b.Graph()
	if g == nil { // the zero basket has no graph; what comes of it fits into none
		g = engine.New()
	}
	n := g.Node("collect")
	in, out := engine.UseDynamic(n, b), engine.Emit[[]Keyed[K, T]](n)
	n.OnTick(func() {
		s := (*out.Slot())[:0]
		for k, x := range in.TickedItems() {
			s = append(s, Keyed[K, T]{k, *x.Ptr()})
		}
		if len(s) > 0 {
			out.Set(s)
		}
	})
	return out.Edge()
}
