package engine

import (
	"bytes"
	"fmt"
)

// Dynamic runs a sub-graph for each key of b: when a key appears, wire is called and returns the edge whose ticks are the key's in the basket that
// is returned; when the key goes, the sub-graph is stopped before it could tick in that cycle, and its key goes too. Inside, the key's own edge is SubGraph.Value, edges of the graph around come in by [Attach]
// and must be named in reads, values of the moment by [Edge.Snap]. wire may return the zero Edge if nothing is to come out.
//
// In the cycle in which a key appears its sub-graph starts, what it schedules for now ticks, and it sees what ticked in this cycle. A sub-graph costs its
// wiring when it is made, and in a cycle only if it has something to do. A saved state makes the sub-graphs anew: wire is called with what Snap gives then.
func Dynamic[K comparable, T, O any](b DynamicBasket[K, T], name string, wire func(*SubGraph[K, T]) Edge[O], reads ...interface{ reading() port }) DynamicBasket[K, O] {
	g := b.Graph()
	if g == nil { // kept out of any graph; there is none to report to
		g = New()
	}
	d := &dynamicNode[K, T, O]{wire: wire, subs: map[K]*dynamicSub[K, T]{}}
	n := g.node(name, "dynamic")
	n.body, n.inner, d.node = d, d, n
	d.in, d.out = UseDynamic(n, b), EmitDynamic[K, O](n)
	for _, e := range reads {
		p := e.reading()
		p.listener().node = n
		n.ins = append(n.ins, p)
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
	places []*dynamicSub[K, T] // by place, nil if free
	free   []int
	due    []*[64]uint8 // a mark for each place, 1 = has something to do
	active *Graph       // the sub-graph whose code is running
}

// dynamicSub is one sub-graph.
type dynamicSub[K comparable, T any] struct {
	SubGraph[K, T]
	place int
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
	for _, k := range d.in.Removed() {
		if s := d.subs[k]; s != nil {
			d.drop(s)
		}
		if d.out.Has(k) {
			d.out.Remove(k)
		}
	}
	for _, k := range d.in.Added() {
		if _, err := d.make(k, d.place(), true); err != nil {
			if err != errEnded {
				d.node.Stop(fmt.Errorf("key %v: %w", k, err))
			}
			return
		}
	}
	for c, chunk := range d.due {
		for i := 0; i < len(chunk); i++ {
			j := bytes.IndexByte(chunk[i:], 1)
			if j < 0 {
				break
			}
			i += j
			d.step(d.places[64*c+i])
		}
	}
	*d.node.dirty = 0 // ticks inside have set it
}

// step runs the cycle of one sub-graph.
func (d *dynamicNode[K, T, O]) step(s *dynamicSub[K, T]) {
	if s == nil {
		return
	}
	*d.mark(s.place) = 0
	d.active = s.Graph
	s.Graph.step()
	d.active = nil
	*d.mark(s.place) = 0
	if s.ended {
		d.drop(s)
	}
}

func (d *dynamicNode[K, T, O]) mark(place int) *uint8 { return &d.due[place/64][place%64] }

// make wires and starts the sub-graph of a key.
func (d *dynamicNode[K, T, O]) make(k K, place int, start bool) (*dynamicSub[K, T], error) {
	s := &dynamicSub[K, T]{place: place}
	g := d.node.sub(fmt.Sprintf("%s[%v]/", d.node.Path(), k), d.mark(s.place))
	s.Graph, s.Key = g, k
	d.places[s.place], d.subs[k] = s, s
	e := d.in.src.elems[d.in.src.index[k]]
	s.Value = Attach(g, Edge[T]{&e.series})
	out := d.wire(&s.SubGraph)
	if !out.IsZero() {
		n := g.Node("out")
		in := Use(n, Attach(g, out))
		n.OnTick(func() { d.out.Set(k, *in.Ptr()) })
	}
	d.active = g
	err := g.settle(start)
	d.active = nil
	return s, err
}

// place finds room for a sub-graph.
func (d *dynamicNode[K, T, O]) place() int {
	if n := len(d.free); n > 0 {
		p := d.free[n-1]
		d.free = d.free[:n-1]
		return p
	}
	d.extend(len(d.places) + 1)
	return len(d.places) - 1
}

// extend makes room for n sub-graphs.
func (d *dynamicNode[K, T, O]) extend(n int) {
	for len(d.places) < n {
		if len(d.places)%64 == 0 {
			d.due = append(d.due, new([64]uint8))
		}
		d.places = append(d.places, nil)
	}
}

// drop stops a sub-graph and makes its place free.
func (d *dynamicNode[K, T, O]) drop(s *dynamicSub[K, T]) {
	s.Graph.drop()
	delete(d.subs, s.Key)
	d.places[s.place] = nil
	d.free = append(d.free, s.place)
	*d.mark(s.place) = 0
}

// end stops all sub-graphs with the run.
func (d *dynamicNode[K, T, O]) end() {
	for _, s := range d.places {
		if s != nil {
			d.node.g.root().run.stop(s.Graph)
		}
	}
	d.subs, d.places, d.free, d.due = map[K]*dynamicSub[K, T]{}, nil, nil, nil
}

func (d *dynamicNode[K, T, O]) running() *Graph { return d.active }

func (d *dynamicNode[K, T, O]) graphs() (all []*Graph) {
	for _, s := range d.places {
		if s != nil {
			all = append(all, s.Graph)
		}
	}
	return all
}

func (d *dynamicNode[K, T, O]) save(w *packer) error {
	if err := w.put(&d.free); err != nil {
		return err
	}
	w.uint(uint64(len(d.subs)))
	for _, s := range d.places {
		if s == nil {
			continue
		}
		w.uint(uint64(s.place))
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
	if err := r.get(&d.free); err != nil {
		return err
	}
	n := r.length()
	d.extend(n + len(d.free))
	for range n {
		place := r.uint()
		var k K
		if err := r.get(&k); err != nil {
			return err
		}
		if place >= uint64(len(d.places)) || d.places[place] != nil {
			return errEvents
		}
		if _, ok := d.in.src.index[k]; !ok {
			return fmt.Errorf("has a sub-graph for the key %v, which there is not", k)
		}
		s, err := d.make(k, int(place), false)
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
	return nil
}
