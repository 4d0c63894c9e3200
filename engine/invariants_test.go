package engine

import "fmt"

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

// hears tells whether a tick of h makes the listener due, or does not if it is passive.
func (h *head) hears(l *link) bool {
	listed := false
	for _, s := range h.subs {
		listed = listed || s == l
	}
	if l.passive {
		return listed
	}
	is := h.d == l.node.dirty
	if h.fan != nil {
		for _, d := range h.fan.dirty {
			is = is || d == l.node.dirty
		}
	}
	return listed && is
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
