package engine

// clock is what every series of a graph reads: the cycle and time it is at, and where to schedule what is to come.
type clock struct {
	cycle uint64
	now   Time
	sched *scheduler
}

// series is the place of an edge's value, inside the node that makes it.
type series[T any] struct {
	val T
	head
}

// head is the part of a series that does not depend on its type. The first six fields are read or
// written at every tick and should share a cache line with a small value.
type head struct {
	last uint64 // cycle of the last tick, 0 if none
	clk  *clock
	d, b *uint8 // dirty byte and block byte of the first listener, or of nobody
	fan  *fan   // further listeners
	at   Time   // of the last tick

	count uint64
	node  *Node
	subs  []*link // listeners, active or not; known after Build
	cold  *cold
	name  string // its own, or of the field it comes from
}

// fan holds the bytes of an edge's listeners after the first.
type fan struct {
	dirty  []*uint8
	blocks []*uint8
	ring   recorder // nil if no past is kept
}

// cold is what few edges have.
type cold struct {
	ring  recorder // *tickBuffer[T], nil if no past is kept
	alias any      // *series[T] of a bound Delayed
	late  bool
}

// link ties a listening node to a series.
type link struct {
	node    *Node
	passive bool
	more    *linkMore // nil for a plain input
}

// linkMore is what few inputs have.
type linkMore struct {
	mark, markBlk *uint8 // bytes of a basket's element
	ticks         int    // of the past that it asks for
	span          Time
}

func (l *link) extra() *linkMore {
	if l.more == nil {
		l.more = &linkMore{}
	}
	return l.more
}

// tick marks the series as ticked in this cycle and its listeners as due.
func (h *head) tick() {
	c := h.clk
	if h.last == c.cycle {
		h.again()
		return
	}
	h.last = c.cycle
	h.count++
	h.at = c.now
	*h.d, *h.b = 1, 1
	if h.fan != nil {
		h.fan.set()
	}
}

func (f *fan) set() {
	for _, d := range f.dirty {
		*d = 1
	}
	for _, b := range f.blocks {
		*b = 1
	}
	if f.ring != nil {
		f.ring.record()
	}
}

// again reports a second tick in one cycle, or a tick before the first cycle.
func (h *head) again() {
	if h.clk.cycle == 0 {
		h.node.g.fail(h.node, errTickInStart)
		return
	}
	h.node.g.fail(h.node, errTickedTwice)
}

// clear forgets all ticks of the run before.
func (h *head) clear() {
	h.last, h.count, h.at = 0, 0, 0
	if h.cold != nil && h.cold.ring != nil {
		h.cold.ring.forget()
	}
	h.clk = h.node.g.clk
	clear(h.subs)
	h.subs = h.subs[:0]
}

// relink writes the bytes of the active listeners into the head.
func (h *head) relink() {
	h.d, h.b, h.fan = &h.node.g.nobody[0], &h.node.g.nobody[1], nil
	if h.cold != nil && h.cold.ring != nil {
		h.fan = &fan{ring: h.cold.ring}
	}
	first := true
	for _, l := range h.subs {
		if l.passive {
			continue
		}
		first = h.hear(first, l)
	}
}

// hear adds the bytes of l.
func (h *head) hear(first bool, l *link) bool {
	if m := l.more; m != nil && m.mark != nil {
		first = h.listen(first, m.mark, m.markBlk)
	}
	first = h.listen(first, l.node.dirty, l.node.block)
	return h.wake(first, l)
}

// admit adds the listener l of a sub-graph. It sees what has ticked in this cycle.
func (h *head) admit(l *link) {
	if l.passive {
		return
	}
	h.hear(h.d == &h.node.g.nobody[0], l)
	if h.last != h.clk.cycle || h.last == 0 {
		return
	}
	*l.node.dirty, *l.node.block, *l.node.g.inside.due = 1, 1, 1
	if m := l.more; m != nil && m.mark != nil {
		*m.mark = 1
	}
}

func (h *head) listen(first bool, d, b *uint8) bool {
	if first {
		h.d, h.b = d, b
		return false
	}
	if h.fan == nil {
		h.fan = &fan{}
	}
	f := h.fan
	f.dirty = append(f.dirty, d)
	if b != h.b && (len(f.blocks) == 0 || f.blocks[len(f.blocks)-1] != b) {
		f.blocks = append(f.blocks, b)
	}
	return false
}

// output is a series as its node keeps it.
type output interface {
	// prepare forgets the run before and returns the head.
	prepare() *head
	// boxed returns a copy of the value.
	boxed() any
	savable
}

func (s *series[T]) prepare() *head {
	var zero T
	s.val = zero
	s.clear()
	return &s.head
}

// buffer keeps at least so much of the past.
func (s *series[T]) buffer(ticks int, span Time) {
	if s.cold == nil {
		s.cold = &cold{}
	}
	if s.cold.ring == nil {
		s.cold.ring = &tickBuffer[T]{of: s}
	}
	s.cold.ring.want(ticks, span)
}

func (s *series[T]) late() bool { return s.cold != nil && s.cold.late }

func (s *series[T]) boxed() any { return s.val }

// target follows bound Delayed edges to the series that really ticks.
func (s *series[T]) target() (*series[T], error) {
	for range 1000 {
		if !s.late() {
			return s, nil
		}
		next, _ := s.cold.alias.(*series[T])
		if next == nil {
			return nil, errUnbound
		}
		s = next
	}
	return nil, errDelayedCircle
}
