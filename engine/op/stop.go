package op

import "gw/engine"

// Stop ends the run cleanly after the cycle in which e ticks.
func Stop[T any](e engine.Edge[T]) *engine.Node {
	return StopWith(e, func(*T) error { return nil })
}

// StopWith ends the run after the cycle in which e ticks, with the error that why returns for the value; nil ends it cleanly.
func StopWith[T any](e engine.Edge[T], why func(*T) error) *engine.Node {
	n := node(e, "stop")
	in := engine.Use(n, e)
	n.OnTick(func() { n.Stop(why(in.Ptr())) })
	return n
}

// AtStop calls f when the run has ended, in the order in which the nodes of the graph stop. Its error is joined to the run's.
func AtStop(g *engine.Graph, f func() error) *engine.Node {
	n := g.Node("atstop")
	n.OnStop(f)
	return n
}
