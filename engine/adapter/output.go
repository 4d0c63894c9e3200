package adapter

import "gw/engine"

// OutputAdapter takes values out of a graph. Start() error and Stop() error are optional. All are called on the engine's goroutine, so Write hands over and does
// not wait.
type OutputAdapter[T any] interface {
	// Write takes a value, which must not be kept or changed. An error ends the run, named by the adapter's node.
	Write(now engine.Time, v *T) error
}

// Output gives each value of e to a. The node is an effect: where effects are muted Write is not called.
func Output[T any](e engine.Edge[T], name string, a OutputAdapter[T]) *engine.Node {
	var n *engine.Node
	n = engine.Sink(e, name, func(v *T) {
		if err := a.Write(n.Now(), v); err != nil {
			n.Stop(err)
		}
	})
	if s, ok := a.(interface{ Start() error }); ok {
		n.OnStart(s.Start)
	}
	if s, ok := a.(interface{ Stop() error }); ok {
		n.OnStop(s.Stop)
	}
	return n.Effect()
}
