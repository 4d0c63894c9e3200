package op

import "gw/engine"

// Map returns the edge of f(v) for each value v of e. Maps that follow each other without another reader between them become one node
// when the graph is built (see engine.Pipe). f must depend on nothing but its argument if the graph is to be rerun.
func Map[T, U any](e engine.Edge[T], f func(T) U) engine.Edge[U] {
	return engine.Pipe(e, "map", f)
}

// MapPtr is [Map] for values that are dear to copy: f gets the value in place, read-only.
func MapPtr[T, U any](e engine.Edge[T], f func(*T) U) engine.Edge[U] {
	n := node(e, "map")
	in, out := engine.Use(n, e), engine.Emit[U](n)
	n.OnTick(func() { out.Set(f(in.Ptr())) })
	return out.Edge()
}

// node adds the node of an operator to the graph of its first edge.
func node[T any](e engine.Edge[T], name string) *engine.Node {
	g := e.Graph()
	if g == nil { // the zero Edge has no graph; what comes of it fits into none
		g = engine.New()
	}
	return g.Node(name)
}
