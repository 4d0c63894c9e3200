package engine

// watch is how a graph is called while somebody wants to know more than its ticks. It takes the place of [Graph.step], which knows nothing of it.
type watch struct {
	p *profiler
	t *tracer
}

// rewatch takes over what [Graph.Profile] and [Graph.Trace] want.
func (r *run) rewatch() {
	g := r.g
	g.mu.Lock()
	defer g.mu.Unlock()
	g.watch = watch{g.profiler, g.tracer}
	g.watching = g.watch != watch{}
	if p := g.profiler; p != nil {
		p.begin(r)
	}
}

// watched is step with a look at each node.
func (r *run) watched() {
	w := r.g.watch
	if w.t != nil {
		w.t.now = CycleTrace{Time: r.g.clk.now, Cycle: r.g.clk.cycle}
	}
	if w.p != nil {
		w.p.mu.Lock()
		defer w.p.mu.Unlock()
	}
	began := r.wall.now()
	r.g.look(w)
	if w.p != nil {
		w.p.cycles.add(r.wall.now().Sub(began))
	}
}

// look is step of g, the graph that runs or one inside of it, with a look at each node.
func (g *Graph) look(w watch) {
	wall, took := &g.root().run.wall, []Latency(nil)
	if w.t != nil {
		w.t.begin(g)
	}
	if w.p != nil {
		took = w.p.of(g)
	}
	last := wall.now()
	for i := range g.table {
		if g.dirty[i] == 0 {
			continue
		}
		g.dirty[i] = 0
		g.cur = i
		at := 0
		if w.t != nil {
			at = w.t.call(g.order[i])
		}
		g.table[i].Tick()
		if w.t != nil {
			w.t.now.Nodes[at].Outputs = g.order[i].ticked(false)
		}
		if w.p != nil {
			now := wall.now()
			took[i].add(now.Sub(last))
			last = now
		}
	}
	g.cur = -1
	clear(g.block)
}

// report hands over the trace of the cycle.
func (r *run) report() {
	t := r.g.watch.t
	if t == nil {
		return
	}
	t.f(t.now)
	if t.left--; t.left > 0 {
		return
	}
	r.g.mu.Lock()
	if r.g.tracer == t {
		r.g.tracer = nil
	}
	r.g.mu.Unlock()
	r.rewatch()
}
