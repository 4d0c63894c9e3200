package op

import "gw/engine"

// queue hands out values one a cycle: the first at once, the others in the next cycles at the same time.
type queue[T any] struct {
	next  *engine.Alarm[struct{}]
	out   *engine.Out[T]
	wait  []T
	first int
	armed bool
}

func newQueue[T any](n *engine.Node) *queue[T] {
	q := &queue[T]{next: engine.NewAlarm[struct{}](n), out: engine.Emit[T](n)}
	n.Keep(1, &q.wait, &q.first, &q.armed)
	n.OnStart(func() error {
		clear(q.wait)
		q.wait, q.first, q.armed = q.wait[:0], 0, false
		return nil
	})
	return q
}

// put appends v.
func (q *queue[T]) put(v *T) { q.wait = append(q.wait, *v) }

// empty tells whether nothing waits.
func (q *queue[T]) empty() bool { return q.first == len(q.wait) }

// pop ticks the value that waits longest, and calls for another cycle if more wait.
func (q *queue[T]) pop() {
	if q.next.Ticked() {
		q.armed = false
	}
	if q.empty() {
		return
	}
	var zero T
	v := &q.wait[q.first]
	q.out.Set(*v)
	*v = zero
	if q.first++; q.empty() {
		q.wait, q.first = q.wait[:0], 0
		return
	}
	if q.first > 1024 && q.first > len(q.wait)/2 {
		k := copy(q.wait, q.wait[q.first:])
		clear(q.wait[k:])
		q.wait, q.first = q.wait[:k], 0
	}
	if !q.armed {
		q.armed = true
		q.next.After(0, struct{}{})
	}
}
