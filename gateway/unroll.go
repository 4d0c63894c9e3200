package gateway

import "gw/engine"

// unroll ticks the elements of lists one a cycle, at the lists' time and in their order.
func unroll[T any](e engine.Edge[[]T]) engine.Edge[T] {
	n := e.Graph().Node("unroll")
	in, again, out := engine.Use(n, e), engine.NewAlarm[struct{}](n), engine.Emit[T](n)
	var waiting []T
	n.OnTick(func() {
		if in.Ticked() {
			waiting = append(waiting, in.Get()...)
		}
		if len(waiting) == 0 {
			return
		}
		out.Set(waiting[0])
		clear(waiting[:1])
		waiting = waiting[1:]
		if len(waiting) > 0 {
			again.After(0, struct{}{})
		}
	})
	return out.Edge()
}
