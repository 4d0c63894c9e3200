package engine

// Handle names one pending alarm. The zero Handle names none, and a Handle whose alarm has ticked names none any more.
type Handle struct{ event, gen uint32 }

// scheduler keeps the events to come. Events of one time fire in the order they were scheduled, in one cycle, except
// that a target takes one a cycle: the others follow in the next cycles at the same time.
type scheduler struct {
	events
	count int // in wheel or front

	front event // the only event, if there is just one: it never enters the wheel
	known bool  // next is the wheel's earliest time
	next  Time

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
	s.events.reset()
	*s = scheduler{events: s.events, waiting: s.waiting[:0]}
	s.wheel.base = t
}

// add schedules a tick of to at time at, which must not be in the past.
func (s *scheduler) add(at Time, to target, val uint32) Handle {
	h := s.handle()
	s.insert(event{at, to, h.event, val})
	return h
}

// insert schedules e.
func (s *scheduler) insert(e event) {
	if s.catching && e.at == s.catchAt {
		s.append(&s.caught, ofCaught, e)
		return
	}
	s.count++
	if s.count == 1 {
		s.front = e
		s.marks[e.id].place = none
		return
	}
	if s.front.to != nil {
		s.unfront()
	}
	s.wheel.put(&s.events, e)
	if s.known && e.at < s.next {
		s.next = e.at
	}
}

// unfront moves the only event into the wheel, because another one comes.
func (s *scheduler) unfront() {
	s.wheel.put(&s.events, s.front)
	s.next, s.known = s.front.at, true
	s.front.to = nil
}

// cancel takes a pending event of a target back and returns its value.
func (s *scheduler) cancel(h Handle, of target) (val uint32, ok bool) {
	if int(h.event) >= len(s.marks) || s.marks[h.event].gen != h.gen {
		return 0, false
	}
	place := s.marks[h.event].place
	if place == none {
		if s.front.to != of {
			return 0, false
		}
		s.void(h.event)
		s.front.to, s.count = nil, 0
		return s.front.val &^ lastOfAll, true
	}
	page, i := s.at(place)
	e := page.events[i]
	if e.to != of {
		return 0, false
	}
	s.void(h.event)
	switch page.of {
	case ofTarget:
		s.unhold(e.to, place)
	case ofLasts:
		s.remove(&s.lasts, place)
	case ofCaught:
		s.remove(&s.caught, place)
	case ofDue:
		page.events[i].to = nil
	default:
		s.count--
		s.known = s.known && e.at != s.next
		s.wheel.remove(&s.events, page.of, place)
	}
	return e.val &^ lastOfAll, true
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
	s.sweep()
	if gone[s.front.to] {
		s.cancel(Handle{s.front.id, s.marks[s.front.id].gen}, s.front.to)
	}
	for c := range s.pages {
		for _, e := range s.pages[c].events[:] {
			if e.to != nil && gone[e.to] {
				s.cancel(Handle{e.id, s.marks[e.id].gen}, e.to)
			}
		}
	}
}

// peek returns the time of the next event. Refused events are due at now.
func (s *scheduler) peek(now Time) (Time, bool) {
	switch {
	case len(s.waiting) > 0 || s.lasts.head != none:
		return now, true
	case s.front.to != nil:
		return s.front.at, true
	case s.count == 0:
		return 0, false
	}
	return s.earliest(), true
}

// earliest returns the time of the first event in the wheel, which must not be empty.
func (s *scheduler) earliest() Time {
	if !s.known {
		s.next, s.known = s.wheel.earliest(&s.events), true
	}
	return s.next
}

// fire ticks what was refused before and then the events of time now, in order. Events that are scheduled
// meanwhile for now belong to the next cycle. Those that want to be the last come when nothing else was due.
func (s *scheduler) fire(now Time) {
	others := len(s.waiting) > 0
	if others {
		s.retry()
	}
	switch {
	case s.front.to != nil:
		if s.front.at == now {
			e := s.front
			s.front.to, s.count = nil, 0
			others = s.offer(e) || others
		}
	case s.count > 0 && s.earliest() == now:
		others = s.fireDue(now) || others
	}
	if !others {
		s.fireLasts()
	}
}

// fireDue ticks the events of time now in the wheel. It tells whether there were any but those that want to be the last.
func (s *scheduler) fireDue(now Time) (fired bool) {
	l, n := s.wheel.due(&s.events, now)
	s.known = false
	s.count -= n
	for e := range s.all(l) {
		if n == 0 {
			break
		}
		if e.at == now {
			fired = s.offer(e) || fired
			n--
		}
	}
	s.give(l)
	return fired
}

// offer delivers e, unless it wants to be the last of its time. It tells whether it did.
func (s *scheduler) offer(e event) bool {
	if e.val >= lastOfAll {
		s.append(&s.lasts, ofLasts, e)
		return false
	}
	s.deliver(e)
	return true
}

// fireLasts ticks the events that wanted to be the last of the present time.
func (s *scheduler) fireLasts() {
	l := s.lasts
	s.lasts = list{}
	s.deliverAll(l)
}

// deliverAll ticks the events of l and gives it back.
func (s *scheduler) deliverAll(l list) {
	for e := range s.all(l) {
		s.deliver(e)
	}
	s.give(l)
}

// deliver ticks the event's target, or keeps the event for the next cycle. It cannot overtake an event that the target
// refused before: retry has made the target tick by then.
func (s *scheduler) deliver(e event) {
	if e.to.fire(e.val &^ lastOfAll) {
		s.void(e.id)
		return
	}
	s.hold(e)
}

// hold appends e to its target's list.
func (s *scheduler) hold(e event) {
	l := e.to.held()
	if l.head == none {
		s.waiting = append(s.waiting, e.to)
	}
	s.append(l, ofTarget, e)
}

// unhold takes the event in the given place out of the list of to.
func (s *scheduler) unhold(to target, place uint32) {
	if !s.remove(to.held(), place) {
		return
	}
	for k, w := range s.waiting {
		if w == to {
			s.waiting = append(s.waiting[:k], s.waiting[k+1:]...)
			return
		}
	}
}

// retry ticks each waiting target with the first event it refused.
func (s *scheduler) retry() {
	keep := 0
	for _, to := range s.waiting {
		l := to.held()
		e := s.first(l)
		if to.fire(e.val &^ lastOfAll) {
			s.remove(l, s.marks[e.id].place)
			s.void(e.id)
		}
		if l.head != none {
			s.waiting[keep] = to
			keep++
		}
	}
	clear(s.waiting[keep:])
	s.waiting = s.waiting[:keep]
}
