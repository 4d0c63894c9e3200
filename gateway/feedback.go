package gateway

import "slices"

// wiring is who feeds whom among the nodes of the graph, by their IDs, with the setters of lanes that are not connected
// to them yet. Feedbacks of the graph itself are left out: they lead to the next cycle.
type wiring struct {
	next  [][]int
	lanes []*lane
}

func (g *Gateway) wired() *wiring {
	t := g.graph.Topology()
	w := &wiring{next: make([][]int, len(t.Nodes)), lanes: g.lanes}
	for _, e := range t.Edges {
		if !e.Feedback {
			w.next[e.From] = append(w.next[e.From], e.To)
		}
	}
	for _, l := range g.lanes {
		for _, from := range l.wire.sources() {
			w.next[from.ID()] = append(w.next[from.ID()], l.wire.node().ID())
		}
	}
	return w
}

// cutLoops puts a feedback behind each setter that depends on the lane it sets. Lanes are looked at in the order of
// their declaration, so that the order of modules does not decide where a loop is cut.
func (g *Gateway) cutLoops() {
	w := g.wired()
	loop := w.looping()
	if !slices.Contains(loop, true) {
		return
	}
	for _, l := range g.lanes {
		at := l.wire.node().ID()
		if !loop[at] {
			continue
		}
		reached := w.from(at)
		for i, from := range l.wire.sources() {
			if reached[from.ID()] {
				l.wire.feedBack(i)
				w.cut(from.ID(), at)
			}
		}
	}
}

// looping tells for each node whether it may be part of a loop: what is left when nodes that nothing feeds are taken
// away, again and again.
func (w *wiring) looping() []bool {
	fed := make([]int, len(w.next))
	for _, next := range w.next {
		for _, to := range next {
			fed[to]++
		}
	}
	loop := make([]bool, len(fed))
	var free []int
	for n := range fed {
		loop[n] = true
		if fed[n] == 0 {
			free = append(free, n)
		}
	}
	for len(free) > 0 {
		n := free[len(free)-1]
		free = free[:len(free)-1]
		loop[n] = false
		for _, to := range w.next[n] {
			if fed[to]--; fed[to] == 0 {
				free = append(free, to)
			}
		}
	}
	return loop
}

// from tells for each node whether a tick of n can reach it in the same cycle.
func (w *wiring) from(n int) []bool {
	reached := make([]bool, len(w.next))
	reached[n] = true
	path := []int{n}
	for len(path) > 0 {
		n := path[len(path)-1]
		path = path[:len(path)-1]
		for _, to := range w.next[n] {
			if !reached[to] {
				reached[to] = true
				path = append(path, to)
			}
		}
	}
	return reached
}

// cut takes one way from a setter to a lane away.
func (w *wiring) cut(from, to int) {
	if i := slices.Index(w.next[from], to); i >= 0 {
		w.next[from] = slices.Delete(w.next[from], i, i+1)
	}
}
