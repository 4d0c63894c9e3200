package gateway

import (
	"sync"
	"sync/atomic"

	"gw/engine"
)

// life is where a gateway is between New and the end of Run.
type life struct {
	ran  atomic.Bool
	stop chan struct{}
	done chan struct{}
	over chan struct{} // closed when nothing more will be published
	once *sync.Once

	mu     sync.Mutex
	config RunConfig
	state  string
}

// The states of a gateway, as its status tells them.
const (
	stateStarting = "starting"
	stateRunning  = "running"
	statePaused   = "paused"
	stateEnded    = "ended"
	stateStopped  = "stopped"
)

func newLife() life {
	return life{stop: make(chan struct{}), done: make(chan struct{}), over: make(chan struct{}), once: &sync.Once{}, state: stateStarting}
}

func (l *life) halt() { l.once.Do(func() { close(l.stop) }) }

func (l *life) halted() bool {
	select {
	case <-l.stop:
		return true
	default:
		return false
	}
}

func (l *life) realtime() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.config.Realtime
}

func (l *life) set(state string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.state = state
}

// Status is where a gateway is.
type Status struct {
	Name string
	// Mode is "realtime" or "replay".
	Mode string
	// State is "starting", "running", "paused", "ended" (it came to its end) or "stopped" (somebody or an error ended it).
	State string
	// Time and Cycle are those of the last published cycle.
	Time  engine.Time
	Cycle uint64
	// Speed is the pace of a replay: 1 as recorded, 0 as fast as possible.
	Speed float64
	// Start and End are those given to Run, 0 if they were not.
	Start, End engine.Time
}

// Status returns where the gateway is.
func (g *Gateway) Status() Status {
	now, cycle := g.hub.at()
	control := g.graph.Control().Status()
	g.life.mu.Lock()
	defer g.life.mu.Unlock()
	s := Status{
		Name: g.Name, Mode: "replay", State: g.life.state, Time: now, Cycle: cycle, Speed: control.Speed,
		Start: timeOf(g.life.config.Start), End: timeOf(g.life.config.End),
	}
	if g.life.config.Realtime {
		s.Mode = "realtime"
	}
	if s.State == stateStarting && g.started() {
		s.State = stateRunning
		if control.Held {
			s.State = statePaused
		}
	}
	return s
}

func (g *Gateway) started() bool {
	select {
	case <-g.graph.Started():
		return true
	default:
		return false
	}
}
