package engine

import "fmt"

// Point is a value and when it ticks.
type Point[T any] struct {
	At Time
	V  T
}

// curve ticks the points of a list.
type curve[T any] struct {
	feed[T]
	points []Point[T]
	next   int
}

// Curve returns an edge that ticks with the points at their times. They must be sorted by time; those before the start of the run
// are skipped, and those of one time tick in following cycles. The list is read while the graph runs and not copied.
func Curve[T any](g *Graph, points []Point[T]) Edge[T] {
	c := &curve[T]{points: points}
	c.add(g, "curve", "curve", c)
	for i := 1; i < len(points); i++ {
		if points[i].At < points[i-1].At {
			g.wrong("curve: point %d is at %s, before the point before it at %s", i, points[i].At, points[i-1].At)
			break
		}
	}
	return Edge[T]{&c.series}
}

func (c *curve[T]) begin(start, _ Time) error {
	c.next = 0
	for c.next < len(c.points) && c.points[c.next].At < start {
		c.next++
	}
	c.arm()
	return nil
}

func (c *curve[T]) arm() {
	if c.next < len(c.points) {
		c.clk.sched.add(c.points[c.next].At, c, 0)
	}
}

func (c *curve[T]) save(w *packer) error { return w.put(&c.next) }
func (c *curve[T]) keeps(uint32) bool    { return c.next < len(c.points) }

func (c *curve[T]) load(r *unpacker) error {
	if err := r.get(&c.next); err != nil {
		return err
	}
	if c.next < 0 || c.next > len(c.points) {
		return fmt.Errorf("has ticked %d points, this curve has %d", c.next, len(c.points))
	}
	return nil
}

func (c *curve[T]) fire(uint32) bool {
	if !c.put(c.points[c.next].V) {
		return false
	}
	c.next++
	c.arm()
	return true
}
