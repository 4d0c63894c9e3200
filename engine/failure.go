package engine

// OnFailure has f asked when a node fails in its Tick: it panics, stops the run with an error, or ticks an output twice.
// If f returns true the run goes on: the rest of the cycle is done, and the node is not called again if f retires it, as
// it should after a panic. Otherwise the run ends with the error, as without f. Failures outside of Tick always end the run.
// f is called on the engine's goroutine. Before Run.
func (g *Graph) OnFailure(f func(n *Node, err error) (goOn bool)) { g.absorb = f }

// Retire ends the nodes with the IDs for this run: they are not called any more, and so do not tick; their sources go on.
// Engine goroutine only.
func (g *Graph) Retire(ids ...int) {
	for _, id := range ids {
		if n := g.nodes[id]; n.body != nil {
			g.table[n.index] = closure(func() {})
		}
	}
}

// absorbs asks whether the run goes on without n.
func (g *Graph) absorbs(n *Node, err error) bool {
	return g.absorb != nil && n != nil && g.cur >= 0 && g.absorb(n, err)
}
