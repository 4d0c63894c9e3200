package engine

// Sink calls f with each value of e, on the engine's goroutine. f must not keep or change what it is given, and must not
// wait. Mark the node with [Node.Effect] if f acts on the outside.
func Sink[T any](e Edge[T], name string, f func(*T)) *Node {
	g := e.Graph()
	if g == nil { // kept out of any graph; there is none to report to
		g = New()
	}
	n := g.node(name, "sink")
	in := Use(n, e)
	n.OnTick(func() { f(in.Ptr()) })
	return n
}
