package op

import "gw/engine"

// Number is what can be added and subtracted.
type Number interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64 | ~float32 | ~float64
}

// Accum returns the edge of the running sum of e's values, beginning from start.
func Accum[T Number](e engine.Edge[T], start T) engine.Edge[T] {
	return Scan(e, start, func(sum *T, v *T) { *sum += *v })
}

// Scan returns the edge of a state that f changes by each value of e, beginning from start. It ticks at each value. Each run begins from
// start again; what start points to is not copied.
func Scan[T, S any](e engine.Edge[T], start S, f func(state *S, v *T)) engine.Edge[S] {
	n := node(e, "scan")
	in, out := engine.Use(n, e), engine.Emit[S](n)
	n.OnStart(func() error { *out.Slot() = start; return nil })
	n.OnTick(func() {
		f(out.Slot(), in.Ptr())
		out.Tick()
	})
	return out.Edge()
}
