package engine

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
)

// Restore lets the next Run go on where [Graph.Save] was called, in a graph that is wired the same way: its sources and nodes start as in the run
// that was saved, at its start, whatever Config.Start says; then all state is set, and the next cycle is the one that would have come. Not during Run.
//
// Data that is damaged is refused here; a graph that is wired otherwise or keeps another version of state, by Run.
func (g *Graph) Restore(data []byte) error {
	body, ok := bytes.CutPrefix(data, []byte(savedAs))
	if !ok || len(body) < 8 {
		return errors.New("this is no saved engine state, or one of another version of the engine")
	}
	h := fnv.New64a()
	h.Write(data[:len(data)-8])
	if h.Sum64() != binary.LittleEndian.Uint64(data[len(data)-8:]) {
		return errors.New("the saved state is damaged: its check sum is wrong")
	}
	r := unpacker{buf: body[:len(body)-8]}
	s := &saved{nodes: r.uint(), start: Time(r.int()), clk: clock{now: Time(r.int()), cycle: r.uint()}}
	if r.err != nil {
		return r.err
	}
	s.rest = bytes.Clone(r.buf)
	g.resume = s
	return nil
}

// saved is a state that the next run takes over.
type saved struct {
	nodes uint64
	start Time
	clk   clock
	rest  []byte
}

// apply sets the state of the graph, which has started.
func (s *saved) apply(g *Graph) error {
	if s.nodes != uint64(len(g.nodes)) {
		return fmt.Errorf("the saved state is of a graph of %d nodes, this one has %d", s.nodes, len(g.nodes))
	}
	g.clk.cycle, g.clk.now = s.clk.cycle, s.clk.now
	r := &unpacker{buf: s.rest}
	for _, n := range g.nodes {
		if err := n.load(r); err != nil {
			return fmt.Errorf("node %q: its saved state: %w", n.name, err)
		}
	}
	for _, p := range g.groups {
		if err := p.load(r); err != nil {
			return fmt.Errorf("push group %q: %w", p.name, err)
		}
	}
	g.sched.reset(s.clk.now)
	if err := g.sched.load(r, g.targets()); err != nil {
		return fmt.Errorf("what is scheduled: %w", err)
	}
	g.relisten()
	return nil
}

// load sets what save packed.
func (n *Node) load(r *unpacker) error {
	if name := r.string(); name != n.name {
		return fmt.Errorf("is of a node %q", name)
	}
	version, state := n.kept()
	if v := r.int(); v != int64(version) {
		return fmt.Errorf("has version %d, want %d", v, version)
	}
	if r.uint() != n.shape(state) {
		return errors.New("has other types")
	}
	for i := range n.ins {
		n.ins[i].listener().passive = r.bool()
	}
	for _, o := range n.outs {
		if err := o.load(r); err != nil {
			return err
		}
	}
	if s, ok := n.source.(savable); ok {
		if err := s.load(r); err != nil {
			return err
		}
	}
	for _, p := range state {
		if err := r.get(p); err != nil {
			return err
		}
	}
	if n.inner != nil && r.err == nil {
		return n.inner.load(r)
	}
	return r.err
}

// relisten takes over which inputs are passive.
func (g *Graph) relisten() {
	for _, h := range g.up {
		h.relink()
	}
	for _, n := range g.nodes {
		if n.inner == nil {
			continue
		}
		for _, sub := range n.inner.graphs() {
			sub.relisten()
		}
	}
}
