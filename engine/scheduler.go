package engine

// target is what an event ticks.
type target interface {
	// fire ticks the target with the value it keeps under val. It returns false if the target
	// has ticked in this cycle already; then it is called again in the next.
	fire(val uint32) bool
	// held is the target's queue of events that it refused.
	held() *list
}

// event is a tick to come.
type event struct {
	at         Time
	to         target
	next, prev uint32
	val, gen   uint32
	slot       uint16
	state      uint8
	last       bool // fires when nothing else is due at its time
}

// States of an event.
const (
	idle uint8 = iota
	queued
	front
	refused
	delayed // due, and the last of its time
	caught  // of a sub-graph that starts
)

// Handle names one pending alarm. The zero Handle names none, and a Handle whose alarm has ticked names none any more.
type Handle struct{ event, gen uint32 }

// scheduler keeps the events to come. Events of one time fire in the order they were scheduled, in one cycle, except
// that a target takes one a cycle: the others follow in the next cycles at the same time.
type scheduler struct {
	pool  []event // [0] is nobody
	free  uint32
	count int // in wheel or front

	front   uint32 // the only event, if there is just one: it never enters the wheel
	frontAt Time
	known   bool // next is the wheel's earliest time
	next    Time

	waiting []target // those with refused events, in the order of their first refusal
	lasts   list     // events of the present time that wait for all others

	catching bool // events of the present time are caught, because a sub-graph starts
	catchAt  Time
	caught   list
	wheel    wheel
}

// reset forgets all events and starts the wheel at t.
func (s *scheduler) reset(t Time) {
	for _, w := range s.waiting {
		*w.held() = list{}
	}
	*s = scheduler{pool: append(s.pool[:0], event{}), waiting: s.waiting[:0]}
	s.wheel.base = t
}

// add schedules a tick of to at time at, which must not be in the past.
func (s *scheduler) add(at Time, to target, val uint32) Handle {
	i := s.free
	if i != noEvent {
		s.free = s.pool[i].next
	} else {
		i = uint32(len(s.pool))
		s.pool = append(s.pool, event{gen: 1})
	}
	e := &s.pool[i]
	e.at, e.to, e.val = at, to, val
	s.insert(i)
	return Handle{i, e.gen}
}

// insert schedules event i of the pool.
func (s *scheduler) insert(i uint32) {
	e := &s.pool[i]
	if s.catching && e.at == s.catchAt {
		e.state = caught
		s.caught.append(s.pool, i)
		return
	}
	s.count++
	if s.count == 1 {
		s.front, s.frontAt, e.state = i, e.at, front
		return
	}
	if s.front != noEvent {
		s.unfront()
	}
	e.state = queued
	s.wheel.put(s.pool, i)
	if s.known && e.at < s.next {
		s.next = e.at
	}
}

// unfront moves the only event into the wheel, because another one comes.
func (s *scheduler) unfront() {
	f := &s.pool[s.front]
	f.state = queued
	s.wheel.put(s.pool, s.front)
	s.front = noEvent
	s.next, s.known = f.at, true
}

// cancel takes a pending event back and returns its value.
func (s *scheduler) cancel(h Handle) (val uint32, ok bool) {
	if h.event == noEvent || int(h.event) >= len(s.pool) || s.pool[h.event].gen != h.gen {
		return 0, false
	}
	e := &s.pool[h.event]
	switch e.state {
	case front:
		s.front = noEvent
		s.count--
	case queued:
		s.wheel.cut(s.pool, h.event)
		s.count--
		s.known = s.known && e.at != s.next
	case refused:
		s.unhold(h.event)
	case delayed:
		s.lasts.cut(s.pool, h.event)
	case caught:
		s.caught.cut(s.pool, h.event)
	default:
		return 0, false
	}
	s.release(h.event)
	return e.val, true
}

// catch calls start and returns what it schedules for now.
func (s *scheduler) catch(now Time, start func() bool) (list, bool) {
	s.catching, s.catchAt, s.caught = true, now, list{}
	ok := start()
	s.catching = false
	l := s.caught
	s.caught = list{}
	return l, ok
}

// forget takes back all events of the targets. It costs O(events).
func (s *scheduler) forget(targets []target) {
	gone := make(map[target]bool, len(targets))
	for _, t := range targets {
		gone[t] = true
	}
	for i := range s.pool {
		if e := &s.pool[i]; e.to != nil && gone[e.to] {
			s.cancel(Handle{uint32(i), e.gen})
		}
	}
}

// release makes the event's place free and its handles void.
func (s *scheduler) release(i uint32) {
	e := &s.pool[i]
	e.to, e.state, e.last = nil, idle, false
	e.gen++
	e.next = s.free
	s.free = i
}

// peek returns the time of the next event. Refused events are due at now.
func (s *scheduler) peek(now Time) (Time, bool) {
	switch {
	case len(s.waiting) > 0 || s.lasts.head != noEvent:
		return now, true
	case s.front != noEvent:
		return s.frontAt, true
	case s.count == 0:
		return 0, false
	}
	return s.earliest(), true
}

// fire ticks what was refused before and then the events of time now, in order. Events that are scheduled
// meanwhile for now belong to the next cycle. Those that want to be the last come when nothing else was due.
func (s *scheduler) fire(now Time) {
	others := len(s.waiting) > 0
	if others {
		s.retry()
	} else if s.front != noEvent && s.lasts.head == noEvent && s.frontAt == now { // the one and only
		i := s.front
		s.front, s.count = noEvent, 0
		s.deliver(i)
		return
	}
	if s.front != noEvent {
		if i := s.front; s.frontAt == now && !(s.pool[i].last && others) {
			s.front, s.count = noEvent, 0
			s.deliver(i)
			others = true
		}
	} else if s.count > 0 && s.earliest() == now {
		s.known = false
		others = s.fireDue(now) || others
	}
	if !others {
		s.fireLasts()
	}
}

// earliest returns the time of the first event in the wheel, which must not be empty.
func (s *scheduler) earliest() Time {
	if !s.known {
		s.next, s.known = s.wheel.earliest(s.pool), true
	}
	return s.next
}

// fireDue ticks the events of time now in the wheel, except those that want to be the last. It tells whether there was another.
func (s *scheduler) fireDue(now Time) (fired bool) {
	for i := s.wheel.due(s.pool, now).head; i != noEvent; {
		e := &s.pool[i]
		next := e.next
		s.count--
		if e.last {
			e.state = delayed
			s.lasts.append(s.pool, i)
		} else {
			s.deliver(i)
			fired = true
		}
		i = next
	}
	return fired
}

// fireLasts ticks the events that wanted to be the last of the present time.
func (s *scheduler) fireLasts() {
	i := s.lasts.head
	s.lasts = list{}
	for i != noEvent {
		next := s.pool[i].next
		s.deliver(i)
		i = next
	}
}

// deliver ticks the event's target, or keeps the event for the next cycle. It cannot overtake an event that the target
// refused before: retry has made the target tick by then.
func (s *scheduler) deliver(i uint32) {
	e := &s.pool[i]
	if e.to.fire(e.val) {
		s.release(i)
		return
	}
	s.hold(i)
}

// hold appends event i to its target's queue.
func (s *scheduler) hold(i uint32) {
	e := &s.pool[i]
	q := e.to.held()
	e.state = refused
	if q.head == noEvent {
		s.waiting = append(s.waiting, e.to)
	}
	q.append(s.pool, i)
}

// unhold takes event i out of its target's queue.
func (s *scheduler) unhold(i uint32) {
	e := &s.pool[i]
	q := e.to.held()
	q.cut(s.pool, i)
	if q.head != noEvent {
		return
	}
	for k, w := range s.waiting {
		if w == e.to {
			s.waiting = append(s.waiting[:k], s.waiting[k+1:]...)
			return
		}
	}
}

// retry ticks each waiting target with the first event it refused.
func (s *scheduler) retry() {
	keep := 0
	for _, to := range s.waiting {
		q := to.held()
		i := q.head
		e := &s.pool[i]
		if to.fire(e.val) {
			if q.head = e.next; q.head == noEvent {
				q.tail = noEvent
			} else {
				s.pool[q.head].prev = noEvent
			}
			s.release(i)
		}
		if q.head != noEvent {
			s.waiting[keep] = to
			keep++
		}
	}
	clear(s.waiting[keep:])
	s.waiting = s.waiting[:keep]
}
