package gateway

import (
	"fmt"
	"io"
	"time"

	"gw/engine"
	"gw/gateway/stage"
	"gw/schema"
)

// Session is what came from outside in one run: everything a fresh gateway of the same model and modules needs to do the
// same run again (RunConfig.Feed). Give one to Gateway.Record before Build. Without Out it is kept in memory, to be read when
// Run has returned, and grows with every operation; with Out, or In, it is a file (docs/sessions.md).
type Session struct {
	// Out, if not nil, is where the session is written to, a line an operation, as it happens. Writes are made on the
	// engine's goroutine and should not wait. An error of one ends the recording and is returned by Run.
	Out io.Writer
	// In, if not nil, is where a session that is fed is read from, as far ahead as the next operation.
	In io.Reader

	// Start is the engine time at which the run began, LastCycle its last cycle.
	Start     time.Time
	LastCycle uint64
	// Operations are in the order in which the engine took them.
	Operations []Operation

	ids   []idRun // given out within the graph
	lines *sessionWriter
}

// Operation is one thing that entered by the engine's intake, in the cycle in which the engine took it: a send, a staging
// request, what a module brought in (Bus.Inlet), or a time that a timer chose by the clock. What is sent is made of one value, or of
// one for each of several keys of a basket.
type Operation struct {
	Time  engine.Time
	Cycle uint64
	// Door is the way in: Send[CHANNEL], Stage[CHANNEL], Inlet[CHANNEL] MODULE, or the name of the timer.
	Door string
	// Caller is who asked for it.
	Caller Caller
	// Keys are the keys of a basket, or one "", and Records what was sent to each.
	Keys    []string
	Records [][]schema.Record
	// Stage is the request, if it is one.
	Stage *stage.Request
	// Timer is the number of the timer's node, and Due the time that it chose, if it is one.
	Timer int
	Due   engine.Time
}

// A door is where one channel takes things from outside.
type door interface {
	// operation tells what v, which the engine took, was.
	operation(v any) Operation
	// entry is the push adapter that took an operation, and the value that it takes for it again.
	entry(o Operation) (adapter *engine.Node, value any, err error)
	// typ is the type of what it takes.
	typ() *schema.Type
}

// record notes what the engine takes.
func (s *Session) record(g *Gateway) {
	g.graph.TapIntake(func(e engine.IntakeEvent) {
		o := Operation{}
		due, isTimer := e.Value.(engine.Time)
		switch d, ok := g.doors[e.Adapter]; {
		case ok:
			o = d.operation(e.Value)
		case isTimer:
			o.Timer, o.Due = e.Node, due
		}
		o.Time, o.Cycle, o.Door = e.Time, e.Cycle, e.Adapter
		s.take(o)
	})
}

// take keeps or writes an operation.
func (s *Session) take(o Operation) {
	if s.lines == nil {
		s.Operations = append(s.Operations, o)
		return
	}
	s.lines.ids(s.ids)
	s.ids = s.ids[:0]
	s.lines.operation(o)
}

// begin notes when the run began.
func (s *Session) begin(gateway string, start time.Time) {
	s.Start = start
	if s.Out != nil {
		s.lines = &sessionWriter{to: s.Out}
		s.lines.begin(gateway, start)
	}
}

// end notes the last cycle; the error is the first one of writing.
func (s *Session) end(last uint64) error {
	s.LastCycle = last
	if s.lines == nil {
		return nil
	}
	s.lines.ids(s.ids)
	s.lines.end(last)
	return s.lines.failed
}

// A feeding is a session that is fed.
type feeding struct {
	g    *Gateway
	next func() (Operation, error) // io.EOF at the end; then last is known
	last *uint64
	head *engine.IntakeEvent // the operation read ahead, nil if there are no more
	err  error
}

// feed has the engine take the operations again and ends the run after its last cycle. Effects are muted: what was
// printed and sent then is not printed and sent again.
func (g *Gateway) feed(s *Session) (*feeding, error) {
	f := &feeding{g: g, last: &s.LastCycle}
	if s.In == nil {
		g.ids.start(s.Start)
		rest := s.Operations
		f.next = func() (o Operation, err error) {
			if len(rest) == 0 {
				return o, io.EOF
			}
			o, rest = rest[0], rest[1:]
			return o, nil
		}
		for _, run := range s.ids {
			g.ids.repeat(run)
		}
	} else if err := f.open(s); err != nil {
		return nil, err
	}
	if f.advance(); f.err != nil {
		return nil, f.err
	}
	g.graph.Mute(0, engine.TimeOf(endOfTime))
	g.graph.FeedIntake(func() (e engine.IntakeEvent, ok bool) {
		if f.head == nil {
			return e, false
		}
		e = *f.head
		f.advance()
		return e, true
	})
	end := g.graph.Node("end of the session")
	g.graph.OnCycleEnd(func(_ engine.Time, cycle uint64) {
		if f.head == nil && cycle >= *f.last {
			end.Stop(nil)
		}
	})
	return f, nil
}

// endOfTime is after all that runs.
var endOfTime = time.Date(2262, 1, 1, 0, 0, 0, 0, time.UTC)

// open reads the head of a file.
func (f *feeding) open(s *Session) error {
	r := newSessionReader(s.In, f.g.doors, f.g.ids.repeat)
	if err := r.open(); err != nil {
		return fmt.Errorf("session: %w", err)
	}
	s.Start, f.next, f.last = r.start, r.next, &r.last
	f.g.ids.start(s.Start)
	return nil
}

// advance reads the next operation.
func (f *feeding) advance() {
	f.head = nil
	o, err := f.next()
	if err == io.EOF {
		return
	}
	if err == nil {
		var e engine.IntakeEvent
		if e, err = f.g.entry(o); err == nil {
			f.head = &e
			return
		}
	}
	f.err = fmt.Errorf("session: %w", err)
}

// entry is the operation as it came in.
func (g *Gateway) entry(o Operation) (engine.IntakeEvent, error) {
	e := engine.IntakeEvent{Time: o.Time, Cycle: o.Cycle, Node: o.Timer, Adapter: o.Door, Value: o.Due}
	d, ok := g.doors[o.Door]
	if !ok {
		if nodes := g.graph.Topology().Nodes; o.Due == 0 || o.Timer < 0 || o.Timer >= len(nodes) || nodes[o.Timer].Name != o.Door {
			return e, fmt.Errorf("%s took something in cycle %d that this gateway cannot take; it is another one, or its module does not use Bus.Inlet", o.Door, o.Cycle)
		}
		return e, nil
	}
	adapter, value, err := d.entry(o)
	if err != nil {
		return e, err
	}
	e.Node, e.Value = adapter.ID(), value
	return e, nil
}

// An idRun is ids that the graph gave out one after the other, while nobody outside asked for one.
type idRun struct{ first, n uint64 }

// repeat has the graph give out the ids of a recorded run again. If the run turns out otherwise, it must not give the
// same ids twice.
func (m *mint) repeat(run idRun) {
	m.again = append(m.again, run)
	if end := run.first + run.n; end > m.last.Load() {
		m.last.Store(end)
	}
}

// inGraph returns the next id for a value within the graph. While a session is recorded it is noted, and while one is fed
// it is that of the recorded run: there, ids for values from outside were given out at moments that nobody knows.
func (m *mint) inGraph(at func() time.Time) schema.ID {
	if len(m.again) > 0 {
		run := &m.again[0]
		id := schema.NewID(run.first)
		run.first++
		if run.n--; run.n == 0 {
			m.again = m.again[1:]
		}
		return id
	}
	id := m.next(at)
	if m.session != nil {
		m.session.note(id)
	}
	return id
}

func (s *Session) note(id schema.ID) {
	n, _ := id.Count()
	if k := len(s.ids); k > 0 && s.ids[k-1].first+s.ids[k-1].n == n {
		s.ids[k-1].n++
		return
	}
	s.ids = append(s.ids, idRun{n, 1})
}
