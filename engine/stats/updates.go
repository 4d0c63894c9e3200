package stats

import (
	"math"

	"gw/engine"
)

// updates is the work of a window's node: it finds what comes into the window and what leaves it.
type updates struct {
	config Config
	node   *engine.Node
	in     input
	out    *engine.Out[update]

	trigger, reset, recalc ticker
	sampler                ticker              // nil if the input samples itself
	weights                *engine.In[float64] // nil if there are none

	row   []float64 // being read
	since engine.Time
	state windowState
}

// input is how a window reads what it is over.
type input struct {
	ticked func() bool
	read   func(row []float64) error
}

// windowState is what a window remembers.
type windowState struct {
	rows    rows
	told    int       // how many of the first rows the statistics have been told of
	gone    []float64 // rows that have left and that the statistics still count
	clear   bool      // the statistics must forget what they were told
	samples int       // since the start
}

func (u *updates) start() error {
	u.since = u.node.Now()
	u.state = windowState{rows: rows{width: len(u.row)}}
	return u.config.check()
}

func (u *updates) tick() {
	s := &u.state
	if u.reset.Ticked() {
		s.rows.clear()
		s.forget()
	}
	if u.recalc.Ticked() {
		s.forget()
	}
	ticked := u.in.ticked()
	sampled := ticked
	if u.sampler != nil {
		sampled = u.sampler.Ticked()
	}
	if sampled {
		u.sample(ticked)
	}
	triggered := sampled
	if u.config.Trigger.use != nil {
		triggered = u.trigger.Ticked()
	}
	switch full := u.config.Interval.kind == everything && u.state.rows.n >= hold; {
	case triggered:
		u.publish(u.ready())
	case full:
		u.publish(false)
	}
}

// hold is how many rows a window of everything remembers between two triggers.
const hold = 64

// forget has the statistics start from nothing.
func (s *windowState) forget() {
	s.told, s.gone, s.clear = 0, s.gone[:0], true
}

// sample takes the values there are into the window.
func (u *updates) sample(ticked bool) {
	for i := range u.row {
		u.row[i] = math.NaN()
	}
	if ticked {
		if err := u.in.read(u.row); err != nil {
			u.node.Stop(err)
			return
		}
	}
	if u.weights != nil && u.weights.Valid() {
		u.row[len(u.row)-1] = u.weights.Get()
	}
	s := &u.state
	s.samples++
	if i := u.config.Interval; i.kind == byTicks && s.rows.n == i.ticks {
		s.leave()
	}
	u.expire()
	s.rows.push(u.row, u.node.Now())
}

// leave takes the first row out of the window.
func (s *windowState) leave() {
	if s.told > 0 {
		s.told--
		s.gone = append(s.gone, s.rows.at(0)...)
	}
	s.rows.drop()
}

// expire takes out what is too old.
func (u *updates) expire() {
	if u.config.Interval.kind != bySpan {
		return
	}
	s, edge := &u.state, u.node.Now().Add(-u.config.Interval.span)
	for s.rows.n > 0 && s.rows.time(0) <= edge {
		s.leave()
	}
}

// publish tells the statistics what has changed since they were last told, and whether they are to tick.
func (u *updates) publish(due bool) {
	u.expire()
	s, up := &u.state, u.out.Slot()
	up.width = s.rows.width
	up.clear, s.clear = s.clear, false
	up.due = due
	up.rem = append(up.rem[:0], s.gone...)
	up.add, up.at = up.add[:0], up.at[:0]
	for i := s.told; i < s.rows.n; i++ {
		up.add = append(up.add, s.rows.at(i)...)
		up.at = append(up.at, s.rows.time(i))
	}
	s.gone, s.told = s.gone[:0], s.rows.n
	if u.config.Interval.kind == everything { // nothing will leave
		s.rows.clear()
		s.told = 0
	}
	u.out.Tick()
}

// ready tells whether the minimum window has been reached.
func (u *updates) ready() bool {
	switch m := u.config.minWindow(); m.kind {
	case byTicks:
		return u.state.samples >= m.ticks
	case bySpan:
		return u.node.Now() >= u.since.Add(m.span)
	}
	return true
}
