package engine

// start starts the sources in the order of wiring, opens the intake, then the nodes in the order of calling. It stops at the first that fails.
func (r *run) start() bool {
	g := r.g
	return r.startSources(g) && g.intake.open() && r.startNodes(g) && len(g.failures) == 0
}

func (r *run) startSources(g *Graph) bool {
	g.begun = g.begun[:0]
	for _, n := range g.nodes {
		if n.source != nil && !r.begin(n) {
			return false
		}
	}
	return true
}

func (r *run) startNodes(g *Graph) bool {
	for _, n := range g.order {
		if !r.begin(n) {
			return false
		}
	}
	return true
}

// restore sets the state that [Graph.Restore] was given, if any.
func (r *run) restore() bool {
	s := r.g.resume
	if s == nil {
		return true
	}
	r.g.resume = nil
	return r.guard(nil, func() error { return s.apply(r.g) })
}

func (r *run) begin(n *Node) bool {
	m := n.rare()
	if n.source == nil && len(m.starts)+len(m.stops) == 0 {
		return true
	}
	if n.source != nil && !r.guard(n, func() error { return n.source.begin(r.g.clk.now, r.bound()) }) {
		return false
	}
	for _, f := range m.starts {
		if !r.guard(n, f) {
			return false
		}
	}
	n.g.begun = append(n.g.begun, n)
	return true
}

// bound is the end as the configuration gave it.
func (r *run) bound() Time {
	if r.end == maxTime {
		return 0
	}
	return r.end
}

// stop stops everything in g that was started, in the opposite order, whatever fails.
func (r *run) stop(g *Graph) {
	for i := len(g.begun) - 1; i >= 0; i-- {
		n := g.begun[i]
		stops := n.rare().stops
		for k := len(stops) - 1; k >= 0; k-- {
			r.guard(n, stops[k])
		}
		if n.source != nil {
			r.guard(n, n.source.finish)
		}
	}
	g.begun = g.begun[:0]
}
