package gateway

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"gw/engine"
	"gw/schema"
)

// ModuleError says that a node of a module failed, where the module stands between channels and on which values.
type ModuleError struct {
	// Module is the name of the module.
	Module string
	// Reads and Sets are the channels nearest to the node, as "name" or "name/key".
	Reads, Sets []string
	// IDs are the ids of the values that ticked those that it reads, in that cycle.
	IDs []string
	// Err is what happened.
	Err error
}

// Error returns all of it in one line.
func (e *ModuleError) Error() string {
	where := fmt.Sprintf("module %q", e.Module)
	for _, part := range []struct {
		verb  string
		names []string
	}{{"reading", e.Reads}, {"setting", e.Sets}} {
		if len(part.names) > 0 {
			where += ", " + part.verb + ` channel "` + strings.Join(part.names, `", channel "`) + `"`
		}
		if part.verb == "reading" && len(e.IDs) > 0 {
			where += " (id " + strings.Join(e.IDs, ", ") + ")"
		}
	}
	return where + ": " + e.Err.Error()
}

// Unwrap returns what happened.
func (e *ModuleError) Unwrap() error { return e.Err }

// Failures returns the errors of modules that failed and that the gateway goes on without, oldest first.
func (g *Gateway) Failures() []*ModuleError {
	g.hub.mu.Lock()
	defer g.hub.mu.Unlock()
	return slices.Clone(g.hub.fails)
}

// failing is asked by the engine when a node fails. It notes what is known of it at that moment and tells whether the
// run goes on, without the node's module.
func (g *Gateway) failing(n *engine.Node, err error) (goOn bool) {
	m := g.owners.of(n.ID())
	if m == nil {
		return false
	}
	e := g.locate(n.ID())
	e.Module = m.name
	if m.options.OnError != onErrorDisable {
		g.lastFailure = e
		return false
	}
	e.Err = &engine.NodeError{Node: n.Path(), Time: n.Now(), Cycle: n.Cycle(), Err: err}
	m.failed = true
	g.graph.Retire(g.owners.nodes(m)...)
	if g.Failed != nil {
		g.Failed(e)
	}
	g.hub.mu.Lock()
	defer g.hub.mu.Unlock()
	g.hub.fails = append(g.hub.fails, e)
	return true
}

// locate finds where a node stands between channels, and what ticks those it reads.
func (g *Gateway) locate(node int) *ModuleError {
	t := g.graph.Topology()
	forward, backward := make([][]int, len(t.Nodes)), make([][]int, len(t.Nodes))
	for _, e := range t.Edges {
		forward[e.From] = append(forward[e.From], e.To)
		backward[e.To] = append(backward[e.To], e.From)
	}
	lanes := map[int]*lane{}
	for _, l := range g.lanes {
		lanes[l.wire.node().ID()] = l
	}
	e := &ModuleError{}
	for _, l := range inOrder(nearest(backward, node, lanes)) {
		e.Reads = append(e.Reads, l.id())
		e.IDs = append(e.IDs, idsOf(l.wire.ticking())...)
	}
	for _, l := range inOrder(nearest(forward, node, lanes)) {
		e.Sets = append(e.Sets, l.id())
	}
	return e
}

func inOrder(lanes []*lane) []*lane {
	slices.SortFunc(lanes, func(a, b *lane) int { return a.index - b.index })
	return slices.Compact(lanes)
}

// idsOf returns the ids of records, the first ones if there are many.
func idsOf(recs []schema.Record) []string {
	const few = 5
	var ids []string
	for _, r := range recs[:min(few, len(recs))] {
		ids = append(ids, r.Base().ID.String())
	}
	return ids
}

// explained adds to the error of a run which module it came from.
func (g *Gateway) explained(err error) error {
	failed, ok := errors.AsType[*engine.NodeError](err)
	if !ok || failed.Node == "" {
		return err
	}
	e := g.lastFailure
	if e == nil { // it did not fail in a tick: the path of the node is all there is
		if e = g.byPath(failed.Node); e == nil {
			return err
		}
	}
	e.Err = err
	return e
}

// byPath locates a node that a module wired.
func (g *Gateway) byPath(path string) *ModuleError {
	for _, n := range g.graph.Topology().Nodes {
		if m := g.owners.of(n.ID); n.Path == path && m != nil {
			e := g.locate(n.ID)
			e.Module, e.IDs = m.name, nil
			return e
		}
	}
	return nil
}
