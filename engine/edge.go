package engine

// Edge is a typed time series: the last value, when it ticked, and who listens. It is a small comparable value; copy it
// freely. The zero Edge is no edge, and an input made from it is an error of wiring.
type Edge[T any] struct{ s *series[T] }

// Graph returns the graph that e belongs to, nil for the zero Edge.
func (e Edge[T]) Graph() *Graph {
	if e.s == nil || e.s.node == nil {
		return nil
	}
	return e.s.node.g
}

// Node returns the node that ticks e, nil for the zero Edge.
func (e Edge[T]) Node() *Node {
	if e.s == nil {
		return nil
	}
	return e.s.node
}

// Named gives e a name for [Topology] and returns e.
func (e Edge[T]) Named(name string) Edge[T] {
	if e.s != nil {
		e.s.name = name
	}
	return e
}

// Name returns what [Edge.Named] gave, else the field of the struct node that e comes from, else "".
func (e Edge[T]) Name() string {
	if e.s == nil {
		return ""
	}
	return e.s.name
}

// IsZero tells whether e is no edge.
func (e Edge[T]) IsZero() bool { return e.s == nil }
