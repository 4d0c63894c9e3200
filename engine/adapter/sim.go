package adapter

import "gw/engine"

// Sim is one edge of a [Manager], for the rows of one kind.
type Sim[T any] struct {
	mode  engine.PushMode
	m     *Managed
	one   *engine.Out[T]
	burst *engine.Out[[]T]
	rows  []row[T]
}

// row is a value, or a cycle without one.
type row[T any] struct {
	v    T
	null bool
}

// NewSim gives m an edge under name. Rows of one time tick by mode: the last of them, one a cycle, or all as a slice.
func NewSim[T any](m *Managed, name string, mode engine.PushMode) *Sim[T] {
	s := &Sim[T]{mode: mode, m: m, one: engine.Emit[T](m.node), burst: engine.Emit[[]T](m.node)}
	s.one.Edge().Named(name)
	s.burst.Edge().Named(name)
	m.sims = append(m.sims, s)
	m.keep()
	return s
}

// Edge returns the edge that ticks with single rows. In Burst mode it never ticks.
func (s *Sim[T]) Edge() engine.Edge[T] { return s.one.Edge() }

// BurstEdge returns the edge that ticks with all rows of one time in Burst mode.
func (s *Sim[T]) BurstEdge() engine.Edge[[]T] { return s.burst.Edge() }

// Push hands over a row of the present time, in [Manager.Next].
func (s *Sim[T]) Push(v T) { s.push(row[T]{v: v}) }

// PushNull hands over a row without a value: in NonCollapsing mode it takes a cycle and ticks nothing.
func (s *Sim[T]) PushNull() { s.push(row[T]{null: true}) }

func (s *Sim[T]) push(r row[T]) {
	if s.m.node.Cycle() == 0 && s.m.idle() { // rows of the start; nothing else brings a cycle
		s.m.alarm.After(0, false)
	}
	s.rows = append(s.rows, r)
}

// idle tells whether no row waits.
func (d *Managed) idle() bool {
	for _, s := range d.sims {
		if s.waits() {
			return false
		}
	}
	return true
}

func (s *Sim[T]) waits() bool { return len(s.rows) > 0 }

func (s *Sim[T]) drop() { s.rows = nil }

func (s *Sim[T]) state() []any { return []any{&s.rows} }

func (s *Sim[T]) flush() (more bool) {
	switch {
	case len(s.rows) == 0:
		return false
	case s.mode == engine.NonCollapsing:
		if r := s.rows[0]; !r.null {
			s.one.Set(r.v)
		}
		s.rows = s.rows[1:]
		return len(s.rows) > 0
	}
	var vals []T
	for _, r := range s.rows {
		if !r.null {
			vals = append(vals, r.v)
		}
	}
	s.rows = s.rows[:0]
	switch {
	case len(vals) == 0:
	case s.mode == engine.Burst:
		s.burst.Set(vals)
	default:
		s.one.Set(vals[len(vals)-1])
	}
	return false
}
