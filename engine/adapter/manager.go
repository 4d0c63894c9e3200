package adapter

import "gw/engine"

// Manager reads rows of several kinds from one place, in time order, and gives each to the [Sim] it belongs to. Start(start, end engine.Time) error, Stop() error and
// the method of [engine.Keeper] are optional. All are called on the engine's goroutine.
type Manager interface {
	// Next pushes all rows of time now, which is the start of the run at first and then what Next returned, and returns the time of the rows after them,
	// or ok false if there are none. An error ends the run.
	Next(now engine.Time) (next engine.Time, ok bool, err error)
}

// Managed is a [Manager] in a graph.
type Managed struct {
	m     Manager
	node  *engine.Node
	alarm *engine.Alarm[bool] // true: rows are due; false: rows of this time are left
	sims  []sim
}

// sim is a Sim of any type.
type sim interface {
	// flush ticks what may tick in one cycle and tells whether more is left.
	flush() (more bool)
	waits() bool
	drop()
	state() []any
}

// Manage adds m to the graph under name. Its edges are made by [NewSim].
func Manage(g *engine.Graph, name string, m Manager) *Managed {
	d := &Managed{m: m, node: g.Node(name)}
	d.alarm = engine.NewAlarm[bool](d.node)
	d.node.OnStart(d.start)
	d.node.OnTick(d.tick)
	d.node.OnStop(func() error {
		if s, ok := m.(interface{ Stop() error }); ok {
			return s.Stop()
		}
		return nil
	})
	d.keep()
	return d
}

// keep names what is saved: what the manager keeps, and the rows that wait.
func (d *Managed) keep() {
	version, state := 0, []any(nil)
	if k, ok := d.m.(engine.Keeper); ok {
		version, state = k.Keep()
	}
	for _, s := range d.sims {
		state = append(state, s.state()...)
	}
	d.node.Keep(version, state...)
}

func (d *Managed) start() error {
	for _, s := range d.sims {
		s.drop() // what an earlier run has left
	}
	if s, ok := d.m.(interface {
		Start(start, end engine.Time) error
	}); ok {
		if err := s.Start(d.node.Now(), 0); err != nil {
			return err
		}
	}
	return d.read()
}

// read lets the manager push the rows of now, and sets the alarms for them and for the next ones.
func (d *Managed) read() error {
	next, ok, err := d.m.Next(d.node.Now())
	if err != nil {
		return err
	}
	if ok {
		d.alarm.At(max(next, d.node.Now()), true)
	}
	return nil
}

func (d *Managed) tick() {
	if d.alarm.Get() {
		if err := d.read(); err != nil {
			d.node.Stop(err)
		}
	}
	more := false
	for _, s := range d.sims {
		more = s.flush() || more
	}
	if more {
		d.alarm.After(0, false)
	}
}
