package engine

// CycleTrace is what happened in one cycle.
type CycleTrace struct {
	Time  Time
	Cycle uint64
	Nodes []NodeTrace // sources that ticked, then nodes in the order in which they were called
}

// NodeTrace is what one node did in a cycle.
type NodeTrace struct {
	ID      int
	Path    string
	Inputs  []TickTrace // what it was called for; empty for a source
	Outputs []TickTrace // what it ticked; empty if nothing
}

// TickTrace is one tick.
type TickTrace struct {
	Node  int    // ID of the node that made it; of an alarm, the node it belongs to
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

// begin notes the sources that have ticked.
func (t *tracer) begin(g *Graph) {
	t.now = CycleTrace{Time: g.clk.now, Cycle: g.clk.cycle}
	for _, n := range g.nodes {
		if n.source == nil {
			continue
		}
		if out := n.ticked(false); len(out) > 0 {
			t.now.Nodes = append(t.now.Nodes, NodeTrace{ID: n.id, Path: n.Path(), Outputs: out})
		}
	}
}

// call notes why n is going to be called.
func (t *tracer) call(n *Node) {
	nt := NodeTrace{ID: n.id, Path: n.Path(), Inputs: n.ticked(true)}
	for _, p := range n.ins {
		h, err := p.producer()
		if err != nil || p.listener().passive || h.last != n.g.clk.cycle {
			continue
		}
		for i, o := range h.node.heads {
			if o == h {
				nt.Inputs = append(nt.Inputs, TickTrace{h.node.id, h.name(), h.node.outs[i].boxed()})
			}
		}
	}
	t.now.Nodes = append(t.now.Nodes, nt)
}

// called notes what the last node has put out.
func (t *tracer) called(n *Node) { t.now.Nodes[len(t.now.Nodes)-1].Outputs = n.ticked(false) }

// ticked lists the outputs, or the alarms, of n that have ticked in this cycle.
func (n *Node) ticked(alarms bool) (all []TickTrace) {
	for i, h := range n.heads {
		_, alarm := n.outs[i].(target)
		if h.last == n.g.clk.cycle && alarm == alarms {
			all = append(all, TickTrace{n.id, h.name(), n.outs[i].boxed()})
		}
	}
	return all
}
