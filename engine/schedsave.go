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
	w.uint(uint64(len(s.marks)))
	for i := range s.marks {
		w.uint(uint64(s.marks[i].gen))
	}
	refused, later := s.pending()
	for _, events := range [][]event{refused, later} {
		w.uint(uint64(len(events)))
		for _, e := range events {
			w.uint(uint64(e.id))
			w.int(int64(e.at))
			w.uint(number[e.to])
			w.uint(uint64(e.val &^ lastOfAll))
			w.bool(e.val >= lastOfAll)
		}
	}
	for i := s.free; i != none; i = s.marks[i].place {
		w.uint(uint64(i))
	}
	w.uint(0)
}

// pending lists the events that were refused, and all others by time.
func (s *scheduler) pending() (refused, later []event) {
	for _, t := range s.waiting {
		refused = slices.AppendSeq(refused, s.all(*t.held()))
	}
	later = slices.Collect(s.all(s.lasts))
	if s.front.to != nil {
		return refused, append(later, s.front)
	}
	for k := range s.wheel.lists {
		later = slices.AppendSeq(later, s.all(s.wheel.lists[k]))
	}
	slices.SortStableFunc(later, func(a, b event) int { return cmp.Compare(a.at, b.at) })
	return refused, later
}

// load schedules what save packed. The scheduler must be empty, at the time that was saved.
func (s *scheduler) load(r *unpacker, targets []target) error {
	size := r.length()
	if r.err != nil || size == 0 {
		return cmp.Or(r.err, errEvents)
	}
	s.marks = make([]mark, size)
	for i := range s.marks {
		s.marks[i].gen = uint32(r.uint())
	}
	used, values := make([]bool, size), map[event]bool{}
	for range r.length() {
		e, err := s.loadEvent(r, targets, used, values)
		if err != nil {
			return err
		}
		s.hold(e)
	}
	for range r.length() {
		e, err := s.loadEvent(r, targets, used, values)
		if err != nil {
			return err
		}
		s.insert(e)
	}
	last := &s.free
	for i := r.uint(); i != 0; i = r.uint() {
		if i >= uint64(size) || used[i] {
			return errEvents
		}
		used[i] = true
		*last = uint32(i)
		last = &s.marks[i].place
	}
	return r.err
}

// keeping is a target that looks up the values of its events.
type keeping interface {
	// keeps tells whether there is a value under val.
	keeps(val uint32) bool
}

// loadEvent reads an event that is not used yet, for a value of its target that has no event yet.
func (s *scheduler) loadEvent(r *unpacker, targets []target, used []bool, values map[event]bool) (event, error) {
	i, at, to, val, last := r.uint(), Time(r.int()), r.uint(), uint32(r.uint()), r.bool()
	if r.err != nil {
		return event{}, r.err
	}
	if i == 0 || i >= uint64(len(used)) || used[i] || to >= uint64(len(targets)) || at < s.wheel.base || val >= lastOfAll {
		return event{}, errEvents
	}
	value := event{to: targets[to], val: val}
	if k, ok := targets[to].(keeping); ok && !k.keeps(val) || values[value] {
		return event{}, errEvents
	}
	used[i], values[value] = true, true
	if last {
		val |= lastOfAll
	}
	return event{at, targets[to], uint32(i), val}, nil
}

// places tells whether the free places are different ones, from the first to one before the end.
func places(free []uint32, first, end int) error {
	seen := make(map[uint32]bool, len(free))
	for _, i := range free {
		if int(i) < first || int(i) >= end || seen[i] {
			return errEvents
		}
		seen[i] = true
	}
	return nil
}
