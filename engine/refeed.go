package engine

import (
	"errors"
	"fmt"
)

// FeedIntake gives the next Run the values that [Graph.TapIntake] saw in an earlier one, in their order. A simulated run that begins at
// the same time ([Graph.Began]) of a graph that is wired the same way has the same cycles and ticks, of a realtime run too. What is pushed meanwhile waits
// until all values were fed. A value that does not fit ends the run with an error. Before Run.
func (g *Graph) FeedIntake(next func() (IntakeEvent, bool)) { g.feed = &refeed{g: g, next: next} }

// Began returns the engine's time at the start of the last run. After [Graph.Started].
func (g *Graph) Began() Time { return g.began }

// injected is a source that takes a value by hand.
type injected interface {
	// inject ticks with the values of one cycle.
	inject(vals []any) error
}

// refeed is an intake that was tapped and is fed again.
type refeed struct {
	g    *Graph
	next func() (IntakeEvent, bool)
	head IntakeEvent
	on   bool // head is one
}

// advance looks at the next value.
func (f *refeed) advance() {
	if f.head, f.on = f.next(); f.on && (f.head.Node < 0 || f.head.Node >= len(f.g.nodes)) {
		f.g.fail(nil, fmt.Errorf("fed value %v of cycle %d is for node %d, which there is not", f.head.Value, f.head.Cycle, f.head.Node))
		f.on = false
	}
}

// cycle tells whether the next cycle is one of pushed values, and its time.
func (f *refeed) cycle() (at Time, ok bool) {
	if f == nil || !f.on || f.head.Cycle != f.g.clk.cycle+1 {
		return 0, false
	}
	_, ok = f.g.nodes[f.head.Node].source.(injected)
	return f.head.Time, ok
}

// stuck reports a value whose cycle cannot come.
func (f *refeed) stuck() {
	if f != nil && f.on {
		f.g.fail(f.g.nodes[f.head.Node], fmt.Errorf("a value is fed for cycle %d at %s, but nothing comes before", f.head.Cycle, f.head.Time))
	}
}

// choice takes the time that source n chose in this cycle.
func (f *refeed) choice(n *Node) (Time, bool) {
	if f == nil || !f.on || f.head.Cycle != f.g.clk.cycle || f.head.Node != n.id {
		return 0, false
	}
	t, ok := f.head.Value.(Time)
	f.advance()
	return t, ok
}

// inject ticks the values of the present cycle.
func (f *refeed) inject() {
	var vals []any
	for f.on && f.head.Cycle == f.g.clk.cycle {
		n := f.g.nodes[f.head.Node]
		to, ok := n.source.(injected)
		vals = vals[:0]
		for f.on && f.head.Cycle == f.g.clk.cycle && f.head.Node == n.id {
			vals = append(vals, f.head.Value)
			f.advance()
		}
		err := errors.New("a value is fed to what is no push adapter")
		if ok {
			err = to.inject(vals)
		}
		if err != nil {
			f.g.fail(n, err)
		}
	}
}

func (a *PushAdapter[T]) inject(vals []any) error {
	in := make([]T, len(vals))
	for i, v := range vals {
		x, ok := v.(T)
		if !ok && v != nil {
			return fmt.Errorf("got a fed value of type %T, want %T", v, x)
		}
		in[i] = x
	}
	if a.cfg.Mode == Burst {
		a.burst.val = in
		a.burst.head.tick()
	} else {
		a.one.val = in[len(in)-1]
		a.one.head.tick()
	}
	for i := range in {
		a.tap(&in[i])
	}
	return nil
}
