package engine

import (
	"cmp"
	"errors"
	"slices"
)

var errEvents = errors.New("events are not what they should be")

// save packs the events in the order in which they will fire, and the places of the others, so that handles keep their meaning.
func (s *scheduler) save(w *packer, targets []target) {
	number := make(map[target]uint64, len(targets))
	for i, t := range targets {
		number[t] = uint64(i)
	}
	w.uint(uint64(len(s.pool)))
	for i := range s.pool {
		w.uint(uint64(s.pool[i].gen))
	}
	refused, pending := s.pending()
	for _, events := range [][]uint32{refused, pending} {
		w.uint(uint64(len(events)))
		for _, i := range events {
			e := &s.pool[i]
			w.uint(uint64(i))
			w.int(int64(e.at))
			w.uint(number[e.to])
			w.uint(uint64(e.val))
			w.bool(e.last)
		}
	}
	for i := s.free; i != noEvent; i = s.pool[i].next {
		w.uint(uint64(i))
	}
	w.uint(0)
}

// pending lists the events that were refused, and all others by time.
func (s *scheduler) pending() (refused, later []uint32) {
	for _, t := range s.waiting {
		refused = s.chain(refused, t.held().head)
	}
	later = s.chain(nil, s.lasts.head)
	if s.front != noEvent {
		return refused, append(later, s.front)
	}
	for k := range s.wheel.lists {
		later = s.chain(later, s.wheel.lists[k].head)
	}
	slices.SortStableFunc(later, func(a, b uint32) int { return cmp.Compare(s.pool[a].at, s.pool[b].at) })
	return refused, later
}

func (s *scheduler) chain(to []uint32, i uint32) []uint32 {
	for ; i != noEvent; i = s.pool[i].next {
		to = append(to, i)
	}
	return to
}

// load schedules what save packed. The scheduler must be empty, at the time that was saved.
func (s *scheduler) load(r *unpacker, targets []target) error {
	size := r.length()
	if r.err != nil || size == 0 {
		return cmp.Or(r.err, errEvents)
	}
	s.pool = make([]event, size)
	for i := range s.pool {
		s.pool[i].gen = uint32(r.uint())
	}
	for range r.length() {
		i, err := s.loadEvent(r, targets)
		if err != nil {
			return err
		}
		s.hold(i)
	}
	n := r.length()
	for range n {
		i, err := s.loadEvent(r, targets)
		if err != nil {
			return err
		}
		s.insert(i)
	}
	last := &s.free
	for i := r.uint(); i != 0; i = r.uint() {
		if i >= uint64(size) || s.pool[i].state != idle || s.pool[i].next != noEvent {
			return errEvents
		}
		*last = uint32(i)
		last = &s.pool[i].next
	}
	return r.err
}

func (s *scheduler) loadEvent(r *unpacker, targets []target) (uint32, error) {
	i, at, to, val, last := r.uint(), Time(r.int()), r.uint(), uint32(r.uint()), r.bool()
	if r.err != nil {
		return 0, r.err
	}
	if i == 0 || i >= uint64(len(s.pool)) || s.pool[i].to != nil || to >= uint64(len(targets)) || at < s.wheel.base {
		return 0, errEvents
	}
	e := &s.pool[i]
	e.at, e.to, e.val, e.last = at, targets[to], val, last
	return uint32(i), nil
}
