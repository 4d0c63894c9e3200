package engine

import (
	"errors"
	"fmt"
)

// SubGraph is the part of a graph that [Dynamic] wires for one key. It has nodes, alarms, timers and feedbacks as any graph; push adapters, pull adapters with
// goroutines of their own and hooks belong into the outer graph.
type SubGraph[K comparable, T any] struct {
	*Graph
	Key   K       // the key it was wired for
	Value Edge[T] // the key's own edge in the basket
	ended bool
}

// End stops the sub-graph after this cycle, as if its key went: what it ticks in the cycle is seen, and its key goes. Engine goroutine only, in a node of the sub-graph.
func (s *SubGraph[K, T]) End() { s.ended = true }

// Attach returns an edge of the sub-graph g that stands for e, an edge of the graph around it: operators over it add their nodes to g. e must be
// named as read in the call of [Dynamic].
func Attach[T any](g *Graph, e Edge[T]) Edge[T] {
	d := NewDelayed[T](g)
	d.s.cold.alias = e.s
	return d.Edge()
}

// Snap returns the last value of e, and false if it has none. It is for wiring a sub-graph while the graph runs; a node reads by its inputs. Engine
// goroutine only.
func (e Edge[T]) Snap() (v T, ok bool) {
	if e.s == nil {
		return v, false
	}
	s, err := e.s.target()
	if err != nil {
		return v, false
	}
	return s.val, s.last != 0
}

// reading is an input on the edge for its rank alone.
func (e Edge[T]) reading() port {
	in := &In[T]{src: e.s}
	in.passive = true
	return port{in, "of a sub-graph"}
}

// inside ties a graph to the node that runs it.
type inside struct {
	outer *Node
	due   *uint8     // the node's mark for it
	part  *innerPart // what the profiler has of it, nil if it has not been seen
}

// sub returns a new graph that n runs.
func (n *Node) sub(scope string, due *uint8) *Graph {
	return &Graph{
		clk: n.g.clk, sched: n.g.sched, plans: n.g.plans, control: n.g.control, intake: n.g.intake, run: n.g.run,
		inside: &inside{outer: n, due: due}, scope: scope, cur: -1,
	}
}

// root is the graph that runs.
func (g *Graph) root() *Graph {
	for g.inside != nil {
		g = g.inside.outer.g
	}
	return g
}

// within tells whether g is outer or lies in it.
func (g *Graph) within(outer *Graph) bool {
	for ; g != nil; g = g.inside.outer.g {
		if g == outer {
			return true
		}
		if g.inside == nil {
			return false
		}
	}
	return false
}

// wake makes the listener's way out due: the nodes around its graph. Ticks of a node inside come while these run anyway.
func (h *head) wake(first bool, l *link) bool {
	g := l.node.g
	if h.node.g == g && h.node.source == nil && l.node != h.node {
		return first
	}
	for ; g.inside != nil; g = g.inside.outer.g {
		first = h.listen(first, g.inside.due, g.inside.outer.block)
		first = h.listen(first, g.inside.outer.dirty, g.inside.outer.block)
	}
	return first
}

var errLateRank = errors.New("reads an edge of the graph around it that was not named in the call of Dynamic")

// settle builds g, which lies in a running graph, and starts it. What it schedules for now ticks at once if deliver is true.
func (g *Graph) settle(deliver bool) error {
	if err := g.Build(); err != nil {
		return err
	}
	r, s := g.root().run, g.sched
	g.relink()
	g.hush()
	events, ok := s.catch(g.clk.now, func() bool { return r.startSources(g) && r.startNodes(g) })
	if !ok {
		g.root().raise(flagStop)
		return errEnded
	}
	if deliver {
		s.deliverAll(events)
	}
	return nil
}

// errEnded stands for failures that are known already.
var errEnded = errors.New("")

// drop stops g and takes back all that it has outside of itself.
func (g *Graph) drop() {
	g.root().run.stop(g)
	g.sched.forget(g.targets())
	k := 0
	for _, n := range g.nodes {
		for range n.ins {
			if h := g.up[k]; h.node.g != g {
				h.unlisten(g)
			}
			k++
		}
	}
}

// unlisten takes all listeners in g away.
func (h *head) unlisten(g *Graph) {
	kept := h.subs[:0]
	for _, l := range h.subs {
		if l.node.g != g {
			kept = append(kept, l)
		}
	}
	clear(h.subs[len(kept):])
	h.subs = kept
	h.relink()
}

// rewire writes the mark of g, which has another one now, into every head that wakes g.
func (g *Graph) rewire() {
	for _, n := range g.nodes {
		for _, h := range n.heads {
			h.relink()
		}
		if n.inner == nil {
			continue
		}
		for _, sub := range n.inner.graphs() {
			sub.rewire()
		}
	}
	for _, h := range g.up {
		if h.node.g != g {
			h.relink()
		}
	}
}

// outside tells what is wrong with reading an edge from around g.
func (g *Graph) outside(h *head) error {
	for g.inside.outer.g != h.node.g {
		g = g.inside.outer.g
	}
	if n := g.inside.outer; h.node.rank >= n.rank || h.node.into != nil {
		return fmt.Errorf("%q: %w", h.node.Path(), errLateRank)
	}
	return nil
}
