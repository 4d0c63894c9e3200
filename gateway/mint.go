package gateway

import (
	"sync/atomic"
	"time"

	"gw/engine"
	"gw/schema"
)

// mint gives ids and timestamps to values that have none when they enter a channel. The ids of a run count up by one from
// the moment at which it began, in nanoseconds since 1970 UTC: 19 digits. Nothing can make values faster than time
// passes, so a later run begins above all ids of an earlier one, on whatever day and in whatever zone; within a run they
// increase even if the clock is set back. A replay begins at its start, or at the time of its first value if
// it has none, and so gives the same ids each time. Any goroutine may use it.
type mint struct {
	first, last atomic.Uint64

	// Engine goroutine only.
	session *Session // notes ids of the graph; nil if none is recorded
	again   []idRun  // ids of the graph in a recorded run
}

// start begins to count at t if nothing has been counted yet.
func (m *mint) start(t time.Time) {
	from := uint64(max(t.UnixNano(), 1))
	if m.last.CompareAndSwap(0, from) {
		m.first.Store(from)
	}
}

// next returns the next id. at is asked for the time only if it is the first.
func (m *mint) next(at func() time.Time) schema.ID {
	if m.last.Load() == 0 {
		m.start(at())
	}
	return schema.NewID(m.last.Add(1))
}

// gave tells whether an id was given out in this run.
func (m *mint) gave(id schema.ID) bool {
	n, ok := id.Count()
	return ok && n > m.first.Load() && n <= m.last.Load()
}

// fill completes one base as of at.
func (m *mint) fill(s *schema.Struct, at func() time.Time) {
	if !s.ID.IsSet() {
		s.ID = m.next(at)
	}
	if !s.Timestamp.IsSet() {
		s.Timestamp = schema.Some(at())
	}
}

// filler returns fill for values within the graph, bound to its clock.
func (m *mint) filler(now func() engine.Time) func(*schema.Struct) {
	at := func() time.Time { return now().Std() }
	return func(s *schema.Struct) {
		if !s.ID.IsSet() {
			s.ID = m.inGraph(at)
		}
		if !s.Timestamp.IsSet() {
			s.Timestamp = schema.Some(at())
		}
	}
}
