package op

import (
	"time"

	"gw/engine"
)

// Delay returns the edge of the values of e, each d later. With d = 0 they tick in the next cycle at the same time.
func Delay[T any](e engine.Edge[T], d time.Duration) engine.Edge[T] {
	n := node(e, "delay")
	in, later, out := engine.Use(n, e), engine.NewAlarm[T](n), engine.Emit[T](n)
	n.OnTick(func() {
		if in.Ticked() {
			later.After(d, *in.Ptr())
		}
		if later.Ticked() {
			out.Set(later.Get())
		}
	})
	return out.Edge()
}
