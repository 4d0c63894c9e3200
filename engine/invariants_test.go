package engine

import (
	"fmt"
	"maps"
)

// CheckInvariants walks the graph between two cycles and reports every part of it that is not as it must be.
func (g *Graph) CheckInvariants() (wrong []error) {
	say := func(format string, args ...any) { wrong = append(wrong, fmt.Errorf(format, args...)) }
	for i, b := range g.dirty {
		if b != 0 {
			say("dirty[%d] is set", i)
		}
	}
	for i, b := range g.block {
		if b != 0 {
			say("block[%d] is set", i)
		}
	}
	k := 0
	for _, n := range g.nodes {
		g.checkNode(n, say)
		for range n.ins {
			if h := g.up[k]; h.node.g == g && h.node.rank >= n.rank {
				say("%s of rank %d reads %s of rank %d", n.Path(), n.rank, h.node.Path(), h.node.rank)
			}
			if h := g.up[k]; h.node.into == nil && !h.hears(n.ins[k-g.firstInput(n)].listener()) {
				say("%s does not hear %s", n.Path(), h.node.Path())
			}
			k++
		}
		if n.inner != nil {
			n.inner.(interface{ check(func(string, ...any)) }).check(say)
			for _, sub := range n.inner.graphs() {
				wrong = append(wrong, sub.CheckInvariants()...)
			}
		}
	}
	if g.inside == nil {
		g.sched.check(g.clk.now, say)
	}
	return wrong
}

func (g *Graph) firstInput(n *Node) (k int) {
	for _, m := range g.nodes[:n.id] {
		k += len(m.ins)
	}
	return k
}

func (g *Graph) checkNode(n *Node, say func(string, ...any)) {
	if n.body != nil && n.into == nil {
		if g.order[n.index] != n || n.dirty != &g.dirty[n.index] || n.block != &g.block[n.index>>blockBits] {
			say("%s is not at its place %d", n.Path(), n.index)
		}
	}
	for _, h := range n.heads {
		if h.last > g.clk.cycle || h.at > g.clk.now || h.count > h.last || (h.count == 0) != (h.last == 0) {
			say("%s ticked at cycle %d, %d times, in cycle %d", n.Path(), h.last, h.count, g.clk.cycle)
		}
	}
}

// hears tells whether the listener is one of h's, and a tick of h makes due what is to be due, and nothing else.
func (h *head) hears(l *link) bool {
	listed := false
	want := map[*uint8]bool{}
	for _, s := range h.subs {
		listed = listed || s == l
		if !s.passive {
			h.wants(s, want)
		}
	}
	got := map[*uint8]bool{}
	if h.d != &h.node.g.nobody[0] {
		got[h.d] = true
	}
	if h.fan != nil {
		for _, d := range h.fan.dirty {
			got[d] = true
		}
	}
	return listed && maps.Equal(got, want)
}

// wants notes the bytes that make the active listener l due.
func (h *head) wants(l *link, due map[*uint8]bool) {
	due[l.node.dirty] = true
	if m := l.more; m != nil && m.mark != nil {
		due[m.mark] = true
	}
	g := l.node.g
	if h.node.g == g && h.node.source == nil && l.node != h.node { // within a graph that runs anyway
		return
	}
	for ; g.inside != nil; g = g.inside.outer.g {
		due[g.inside.due], due[g.inside.outer.dirty] = true, true
	}
}

// check looks whether each sub-graph is where it says, with nothing to do.
func (d *dynamicNode[K, T, O]) check(say func(string, ...any)) {
	if len(d.subs) != len(d.places) {
		say("%s: %d sub-graphs at %d places", d.node.Path(), len(d.subs), len(d.places))
	}
	for i, s := range d.places {
		if s.place != i || d.subs[s.Key] != s || s.Graph.inside.due != d.mark(i) || *d.mark(i) != 0 {
			say("%s: the sub-graph of key %v is not at its place %d, or due", d.node.Path(), s.Key, i)
		}
	}
}

// check counts every event once, at its place.
func (s *scheduler) check(now Time, say func(string, ...any)) {
	seen := map[uint32]bool{}
	see := func(i uint32, state uint8, where string) {
		if seen[i] || s.pool[i].state != state {
			say("event %d in the %s: state %d, want %d; seen before: %v", i, where, s.pool[i].state, state, seen[i])
		}
		seen[i] = true
	}
	inWheel := 0
	for k := range s.wheel.lists {
		l := s.wheel.lists[k]
		if set := s.wheel.bits[k/slots]>>(k%slots)&1 == 1; set != (l.head != noEvent) {
			say("bit of slot %d is %v", k, set)
		}
		for _, i := range s.chain(nil, l.head) {
			see(i, queued, "wheel")
			if at := s.pool[i].at; at < now || int(s.wheel.slot(at)) != k {
				say("event of %d lies in slot %d at %d", at, k, now)
			}
			inWheel++
		}
	}
	if s.front != noEvent {
		see(s.front, front, "front")
		inWheel++
	}
	if inWheel != s.count {
		say("%d events are scheduled, counted %d", inWheel, s.count)
	}
	for _, t := range s.waiting {
		if t.held().head == noEvent {
			say("a target waits for nothing")
		}
		for _, i := range s.chain(nil, t.held().head) {
			see(i, refused, "queue of a target")
		}
	}
	for _, i := range s.chain(nil, s.lasts.head) {
		see(i, delayed, "list of the last")
	}
	for _, i := range s.chain(nil, s.free) {
		see(i, idle, "free list")
	}
	if len(seen) != len(s.pool)-1 {
		say("%d events of %d have a place", len(seen), len(s.pool)-1)
	}
}
