package gateway

import "gw/engine"

// owners tells which module wired which nodes, to name it when one fails.
type owners struct {
	ranges []owned
}

type owned struct {
	module     *module
	begin, end int // IDs of nodes
}

func (o *owners) open(module *module, g *engine.Graph) {
	o.ranges = append(o.ranges, owned{module: module, begin: len(g.Topology().Nodes)})
}

func (o *owners) close(g *engine.Graph) { o.ranges[len(o.ranges)-1].end = len(g.Topology().Nodes) }

// nodes returns the IDs of what a module wired.
func (o *owners) nodes(m *module) []int {
	var ids []int
	for _, r := range o.ranges {
		for id := r.begin; r.module == m && id < r.end; id++ {
			ids = append(ids, id)
		}
	}
	return ids
}

// of returns the module that wired a node, nil if none did.
func (o *owners) of(node int) *module {
	for _, r := range o.ranges {
		if r.begin <= node && node < r.end {
			return r.module
		}
	}
	return nil
}

// nearest returns the lanes that are reached first on all ways from a node.
func nearest(next [][]int, from int, lanes map[int]*lane) []*lane {
	var found []*lane
	seen := map[int]bool{from: true}
	path := []int{from}
	for len(path) > 0 {
		n := path[len(path)-1]
		path = path[:len(path)-1]
		for _, to := range next[n] {
			if seen[to] {
				continue
			}
			seen[to] = true
			if l, ok := lanes[to]; ok {
				found = append(found, l)
				continue
			}
			path = append(path, to)
		}
	}
	return found
}
