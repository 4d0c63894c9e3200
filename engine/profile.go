package engine

import (
	"slices"
	"sync"
)

// Profile is how long the cycles and the nodes of a graph took since the profiler was switched on.
type Profile struct {
	On     bool
	Cycles Latency       // cycles as a whole
	Nodes  []NodeProfile // by ID; then those of the sub-graphs there are, whose time is in that of the nodes that run them too
	// Longest is the path along which the means of its nodes add up to most, as IDs in the direction of the ticks: what no cycle can be quicker than.
	Longest []int
}

// NodeProfile is how long one node took.
type NodeProfile struct {
	ID         int    // in a sub-graph, of the node that runs it
	Path, Kind string // in a sub-graph, Path begins with that of the node that runs it, and the key: subs[a]/sum
	Latency
}

// profiler measures while its graph runs.
type profiler struct {
	mu     sync.Mutex // held by the engine for a whole cycle
	cycles Latency
	nodes  []Latency    // in calling order
	inner  []*innerPart // of the sub-graphs, in the order in which they were first seen
}

// innerPart is what was measured of one sub-graph.
type innerPart struct {
	of    *profiler
	g     *Graph
	nodes []NodeProfile // in calling order, without Latency
	took  []Latency
}

// of returns where the nodes of g, in calling order, are measured.
func (p *profiler) of(g *Graph) []Latency {
	if g.inside == nil {
		if len(p.nodes) != len(g.table) {
			p.nodes = make([]Latency, len(g.table))
		}
		return p.nodes
	}
	in := g.inside.part
	if in == nil || in.of != p {
		in = &innerPart{of: p, g: g, took: make([]Latency, len(g.table))}
		for _, n := range g.order {
			in.nodes = append(in.nodes, NodeProfile{ID: n.outermost().id, Path: n.Path(), Kind: n.kind})
		}
		g.inside.part = in
		p.inner = append(p.inner, in)
	}
	return in.took
}

// forget drops what was measured of the sub-graph g, and of those inside of it. In a cycle.
func (p *profiler) forget(g *Graph) {
	p.inner = slices.DeleteFunc(p.inner, func(in *innerPart) bool { return in.g.within(g) })
}

// begin drops the sub-graphs of the runs before r.
func (p *profiler) begin(r *run) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.inner = slices.DeleteFunc(p.inner, func(in *innerPart) bool { return in.g.run != r })
}

// measured lists the nodes of the sub-graphs.
func (p *profiler) measured() (all []NodeProfile) {
	for _, in := range p.inner {
		for i, n := range in.nodes {
			n.Latency = in.took[i]
			all = append(all, n)
		}
	}
	return all
}

// Profile switches the profiler on, from zero, or off, from the next cycle on. Any goroutine, before a run too. While it is on, a node takes about 50 ns more;
// when it is off, nothing.
func (g *Graph) Profile(on bool) {
	g.mu.Lock()
	g.profiler = nil
	if on {
		g.profiler = &profiler{}
	}
	g.mu.Unlock()
	g.raise(flagWatch)
}

// Profiled returns what the profiler has measured. Call it after [Graph.Build], from any goroutine.
func (g *Graph) Profiled() Profile {
	g.mu.Lock()
	p := g.profiler
	g.mu.Unlock()
	if p == nil {
		return Profile{}
	}
	p.mu.Lock()
	out := Profile{On: true, Cycles: p.cycles}
	nodes, inner := slices.Clone(p.nodes), p.measured()
	p.mu.Unlock()
	for _, n := range g.nodes {
		if n.index < 0 || n.into != nil {
			continue
		}
		np := NodeProfile{ID: n.id, Path: n.Path(), Kind: n.kind}
		if n.index < len(nodes) {
			np.Latency = nodes[n.index]
		}
		out.Nodes = append(out.Nodes, np)
	}
	cost := make(map[int]float64, len(out.Nodes))
	for _, n := range out.Nodes {
		cost[n.ID] = float64(n.Mean())
	}
	out.Longest = g.longest(func(n *Node) float64 { return 1 + cost[n.id] })
	out.Nodes = append(out.Nodes, inner...)
	return out
}

// LongestPath returns the IDs of the nodes on a path that has the most of them, in the direction of the ticks. After [Graph.Build].
func (g *Graph) LongestPath() []int { return g.longest(func(*Node) float64 { return 1 }) }

// longest finds the heaviest path. Nodes are taken by rank, so that what a node reads comes before it.
func (g *Graph) longest(weight func(*Node) float64) (path []int) {
	first := make([]int, len(g.nodes)) // of a node's inputs in up
	k := 0
	for i, n := range g.nodes {
		first[i] = k
		k += len(n.ins)
	}
	nodes := slices.Clone(g.nodes)
	slices.SortStableFunc(nodes, func(a, b *Node) int { return a.rank - b.rank })
	sum, from := make([]float64, len(nodes)), make([]int, len(nodes))
	end, best := -1, -1.0
	for _, n := range nodes {
		from[n.id] = -1
		for i := range n.ins {
			h := g.up[first[n.id]+i]
			if sum[h.node.id] > sum[n.id] {
				sum[n.id], from[n.id] = sum[h.node.id], h.node.id
			}
		}
		if sum[n.id] += weight(n); sum[n.id] > best {
			end, best = n.id, sum[n.id]
		}
	}
	for ; end >= 0; end = from[end] {
		path = append(path, end)
	}
	slices.Reverse(path)
	return path
}
