package gateway

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"gw/engine"
)

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

// of returns the module that wired a node, nil if none did.
func (o *owners) of(node int) *module {
	for _, r := range o.ranges {
		if r.begin <= node && node < r.end {
			return r.module
		}
	}
	return nil
}

// explain adds to an error of a node which module wired it, and which channels it reads and sets. Nodes are told apart by
// name only: modules that have nodes of the same name are all named.
func (g *Gateway) explain(err error) error {
	failed, ok := errors.AsType[*engine.NodeError](err)
	if !ok || failed.Node == "" {
		return err
	}
	t := g.graph.Topology()
	forward, backward := make([][]int, len(t.Nodes)), make([][]int, len(t.Nodes))
	for _, e := range t.Edges {
		forward[e.From] = append(forward[e.From], e.To)
		backward[e.To] = append(backward[e.To], e.From)
	}
	lanes := map[int]string{}
	for _, l := range g.lanes {
		lanes[l.wire.node().ID()] = l.id()
	}
	var modules, reads, sets []string
	for _, n := range t.Nodes {
		if owner := g.owners.of(n.ID); n.Name == failed.Node && owner != nil {
			modules = append(modules, fmt.Sprintf("%q", owner.name))
			reads = append(reads, nearest(backward, n.ID, lanes)...)
			sets = append(sets, nearest(forward, n.ID, lanes)...)
		}
	}
	if len(modules) == 0 {
		return err
	}
	where := "module " + strings.Join(unique(modules), " or ")
	if reads = unique(reads); len(reads) > 0 {
		where += ", reading " + strings.Join(reads, ", ")
	}
	if sets = unique(sets); len(sets) > 0 {
		where += ", setting " + strings.Join(sets, ", ")
	}
	return fmt.Errorf("%s: %w", where, err)
}

// nearest returns the lanes that are reached first on all ways from a node.
func nearest(next [][]int, from int, lanes map[int]string) []string {
	var found []string
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
			if name, ok := lanes[to]; ok {
				found = append(found, fmt.Sprintf("channel %q", name))
				continue
			}
			path = append(path, to)
		}
	}
	return found
}

func unique(names []string) []string {
	slices.Sort(names)
	return slices.Compact(names)
}
