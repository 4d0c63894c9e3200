package engine

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
)

// Dynamic runs a sub-graph for each key of b: when a key appears, wire is called and returns the edge whose ticks are the key's in the basket that
// is returned; when the key goes, its sub-graph runs a last time in that cycle and is stopped, and its key goes too: in that cycle, or, if the sub-graph
// ticked in it, in the next one at the same time. Inside, the key's own edge is SubGraph.Value, edges of the graph around come in by [Attach]
// and must be named in reads, values of the moment by [Edge.Snap]. wire may return the zero Edge if nothing is to come out.
//
// In the cycle in which a key appears its sub-graph starts, what it schedules for now ticks, and it sees what ticked in this cycle; its key appears at once,
// not valid before it ticks. The sub-graphs run in the order of [DynamicIn.Keys], each as a whole. A sub-graph costs its
// wiring when it is made, and in a cycle only if it has something to do. A saved state makes the sub-graphs anew: wire is called with what Snap gives then.
func Dynamic[K comparable, T, O any](b DynamicBasket[K, T], name string, wire func(*SubGraph[K, T]) Edge[O], reads ...interface{ reading() port }) DynamicBasket[K, O] {
	g := b.Graph()
	if g == nil { // kept out of any graph; there is none to report to
		g = New()
	}
	d := &dynamicNode[K, T, O]{wire: wire, subs: map[K]*dynamicSub[K, T]{}}
	n := g.node(name, "dynamic")
	n.body, n.inner, d.node = d, d, n
	d.in, d.out, d.late = UseDynamic(n, b), EmitDynamic[K, O](n), NewAlarm[bool](n)
	for _, e := range reads {
		p := e.reading()
		p.listener().node = n
		n.reading(p.input, p.field)
	}
	n.OnStop(func() error { d.end(); return nil })
	return d.out.Basket()
}

// dynamicNode is the body of the node that runs the sub-graphs.
type dynamicNode[K comparable, T, O any] struct {
	node *Node
	in   *DynamicIn[K, T]
	out  *DynamicOut[K, O]
	wire func(*SubGraph[K, T]) Edge[O]

	subs   map[K]*dynamicSub[K, T]
	places []*dynamicSub[K, T] // in the order of running: as keys of a basket, the last takes the place of one that goes
	due    []*[64]uint8        // a mark for each place, 1 = has something to do
	active *Graph              // the sub-graph whose code is running
	uneven bool                // the outputs are not all of one rank

	leaving []K // keys that go with the next tick of late, because they ticked with their last cycle
	late    *Alarm[bool]
}

// dynamicSub is one sub-graph.
type dynamicSub[K comparable, T any] struct {
	SubGraph[K, T]
	place int
	rank  int    // of what puts its ticks out
	made  uint64 // the cycle in which it was
}

// nest is a node with graphs inside.
type nest interface {
	// graphs lists them in an order that a saved state keeps.
	graphs() []*Graph
	// running is the one whose code is running, nil if none is.
	running() *Graph
	savable
}

func (d *dynamicNode[K, T, O]) Tick() {
	d.leave()
	for _, k := range d.in.Added() {
		if old := d.subs[k]; old != nil { // went and came back in one cycle
			d.drop(old)
		}
		if _, err := d.make(k, true); err != nil {
			if err != errEnded {
				d.node.Stop(fmt.Errorf("key %v: %w", k, err))
			}
			return
		}
	}
	ended := d.run()
	for _, k := range d.in.Removed() {
		if s := d.subs[k]; s != nil && s.made != d.node.Cycle() {
			d.drop(s)
		}
	}
	for _, s := range ended {
		if d.subs[s.Key] == s {
			d.drop(s)
		}
	}
	*d.node.dirty = 0 // ticks inside have set it
}

// run runs the cycle of each sub-graph that is due, and returns those that want to end with it.
func (d *dynamicNode[K, T, O]) run() (ended []*dynamicSub[K, T]) {
	for c, chunk := range d.due {
		for i := 0; i < len(chunk); i++ {
			j := bytes.IndexByte(chunk[i:], 1)
			if j < 0 {
				break
			}
			i += j
			s := d.places[64*c+i]
			if d.step(s); s.ended {
				ended = append(ended, s)
			}
		}
	}
	if d.uneven {
		d.sort()
	}
	return ended
}

// step runs the cycle of one sub-graph.
func (d *dynamicNode[K, T, O]) step(s *dynamicSub[K, T]) {
	*d.mark(s.place) = 0
	d.active = s.Graph
	if root := d.node.g.root(); root.watching {
		s.Graph.look(root.watch)
	} else {
		s.Graph.step()
	}
	d.active = nil
	*d.mark(s.place) = 0
}

// sort puts what ticked in the order of ranks, as in a basket whose keys are fixed.
func (d *dynamicNode[K, T, O]) sort() {
	if d.out.tickAt != d.node.Cycle() {
		return
	}
	rank := func(i int) int { return d.subs[d.out.keys[i]].rank }
	slices.SortStableFunc(d.out.ticked, func(a, b int) int { return cmp.Compare(rank(a), rank(b)) })
}

func (d *dynamicNode[K, T, O]) mark(place int) *uint8 { return &d.due[place/64][place%64] }

// make wires and starts the sub-graph of a key.
func (d *dynamicNode[K, T, O]) make(k K, start bool) (*dynamicSub[K, T], error) {
	s := &dynamicSub[K, T]{place: len(d.places), made: d.node.Cycle()}
	if s.place == 64*len(d.due) {
		d.due = append(d.due, new([64]uint8))
	}
	g := d.node.sub(fmt.Sprintf("%s[%v]/", d.node.Path(), k), d.mark(s.place))
	s.Graph, s.Key = g, k
	d.places, d.subs[k] = append(d.places, s), s
	e := d.in.src.elems[d.in.src.index[k]]
	s.Value = Attach(g, Edge[T]{&e.series})
	out := d.wire(&s.SubGraph)
	var n *Node
	if !out.IsZero() {
		n = g.Node("out")
		in := Use(n, Attach(g, out))
		n.OnTick(func() { d.out.Set(k, *in.Ptr()) })
		if start {
			d.out.appear(k)
		}
	}
	d.active = g
	err := g.settle(start)
	d.active = nil
	if n != nil {
		s.rank = n.rank
		d.uneven = d.uneven || s.rank != d.places[0].rank
	}
	return s, err
}

// drop stops a sub-graph and takes its key away.
func (d *dynamicNode[K, T, O]) drop(s *dynamicSub[K, T]) {
	s.Graph.drop()
	if p := d.node.g.root().watch.p; p != nil {
		p.forget(s.Graph)
	}
	delete(d.subs, s.Key)
	last := len(d.places) - 1
	from, to := d.mark(last), d.mark(s.place)
	if moved := d.places[last]; moved != s {
		*to = *from
		moved.place = s.place
		d.places[s.place] = moved
		moved.Graph.inside.due = to
		moved.Graph.rewire()
	}
	*from = 0
	d.places[last] = nil
	d.places = d.places[:last]
	d.release(s.Key)
}

// release takes a key away, at once or when its tick has been seen.
func (d *dynamicNode[K, T, O]) release(k K) {
	switch e := d.out.element(k); {
	case e == nil:
	case e.last != d.node.Cycle() && e.added != d.node.Cycle():
		d.out.Remove(k)
	default:
		if len(d.leaving) == 0 {
			d.late.After(0, true)
		}
		d.leaving = append(d.leaving, k)
	}
}

func (d *dynamicNode[K, T, O]) leave() {
	if !d.late.Ticked() {
		return
	}
	for _, k := range d.leaving {
		d.out.Remove(k)
	}
	d.leaving = d.leaving[:0]
}

// end stops all sub-graphs with the run.
func (d *dynamicNode[K, T, O]) end() {
	for _, s := range d.places {
		d.node.g.root().run.stop(s.Graph)
	}
	d.subs, d.places, d.due, d.leaving, d.uneven = map[K]*dynamicSub[K, T]{}, nil, nil, nil, false
}

func (d *dynamicNode[K, T, O]) running() *Graph { return d.active }

func (d *dynamicNode[K, T, O]) graphs() (all []*Graph) {
	for _, s := range d.places {
		all = append(all, s.Graph)
	}
	return all
}

func (d *dynamicNode[K, T, O]) save(w *packer) error {
	if err := w.put(&d.leaving); err != nil {
		return err
	}
	w.uint(uint64(len(d.places)))
	for _, s := range d.places {
		if err := w.put(&s.Key); err != nil {
			return err
		}
		for _, n := range s.Graph.nodes {
			if err := n.save(w); err != nil {
				return fmt.Errorf("node %q: %w", n.Path(), err)
			}
		}
	}
	return nil
}

// load makes the sub-graphs that there were. The basket that they belong to has its elements by then, because it is of a lower number.
func (d *dynamicNode[K, T, O]) load(r *unpacker) error {
	if err := r.get(&d.leaving); err != nil {
		return err
	}
	for range r.length() {
		var k K
		if err := r.get(&k); err != nil {
			return err
		}
		if _, ok := d.in.src.index[k]; !ok || d.subs[k] != nil {
			return fmt.Errorf("has a sub-graph for the key %v, which there is not, or two", k)
		}
		s, err := d.make(k, false)
		if err != nil {
			return err
		}
		for _, n := range s.Graph.nodes {
			if err := n.load(r); err != nil {
				return fmt.Errorf("node %q: %w", n.Path(), err)
			}
		}
		clear(s.Graph.dirty)
		clear(s.Graph.block)
		*d.mark(s.place) = 0
	}
	return r.err
}
