package engine

import "time"

// constant ticks once.
type constant[T any] struct {
	feed[T]
	v     T
	after time.Duration
}

// Const returns an edge that ticks once, with v, when the duration after has passed since the start of the run; 0 means in the first cycle.
func Const[T any](g *Graph, v T, after time.Duration) Edge[T] {
	c := &constant[T]{v: v, after: after}
	c.add(g, "const", "const", c)
	if after < 0 {
		g.wrong("const: got after %v, want 0 or more", after)
	}
	return Edge[T]{&c.series}
}

func (c *constant[T]) begin(start, _ Time) error {
	c.clk.sched.add(start.Add(c.after), c, 0)
	return nil
}

func (c *constant[T]) fire(uint32) bool { return c.put(c.v) }

// Null returns an edge that never ticks, for an input that is not needed.
func Null[T any](g *Graph) Edge[T] {
	f := &feed[T]{}
	f.add(g, "null", "null", f)
	return Edge[T]{&f.series}
}
