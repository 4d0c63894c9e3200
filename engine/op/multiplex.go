package op

import "gw/engine"

// Multiplex returns the edge of the values of b's edge under the last key. A key that is not in b lets nothing through. It costs O(1) a
// tick of the chosen edge, and one call for nothing at a tick of another.
func Multiplex[K comparable, T any](b engine.Basket[K, T], key engine.Edge[K], o ...KeyOption) engine.Edge[T] {
	n := node(key, "multiplex")
	which, in, out := engine.Use(n, key), engine.UseBasket(n, b), engine.Emit[T](n)
	onKey, fail := has(o, TickOnKey), has(o, FailOnBadKey)
	n.OnTick(func() {
		if !which.Valid() {
			return
		}
		x := in.At(which.Get())
		switch {
		case x == nil:
			if fail {
				n.Stop(badKey(which.Get()))
			}
		case x.Ticked(), onKey && which.Ticked() && x.Valid():
			out.Set(*x.Ptr())
		}
	})
	return out.Edge()
}
