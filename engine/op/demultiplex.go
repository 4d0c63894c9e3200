package op

import "gw/engine"

// Demultiplex returns the basket of the values of e by key: each ticks the edge of the key that key returns for it. Values of
// other keys are dropped.
func Demultiplex[K comparable, T any](e engine.Edge[T], keys []K, key func(*T) K) engine.Basket[K, T] {
	n := node(e, "demultiplex")
	in := engine.Use(n, e)
	outs := make(map[K]*engine.Out[T], len(keys))
	edges := make([]engine.Edge[T], len(keys))
	for i, k := range keys {
		out := engine.Emit[T](n)
		outs[k], edges[i] = out, out.Edge()
	}
	n.OnTick(func() {
		if out, ok := outs[key(in.Ptr())]; ok {
			out.Set(*in.Ptr())
		}
	})
	return engine.NewBasket(keys, edges)
}

// Multiplex returns the edge of the values of b's edge under the last key, and, when key ticks, of the last value under the new key.
func Multiplex[K comparable, T any](b engine.Basket[K, T], key engine.Edge[K]) engine.Edge[T] {
	n := node(key, "multiplex")
	which, in, out := engine.Use(n, key), engine.UseBasket(n, b), engine.Emit[T](n)
	n.OnTick(func() {
		if !which.Valid() {
			return
		}
		x := in.At(which.Get())
		if x != nil && x.Valid() && (x.Ticked() || which.Ticked()) {
			out.Set(*x.Ptr())
		}
	})
	return out.Edge()
}
