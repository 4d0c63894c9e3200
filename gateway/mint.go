package gateway

import (
	"sync/atomic"
	"time"

	"gw/engine"
	"gw/schema"
)

// mint gives ids and timestamps to values that have none when they enter a channel. The ids of a run count up from
// the run's start in nanoseconds, 19 digits, so they do not repeat on another day. Any goroutine may use it.
type mint struct{ first, last atomic.Uint64 }

// start begins to count at the time the run starts.
func (m *mint) start(t engine.Time) {
	m.first.Store(uint64(t))
	m.last.Store(uint64(t))
}

// gave tells whether an id was given out in this run.
func (m *mint) gave(id schema.ID) bool {
	n, ok := id.Count()
	return ok && n > m.first.Load() && n <= m.last.Load()
}

// next returns the next id.
func (m *mint) next() schema.ID { return schema.NewID(m.last.Add(1)) }

// fill completes one base as of at.
func (m *mint) fill(s *schema.Struct, at func() time.Time) {
	if !s.ID.IsSet() {
		s.ID = m.next()
	}
	if !s.Timestamp.IsSet() {
		s.Timestamp = schema.Some(at())
	}
}

// filler returns fill bound to a clock.
func (m *mint) filler(now func() engine.Time) func(*schema.Struct) {
	at := func() time.Time { return now().Std() }
	return func(s *schema.Struct) { m.fill(s, at) }
}
