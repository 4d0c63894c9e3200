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
	see := func(id uint32, where string) {
		if seen[id] || id == none || int(id) >= len(s.marks) {
			say("event %d in the %s is unknown or seen before", id, where)
		}
		seen[id] = true
	}
	pages := 0
	walk := func(l list, of uint16, where string) (events int) {
		prev := none
		for c := l.head; c != none; prev, c = c, s.pages[c].next {
			if p := &s.pages[c]; p.of != of || p.prev != prev {
				say("page %d in the %s is of %d, after %d, want %d, after %d", c, where, p.of, p.prev, of, prev)
			}
			events += s.checkPage(c, say)
			pages++
		}
		if l.tail != prev {
			say("the %s ends at page %d, want %d", where, l.tail, prev)
		}
		for e := range s.all(l) {
			see(e.id, where)
		}
		return events
	}
	inWheel := 0
	for k, l := range s.wheel.lists {
		if set := s.wheel.bits[k/slots]>>(k%slots)&1 == 1; set != (l.head != none) {
			say("bit of slot %d is %v", k, set)
		}
		inWheel += walk(l, uint16(k), "wheel")
		for e := range s.all(l) {
			if e.at < now || int(s.wheel.slot(e.at)) != k {
				say("event of %d lies in slot %d at %d", e.at, k, now)
			}
		}
	}
	if s.front.to != nil {
		see(s.front.id, "front")
		inWheel++
	}
	if inWheel != s.count {
		say("%d events are scheduled, counted %d", inWheel, s.count)
	}
	for _, t := range s.waiting {
		if walk(*t.held(), ofTarget, "list of a target") == 0 {
			say("a target waits for nothing")
		}
	}
	walk(s.lasts, ofLasts, "list of the last")
	for i := s.free; i != none; i = s.marks[i].place {
		see(i, "free list")
	}
	if len(seen) != len(s.marks)-1 {
		say("%d events of %d have a place", len(seen), len(s.marks)-1)
	}
	for c := s.spare; c != none; c = s.pages[c].next {
		pages++
	}
	if pages != len(s.pages)-1 {
		say("%d pages of %d have a place", pages, len(s.pages)-1)
	}
}

// checkPage counts the events of page c.
func (s *scheduler) checkPage(c uint32, say func(string, ...any)) (events int) {
	p := &s.pages[c]
	for i := range p.n {
		e := &p.events[i]
		if e.to == nil {
			continue
		}
		events++
		if m := s.marks[e.id]; m.place != c<<pageBits|uint32(i) {
			say("event %d lies at %d of page %d, its mark says %#x", e.id, i, c, m.place)
		}
	}
	if events == 0 || events != int(p.live) {
		say("page %d has %d events, counted %d", c, events, p.live)
	}
	return events
}

// EventPages tells how many pages hold what is scheduled.
func (g *Graph) EventPages() int { return len(g.sched.pages) - 1 }
