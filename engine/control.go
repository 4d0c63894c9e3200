package engine

import (
	"sync"
	"time"
)

// Control holds, steps and paces a run between two cycles. Its methods may be called from any goroutine at any moment, before a
// run too; they return at once and take effect before the next cycle. However a simulated run is driven, its ticks are the same.
type Control struct {
	g       *Graph
	mu      sync.Mutex
	want    ctlOrder
	status  ControlStatus
	changed chan struct{}
}

// ControlStatus is where a run stands.
type ControlStatus struct {
	Held  bool    // it stands between two cycles and waits for Control
	Now   Time    // engine time; a run that goes flat out tells it with a delay of at most 64 cycles
	Cycle uint64  // number of the last cycle
	Speed float64 // 0 = flat out
	Done  bool    // it is over
	// Live tells that a realtime run has done what lay before its beginning, and follows the clock.
	Live bool
	// Behind is how far the engine's time was behind the clock in the last cycle of a realtime run: what it catches up with.
	Behind time.Duration
}

// Modes of driving a run.
const (
	modeFree uint8 = iota
	modeHeld
	modeStep
	modeUntil
	modeWhen
)

// ctlOrder is how a run is to be driven.
type ctlOrder struct {
	mode   uint8
	steps  uint64
	until  Time
	when   func() bool
	speed  float64
	serial uint64 // counts the orders
}

func newControl(g *Graph) *Control {
	return &Control{g: g, changed: make(chan struct{})}
}

// Pause holds the run after the cycle that is going on. Status tells when it stands.
func (c *Control) Pause() { c.give(func(o *ctlOrder) { o.mode = modeHeld }) }

// Resume lets the run go on.
func (c *Control) Resume() { c.give(func(o *ctlOrder) { o.mode = modeFree }) }

// Step lets the run go on for n cycles and holds it again. Steps that are still to be done add up.
func (c *Control) Step(n uint64) {
	if n == 0 {
		return
	}
	c.give(func(o *ctlOrder) {
		if o.mode != modeStep {
			o.mode, o.steps = modeStep, 0
		}
		o.steps += n
	})
}

// Until lets the run go on and holds it when all cycles up to t, inclusive, are done. It runs at the current speed.
func (c *Control) Until(t Time) {
	c.give(func(o *ctlOrder) { o.mode, o.until = modeUntil, t })
}

// When lets the run go on and holds it after the first cycle after which pred returns true. pred is called on the engine's goroutine,
// where it may read what nodes have; it may call Control.
func (c *Control) When(pred func() bool) {
	c.give(func(o *ctlOrder) { o.mode, o.when = modeWhen, pred })
}

// Speed sets the pace of a simulated run: 1 is the original speed, 10 ten times that, 0 flat out. Less than 0 counts as 0. Cycles of
// one time follow each other at once. A realtime run has the clock's pace, whatever is set.
func (c *Control) Speed(x float64) {
	c.give(func(o *ctlOrder) { o.speed = max(x, 0) })
}

// Status returns where the run stands.
func (c *Control) Status() ControlStatus {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.g.intake.flags.Or(flagStatus)
	return c.status
}

// Changed returns a channel that is closed when the status changes next, except for the mere progress of time and cycles. Take it
// before Status, so that no change is missed.
func (c *Control) Changed() <-chan struct{} {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.changed
}

// give changes the order and has the loop look at it.
func (c *Control) give(change func(*ctlOrder)) {
	c.mu.Lock()
	change(&c.want)
	c.want.serial++
	c.status.Speed = c.want.speed
	c.status.Held = c.status.Held && c.want.mode == modeHeld
	c.tell()
	c.mu.Unlock()
	c.g.raise(flagControl)
}

// tell wakes those who wait for a change. c.mu is held.
func (c *Control) tell() {
	close(c.changed)
	c.changed = make(chan struct{})
}
