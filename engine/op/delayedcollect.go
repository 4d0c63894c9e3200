package op

import (
	"cmp"
	"slices"

	"gw/engine"
)

// DelayedCollect is a [Collect] whose inputs are added while the graph is wired: many publishers, one reader. It costs
// O(inputs) a tick.
type DelayedCollect[T any] struct {
	n   *engine.Node
	ins []*engine.In[T]
	out *engine.Out[[]T]
}

// NewDelayedCollect returns a collect without inputs, which never ticks.
func NewDelayedCollect[T any](g *engine.Graph) *DelayedCollect[T] {
	n := g.Node("collect")
	c := &DelayedCollect[T]{n: n, out: engine.Emit[[]T](n)}
	n.OnStart(c.sort)
	n.OnTick(func() {
		s := (*c.out.Slot())[:0]
		for _, in := range c.ins {
			if in.Ticked() {
				s = append(s, *in.Ptr())
			}
		}
		c.out.Set(s)
	})
	return c
}

// sort brings the inputs into the order in which they tick.
func (c *DelayedCollect[T]) sort() error {
	slices.SortStableFunc(c.ins, func(a, b *engine.In[T]) int {
		rankA, idA := a.Order()
		rankB, idB := b.Order()
		return cmp.Or(cmp.Compare(rankA, rankB), cmp.Compare(idA, idB))
	})
	return nil
}

// Add adds an input, before the graph runs.
func (c *DelayedCollect[T]) Add(e engine.Edge[T]) { c.ins = append(c.ins, engine.Use(c.n, e)) }

// Edge returns the edge of the values that tick in one cycle, in the order of [Collect]. It may be read before all inputs are added. The
// slice is reused by the next tick.
func (c *DelayedCollect[T]) Edge() engine.Edge[[]T] { return c.out.Edge() }

// DelayedDemultiplex is a [Demultiplex] whose keys are asked for while the graph is wired: one thick pipe, many readers.
type DelayedDemultiplex[K comparable, T any] struct{ r *router[K, T] }

// NewDelayedDemultiplex returns a demultiplex of e by the key that key returns for each value. Values of keys that nobody has asked for are dropped,
// or end the run with [FailOnBadKey].
func NewDelayedDemultiplex[K comparable, T any](e engine.Edge[T], key func(*T) K, o ...KeyOption) *DelayedDemultiplex[K, T] {
	n := node(e, "demultiplex")
	in, r := engine.Use(n, e), newRouter[K, T](n, o)
	n.OnTick(func() { r.route(key(in.Ptr()), in.Ptr()) })
	return &DelayedDemultiplex[K, T]{r}
}

// At returns the edge of key k, the same each time. Call it before the graph runs.
func (d *DelayedDemultiplex[K, T]) At(k K) engine.Edge[T] { return d.r.edge(k) }
