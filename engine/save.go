package engine

import (
	"fmt"
	"hash/fnv"
)

// savedAs begins every saved state; the digit is the version of the layout.
const savedAs = "gw engine state 2\n"

// savable is an edge's or a source's part of a saved state.
type savable interface {
	save(w *packer) error
	load(r *unpacker) error
}

// Save returns the state of the graph between two cycles: time and cycle, the last value, time and count of every edge, what is scheduled
// or waits, how far sources have read, and what nodes keep ([Keeper], [Node.Keep]). Equal states are equal bytes. Call it on the engine's goroutine in
// a hook of [Graph.OnCycleEnd] or a predicate of [Control.When], or after Run has returned. It costs O(nodes + state).
func (g *Graph) Save() ([]byte, error) {
	if err := g.Build(); err != nil {
		return nil, err
	}
	w := &packer{buf: []byte(savedAs)}
	w.uint(uint64(len(g.nodes)))
	w.int(int64(g.began))
	w.int(int64(g.clk.now))
	w.uint(g.clk.cycle)
	for _, n := range g.nodes {
		if err := n.save(w); err != nil {
			return nil, fmt.Errorf("node %q: its state: %w", n.name, err)
		}
	}
	for _, p := range g.groups {
		if err := p.save(w); err != nil {
			return nil, err
		}
	}
	g.sched.save(w, g.targets())
	h := fnv.New64a()
	h.Write(w.buf)
	w.bits(h.Sum64())
	return w.buf, nil
}

// save packs what belongs to n, after what tells whether another n may take it over.
func (n *Node) save(w *packer) error {
	w.string(n.name)
	version, state := n.kept()
	w.int(int64(version))
	w.uint(n.shape(state))
	for i := range n.ins {
		w.bool(n.ins[i].listener().passive)
	}
	for _, o := range n.outs {
		if err := o.save(w); err != nil {
			return err
		}
	}
	if s, ok := n.source.(savable); ok {
		if err := s.save(w); err != nil {
			return err
		}
	}
	for _, p := range state {
		if err := w.put(p); err != nil {
			return err
		}
	}
	if n.inner != nil {
		return n.inner.save(w)
	}
	return nil
}

// shape is a number for the types of what n saves.
func (n *Node) shape(state []any) uint64 {
	h := fnv.New64a()
	fmt.Fprintf(h, "%s %d", n.kind, len(n.ins))
	for _, o := range n.outs {
		fmt.Fprintf(h, " %T", o)
	}
	for _, p := range state {
		fmt.Fprintf(h, " %T", p)
	}
	return h.Sum64()
}

// targets lists what events may tick, in the order of nodes.
func (g *Graph) targets() (all []target) {
	for _, n := range g.nodes {
		if t, ok := n.source.(target); ok {
			all = append(all, t)
		}
		for _, o := range n.outs {
			if t, ok := o.(target); ok {
				all = append(all, t)
			}
		}
		if n.inner == nil {
			continue
		}
		for _, sub := range n.inner.graphs() {
			all = append(all, sub.targets()...)
		}
	}
	return all
}

func (s *series[T]) save(w *packer) error {
	w.uint(s.last)
	w.uint(s.count)
	w.int(int64(s.at))
	if s.cold != nil && s.cold.ring != nil {
		if err := s.cold.ring.save(w); err != nil {
			return err
		}
	}
	if s.last == 0 {
		return nil
	}
	return w.put(&s.val)
}

func (s *series[T]) load(r *unpacker) error {
	s.last, s.count, s.at = r.uint(), r.uint(), Time(r.int())
	if s.cold != nil && s.cold.ring != nil {
		if err := s.cold.ring.load(r); err != nil {
			return err
		}
	}
	if s.last == 0 {
		return r.err
	}
	return r.get(&s.val)
}
