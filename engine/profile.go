package engine

import (
	"slices"
	"sync"
)

// Profile is how long the cycles and the nodes of a graph took since the profiler was switched on.
type Profile struct {
	On     bool
	Cycles Latency       // cycles as a whole
	Nodes  []NodeProfile // by ID
	// Longest is the path along which the means of its nodes add up to most, as IDs in the direction of the ticks: what no cycle can be quicker than.
	Longest []int
}

// NodeProfile is how long one node took.
type NodeProfile struct {
	ID         int
	Path, Kind string
	Latency
}

// profiler measures while its graph runs.
type profiler struct {
	mu     sync.Mutex // held by the engine for a whole cycle
	cycles Latency
	nodes  []Latency // in calling order
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
	nodes := slices.Clone(p.nodes)
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
