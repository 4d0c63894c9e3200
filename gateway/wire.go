package gateway

import (
	"fmt"

	"gw/engine"
	"gw/schema"
)

// wirer is the part of a lane within the graph, seen without its type.
type wirer interface {
	// node is the one that ticks the lane.
	node() *engine.Node
	// sources are the nodes that the setters' edges come from.
	sources() []*engine.Node
	setters() []string
	feedbacks() []string
	// feedBack puts a feedback between a setter and the lane.
	feedBack(setter int)
	// finish lets the setters tick the lane.
	finish()
	ticks() engine.Edge[*Tick]
	// setRecords adds a setter whose values are records; the label is the connecting module's name unless given.
	setRecords(e engine.Edge[[]schema.Record], label string)
}

// A wire is the typed part of a lane: its node and tap, which exist before anybody has set it, and its setters.
type wire[T any] struct {
	lane   *lane
	values values[T]
	merge  *merge[T]
	tap    *tap[T]
	inputs []input[T]
}

type input[T any] struct {
	edge     engine.Edge[T]
	setter   string
	feedback bool
}

func newWire[T any](l *lane, v values[T]) *wire[T] {
	g := l.port.g
	w := &wire[T]{lane: l, values: v, merge: newMerge(g, l.id(), v)}
	w.tap = engine.AddNamed(g.graph, l.id()+" tap", &tap[T]{
		In: engine.From(w.merge.out.Edge()), lane: l, values: v, hub: &g.hub,
	})
	l.wire = w
	return w
}

// get notes that the connecting module reads the lane.
func (w *wire[T]) get() engine.Edge[T] {
	w.lane.port.g.reads(w.lane)
	return w.merge.out.Edge()
}

func (w *wire[T]) ticks() engine.Edge[*Tick] {
	w.lane.port.g.reads(w.lane)
	return w.tap.Out.Edge()
}

// set adds a setter; the label is the connecting module's name unless given.
func (w *wire[T]) set(e engine.Edge[T], label string) {
	g := w.lane.port.g
	if !g.wiring(w.lane.id(), "set") {
		return
	}
	if e.IsZero() {
		g.blame(fmt.Errorf("channel %q: set to an edge that is the zero Edge", w.lane.id()))
		return
	}
	if label == "" {
		label = g.connecting
	}
	w.inputs = append(w.inputs, input[T]{edge: e, setter: label})
	w.lane.port.provided = true
}

func (w *wire[T]) setRecords(e engine.Edge[[]schema.Record], label string) {
	if e.IsZero() {
		w.set(engine.Edge[T]{}, label)
		return
	}
	g := w.lane.port.g
	typ, isList := w.values.kind()
	n := g.graph.Node(w.lane.id() + " from records")
	in, out := engine.Use(n, e), engine.Emit[T](n)
	n.OnTick(func() {
		recs := in.Get()
		if len(recs) == 0 && !isList {
			return
		}
		for _, r := range recs {
			if err := isA(typ, r); err != nil {
				n.Stop(fmt.Errorf("channel %q: %w", w.lane.id(), err))
				return
			}
		}
		out.Set(w.values.of(recs))
	})
	w.set(out.Edge(), label)
}

func (w *wire[T]) node() *engine.Node { return w.merge.node }

func (w *wire[T]) sources() []*engine.Node {
	var nodes []*engine.Node
	for _, in := range w.inputs {
		nodes = append(nodes, in.edge.Node())
	}
	return nodes
}

func (w *wire[T]) setters() []string {
	var names []string
	for _, in := range w.inputs {
		names = append(names, in.setter)
	}
	return names
}

func (w *wire[T]) feedbacks() []string {
	var names []string
	for _, in := range w.inputs {
		if in.feedback {
			names = append(names, in.setter)
		}
	}
	return names
}

func (w *wire[T]) feedBack(setter int) {
	f := engine.NewFeedback[T](w.lane.port.g.graph)
	f.Bind(w.inputs[setter].edge)
	w.inputs[setter].edge, w.inputs[setter].feedback = f.Edge(), true
}

func (w *wire[T]) finish() {
	for _, in := range w.inputs {
		w.merge.use(in.edge, in.setter)
	}
}
