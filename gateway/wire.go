package gateway

import (
	"cmp"
	"fmt"
	"slices"
	"time"

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
	// ticking returns the value that ticks the lane in this cycle, none if it does not. Engine goroutine only.
	ticking() []schema.Record
	// arrange puts the setters into their final order.
	arrange()
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
	// override, if it is one, takes the place of all setters.
	override engine.Edge[T]
}

type input[T any] struct {
	edge     engine.Edge[T]
	setter   string
	module   *module // nil for values from outside and for released ones
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
	in := input[T]{edge: e, setter: label}
	if label == "" {
		in.setter, in.module = g.connecting, g.module
		in.edge = blocked(e, g.blockedUntil())
	}
	w.inputs = append(w.inputs, in)
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

// blocked lets nothing of e through before a time.
func blocked[T any](e engine.Edge[T], until time.Time) engine.Edge[T] {
	if until.IsZero() {
		return e
	}
	from := engine.TimeOf(until)
	n := e.Graph().Node("blocked")
	in, out := engine.Use(n, e), engine.Emit[T](n)
	n.OnTick(func() {
		if n.Now() >= from {
			out.Set(*in.Ptr())
		}
	})
	return out.Edge()
}

func (w *wire[T]) node() *engine.Node { return w.merge.node }

func (w *wire[T]) ticking() []schema.Record {
	if w.merge.cycle == 0 || w.merge.cycle != w.merge.node.Cycle() {
		return nil
	}
	return w.values.tick(w.merge.out.Slot(), false).Records
}

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

// arrange sorts the setters by the names of their modules, so that the order of modules decides nothing; those of one
// module stay in the order of its Sets. What comes from outside follows, and then what is released.
func (w *wire[T]) arrange() {
	if !w.override.IsZero() {
		w.inputs = []input[T]{{edge: w.override, setter: overrideLabel}}
		return
	}
	slices.SortStableFunc(w.inputs, func(a, b input[T]) int {
		if a.module == nil || b.module == nil {
			return cmp.Compare(b2i(a.module == nil), b2i(b.module == nil))
		}
		return cmp.Compare(a.module.name, b.module.name)
	})
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// replace makes e the only setter, whatever else is set.
func (w *wire[T]) replace(e engine.Edge[T]) {
	g := w.lane.port.g
	switch {
	case !g.wiring(w.lane.id(), "overridden"):
	case e.IsZero():
		g.blame(fmt.Errorf("channel %q: overridden by an edge that is the zero Edge", w.lane.id()))
	default:
		w.override, w.lane.port.provided = e, true
	}
}

func (w *wire[T]) feedBack(setter int) {
	f := engine.NewFeedback[T](w.lane.port.g.graph)
	f.Bind(w.inputs[setter].edge)
	w.inputs[setter].edge, w.inputs[setter].feedback = f.Edge(), true
}

func (w *wire[T]) finish() {
	for _, in := range w.inputs {
		w.merge.use(in.edge, in.setter, in.module)
	}
}
