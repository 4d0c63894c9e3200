package gateway

import (
	"fmt"
	"slices"
	"time"

	"gw/engine"
	"gw/gateway/stage"
	"gw/schema"
)

// Session is what came from outside in one run: everything a fresh gateway of the same model and modules needs to do the
// same run again (RunConfig.Feed). Give one to Gateway.Record before Build, and read it when Run has returned; it grows
// with every operation.
type Session struct {
	// Start is the engine time at which the run began, LastCycle its last cycle.
	Start     time.Time
	LastCycle uint64
	// Operations are in the order in which the engine took them.
	Operations []Operation

	ids []idRun // given out within the graph
}

// Operation is one send or staging request from outside, in the cycle in which the engine took it. A send is made of one
// value, or of one for each of several keys of a basket.
type Operation struct {
	Time    engine.Time
	Cycle   uint64
	Channel string
	// Caller is who asked for it.
	Caller Caller
	// Keys are the keys of a basket, or one "", and Records what was sent to each.
	Keys    []string
	Records [][]schema.Record
	// Stage is the request, if it is one.
	Stage *stage.Request
}

// A door is where one channel takes things from outside: by sends or by staging requests.
type door interface {
	// operation tells what v, which the engine took, was.
	operation(v any) Operation
	// entry is the push adapter that took an operation, and the value that it takes for it again.
	entry(o Operation) (adapter *engine.Node, value any, err error)
}

// record notes what the engine takes.
func (s *Session) record(g *Gateway) {
	g.graph.TapIntake(func(e engine.IntakeEvent) {
		d, ok := g.doors[e.Adapter]
		if !ok {
			return
		}
		o := d.operation(e.Value)
		o.Time, o.Cycle = e.Time, e.Cycle
		s.Operations = append(s.Operations, o)
	})
}

// feed has the engine take the operations again and ends the run after its last cycle.
func (g *Gateway) feed(s *Session) error {
	var events []engine.IntakeEvent
	for _, o := range s.Operations {
		e, err := g.entry(o)
		if err != nil {
			return fmt.Errorf("session: %w", err)
		}
		events = append(events, e)
	}
	g.graph.FeedIntake(func() (e engine.IntakeEvent, ok bool) {
		if ok = len(events) > 0; ok {
			e, events = events[0], events[1:]
		}
		return e, ok
	})
	end := g.graph.Node("end of the session")
	g.graph.OnCycleEnd(func(_ engine.Time, cycle uint64) {
		if cycle >= s.LastCycle {
			end.Stop(nil)
		}
	})
	g.ids.again = slices.Clone(s.ids)
	if n := len(s.ids); n > 0 { // if the run turns out otherwise, it must not give the same ids twice
		g.ids.last.Store(s.ids[n-1].first + s.ids[n-1].n)
	}
	return nil
}

// entry is the operation as it came in.
func (g *Gateway) entry(o Operation) (engine.IntakeEvent, error) {
	name := sendLabel(o.Channel)
	if o.Stage != nil {
		name = stageLabel(o.Channel)
	}
	d, ok := g.doors[name]
	if !ok {
		return engine.IntakeEvent{}, fmt.Errorf("channel %q does not take what it took when the session was recorded", o.Channel)
	}
	adapter, value, err := d.entry(o)
	if err != nil {
		return engine.IntakeEvent{}, err
	}
	return engine.IntakeEvent{Time: o.Time, Cycle: o.Cycle, Node: adapter.ID(), Adapter: name, Value: value}, nil
}

// An idRun is ids that the graph gave out one after the other, while nobody outside asked for one.
type idRun struct{ first, n uint64 }

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
