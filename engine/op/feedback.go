package op

import "gw/engine"

// WrapFeedback returns the edge of e's values one cycle later at the same time. It is for edges that are not made by what reads them here: to close a
// circle, use engine.NewFeedback, whose edge exists before it is bound.
func WrapFeedback[T any](e engine.Edge[T]) engine.Edge[T] {
	g := e.Graph()
	if g == nil {
		return e
	}
	f := engine.NewFeedback[T](g)
	f.Bind(e)
	return f.Edge()
}
