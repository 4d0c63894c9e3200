package op

import (
	"time"

	"gw/engine"
)

// Default returns the edge of e's values, begun with v when the duration after has passed since the start of the run and e has not
// ticked by then.
func Default[T any](e engine.Edge[T], v T, after time.Duration) engine.Edge[T] {
	n := node(e, "default")
	in, late, out := engine.Use(n, e), engine.NewAlarm[struct{}](n), engine.Emit[T](n)
	began := false // an edge around a sub-graph may have a value of before
	n.Keep(1, &began)
	n.OnStart(func() error { began = false; late.After(after, struct{}{}); return nil })
	n.OnTick(func() {
		switch {
		case in.Ticked():
			out.Set(*in.Ptr())
		case !began:
			out.Set(v)
		}
		began = true
	})
	return out.Edge()
}
