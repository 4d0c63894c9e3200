package engine

import "iter"

// event is a tick to come. A page holds copies of it, so that going through many reads memory in a row.
type event struct {
	at  Time
	to  target // nil if it was taken back
	id  uint32 // of its mark
	val uint32 // what the target keeps its value under, and lastOfAll
}

// lastOfAll is the bit of event.val of those that tick when nothing else is due at their time.
const lastOfAll = 1 << 31

// target is what an event ticks.
type target interface {
	// fire ticks the target with the value it keeps under val. It returns false if the target
	// has ticked in this cycle already; then it is called again in the next.
	fire(val uint32) bool
	// held is the target's list of events that it refused.
	held() *list
	// touch reads what fire will need, so that it comes from memory while other work is done. The result means nothing.
	touch() uint64
}

const (
	none     = uint32(0) // the page and the event that nobody has
	pageBits = 3
	perPage  = 7 // a page is almost four cache lines
)

// page is a part of a list. Events are never moved in it: one that is taken back leaves a hole.
type page struct {
	next, prev uint32
	of         uint16 // the slot of the wheel, or one of the lists below
	n, live    uint8  // events in it with and without holes
	events     [perPage]event
}

// Lists that are no slots.
const (
	ofTarget uint16 = rings*slots + iota // refused
	ofLasts
	ofCaught
	ofDue // it is being fired
)

// list is a chain of pages.
type list struct{ head, tail uint32 }

// mark tells where an event lies, and which Handle names it.
type mark struct {
	place uint32 // page and place in it; 0 = front; of a free mark, the next free one
	gen   uint32
}

// events keeps the events of a graph.
type events struct {
	pages []page // [0] is none
	spare uint32 // first page that is not used
	marks []mark // [0] is none
	free  uint32 // first mark that is not used
}

// reset forgets everything.
func (p *events) reset() {
	clear(p.pages)
	*p = events{pages: append(p.pages[:0], page{}), marks: append(p.marks[:0], mark{gen: 1})}
}

// handle returns a Handle for a new event.
func (p *events) handle() Handle {
	i := p.free
	if i == none {
		i = uint32(len(p.marks))
		p.marks = append(p.marks, mark{gen: 1})
	} else {
		p.free = p.marks[i].place
	}
	return Handle{i, p.marks[i].gen}
}

// void makes the handles of event id void.
func (p *events) void(id uint32) {
	m := &p.marks[id]
	m.gen++
	m.place = p.free
	p.free = id
}

// append puts e at the end of l, which is called of.
func (p *events) append(l *list, of uint16, e event) {
	c := l.tail
	if c == none || p.pages[c].n == perPage {
		c = p.extend(l, of)
	}
	s := &p.pages[c]
	i := s.n
	s.events[i] = e
	s.n++
	s.live++
	p.marks[e.id].place = c<<pageBits | uint32(i)
}

// extend adds a page to l.
func (p *events) extend(l *list, of uint16) uint32 {
	c := p.spare
	if c == none {
		c = uint32(len(p.pages))
		p.pages = append(p.pages, page{})
	} else {
		p.spare = p.pages[c].next
	}
	s := &p.pages[c]
	s.next, s.prev, s.of, s.n, s.live = none, l.tail, of, 0, 0
	if l.tail == none {
		l.head = c
	} else {
		p.pages[l.tail].next = c
	}
	l.tail = c
	return c
}

// give takes all pages of l back.
func (p *events) give(l list) {
	if l.head != none {
		p.pages[l.tail].next = p.spare
		p.spare = l.head
	}
}

// remove takes the event in the given place out of l. It tells whether l is empty then.
func (p *events) remove(l *list, place uint32) bool {
	s, i := p.at(place)
	s.events[i].to = nil
	if s.live--; s.live > 0 {
		return false
	}
	p.cut(l, place>>pageBits)
	return l.head == none
}

// at returns the page of a place, and where in it the place is.
func (p *events) at(place uint32) (s *page, i uint32) {
	return &p.pages[place>>pageBits], place & (1<<pageBits - 1)
}

// cut takes page c out of l.
func (p *events) cut(l *list, c uint32) {
	s := &p.pages[c]
	if s.prev == none {
		l.head = s.next
	} else {
		p.pages[s.prev].next = s.next
	}
	if s.next == none {
		l.tail = s.prev
	} else {
		p.pages[s.next].prev = s.prev
	}
	s.next = p.spare
	p.spare = c
}

// first returns the first event of l, which must not be empty.
func (p *events) first(l *list) event {
	s := &p.pages[l.head]
	i := 0
	for s.events[i].to == nil {
		i++
	}
	return s.events[i]
}

// all yields the events of l in order.
func (p *events) all(l list) iter.Seq[event] {
	return func(yield func(event) bool) {
		for c := l.head; c != none; c = p.pages[c].next {
			for i := range p.pages[c].n {
				if e := p.pages[c].events[i]; e.to != nil && !yield(e) {
					return
				}
			}
		}
	}
}

// sweep clears what is left of events in places that are free: what remains is scheduled, and targets that nobody needs can be collected.
func (p *events) sweep() {
	for c := p.spare; c != none; c = p.pages[c].next {
		p.pages[c].n = 0
	}
	for c := range p.pages {
		s := &p.pages[c]
		clear(s.events[s.n:])
	}
}
