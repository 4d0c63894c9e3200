package engine

// Topology is a picture of a graph.
type Topology struct {
	Nodes []TopologyNode // by ID
	Edges []TopologyEdge // in the order of wiring of the nodes they lead to
}

// TopologyNode is one node of a picture.
type TopologyNode struct {
	ID     int    // number in the order of wiring, from 0
	Name   string // not unique
	Path   string // unique: scopes, name, and #ID if there are several
	Rank   int    // 0 for sources; a node's rank is higher than those of all it reads
	Effect bool   // acts on the outside
	Kind   string // const, timer, curve, null, pull, push, feedback, node, sink, or the type of a struct node
}

// TopologyEdge is one listener of an edge.
type TopologyEdge struct {
	From, To int    // IDs of nodes
	Name     string // of the edge, "" if it has none
	Feedback bool   // arrives one cycle later
	Passive  bool   // is read but does not call the node
}

// Topology returns the picture of the graph, after [Graph.Build]; what cannot be resolved is left out. Not during Run.
func (g *Graph) Topology() Topology {
	var t Topology
	for _, n := range g.nodes {
		t.Nodes = append(t.Nodes, TopologyNode{ID: n.id, Name: n.name, Path: n.Path(), Rank: n.rank, Effect: n.effect, Kind: n.kind})
		for _, p := range n.ins {
			if h, err := p.producer(); err == nil {
				t.Edges = append(t.Edges, TopologyEdge{From: h.node.id, To: n.id, Name: h.name, Passive: p.listener().passive})
			}
		}
		if n.back != nil {
			t.Edges = append(t.Edges, TopologyEdge{From: n.id, To: n.back.id, Feedback: true})
		}
	}
	return t
}
