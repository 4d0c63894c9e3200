package engine

import "cmp"

// Feedback is the only way back in a graph: what ticks on the edge it is bound to ticks on its own edge one cycle later,
// at the same time.
type Feedback[T any] struct {
	feed[T]
	pending []T
	free    []uint32
	bound   bool
}

// NewFeedback returns a feedback that is not bound yet.
func NewFeedback[T any](g *Graph) *Feedback[T] {
	f := &Feedback[T]{}
	f.add(g, "feedback", "feedback", f)
	return f
}

// Edge returns the edge that ticks one cycle late. It may be used before Bind.
func (f *Feedback[T]) Edge() Edge[T] { return Edge[T]{&f.series} }

// Bind sets what is fed back. A feedback that is used and not bound, or bound twice, is an error of wiring.
func (f *Feedback[T]) Bind(e Edge[T]) {
	g := f.node.g
	if f.bound {
		g.wrong("feedback of %q: bound twice", e.Name())
		return
	}
	f.bound = true
	n := g.node("feedback", "feedback")
	n.back = f.node
	in := Use(n, e)
	n.OnTick(func() { f.send(*in.Ptr()) })
}

func (f *Feedback[T]) loose() bool { return !f.bound }

func (f *Feedback[T]) send(v T) {
	i := uint32(len(f.pending))
	if k := len(f.free); k > 0 {
		i = f.free[k-1]
		f.free = f.free[:k-1]
		f.pending[i] = v
	} else {
		f.pending = append(f.pending, v)
	}
	f.clk.sched.add(f.clk.now, f, i)
}

func (f *Feedback[T]) fire(i uint32) bool {
	if !f.put(f.pending[i]) {
		return false
	}
	var zero T
	f.pending[i] = zero
	f.free = append(f.free, i)
	return true
}

func (f *Feedback[T]) prepare() *head {
	clear(f.pending)
	f.pending, f.free = f.pending[:0], f.free[:0]
	return f.feed.prepare()
}

func (f *Feedback[T]) save(w *packer) error {
	return cmp.Or(w.put(&f.pending), w.put(&f.free))
}

func (f *Feedback[T]) load(r *unpacker) error {
	if err := cmp.Or(r.get(&f.pending), r.get(&f.free)); err != nil {
		return err
	}
	return places(f.free, 0, len(f.pending))
}

func (f *Feedback[T]) keeps(val uint32) bool { return int(val) < len(f.pending) }
