package engine

// CycleTrace is what happened in one cycle.
type CycleTrace struct {
	Time  Time
	Cycle uint64
	// Nodes has the sources that ticked, then the nodes in the order in which they were called. A node that runs sub-graphs is followed by what happened
	// in each of them.
	Nodes []NodeTrace
}

// NodeTrace is what one node did in a cycle.
type NodeTrace struct {
	ID      int // in a sub-graph, of the node that runs it
	Path    string
	Inputs  []TickTrace // what it was called for; empty for a source
	Outputs []TickTrace // what it ticked; empty if nothing
}

// TickTrace is one tick.
type TickTrace struct {
	Node  int    // ID of the node that made it, as in NodeTrace; of an alarm, the node it belongs to
	Path  string // of that node
	Edge  string // name of the edge, "" if it has none
	Value any    // a shallow copy
}

// tracer reports cycles as long as there are any left.
type tracer struct {
	left uint64
	f    func(CycleTrace)
	now  CycleTrace
}

// Trace reports each of the next n cycles to f, on the engine's goroutine after the cycle, before the hooks of [Graph.OnCycleEnd]. n = 0 ends it. Any goroutine, before
// a run too. A cycle that is traced costs O(nodes).
func (g *Graph) Trace(n uint64, f func(CycleTrace)) {
	g.mu.Lock()
	g.tracer = nil
	if n > 0 {
		g.tracer = &tracer{left: n, f: f}
	}
	g.mu.Unlock()
	g.raise(flagWatch)
}

// begin notes the sources of g that have ticked.
func (t *tracer) begin(g *Graph) {
	for _, n := range g.nodes {
		if n.source == nil {
			continue
		}
		if out := n.ticked(false); len(out) > 0 {
			t.now.Nodes = append(t.now.Nodes, NodeTrace{ID: n.outermost().id, Path: n.Path(), Outputs: out})
		}
	}
}

// call notes why n is going to be called, and returns where.
func (t *tracer) call(n *Node) int {
	nt := NodeTrace{ID: n.outermost().id, Path: n.Path(), Inputs: n.ticked(true)}
	for _, p := range n.ins {
		h, err := p.producer()
		quiet := p.listener().passive && n.inner == nil // what sub-graphs read is passive for the node that runs them
		if err != nil || quiet || h.last != n.g.clk.cycle {
			continue
		}
		nt.Inputs = append(nt.Inputs, h.trace(p.boxed()))
	}
	t.now.Nodes = append(t.now.Nodes, nt)
	return len(t.now.Nodes) - 1
}

// ticked lists the outputs, or the alarms, of n that have ticked in this cycle.
func (n *Node) ticked(alarms bool) (all []TickTrace) {
	for i, h := range n.heads {
		_, alarm := n.outs[i].(target)
		if h.last == n.g.clk.cycle && alarm == alarms {
			all = append(all, h.trace(n.outs[i].boxed()))
		}
	}
	return all
}

func (h *head) trace(v any) TickTrace {
	return TickTrace{h.node.outermost().id, h.node.Path(), h.name, v}
}

// outermost is n, or the node of the graph that runs in which it lies.
func (n *Node) outermost() *Node {
	for n.g.inside != nil {
		n = n.g.inside.outer
	}
	return n
}
