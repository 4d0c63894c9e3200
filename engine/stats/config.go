package stats

import (
	"fmt"

	"gw/engine"
)

// Config says which values are in a window and when its statistics tick. In a cycle in which all signals tick, the window is first
// reset, then sampled, then its statistics are computed.
type Config struct {
	// Interval is how far the window reaches back; zero is everything.
	Interval Interval
	// MinWindow is how much must have come since the start before anything ticks, of the same kind as Interval: so many ticks of the sampler,
	// or so much time. Zero is the whole Interval; Ticks(1) and Span(0) are no wait at all.
	MinWindow Interval
	// MinDataPoints is how many numbers a window must have; with fewer, its statistics are NaN.
	MinDataPoints int
	// KeepNaN makes a statistic NaN while a NaN is in the window. Otherwise NaNs take their place in the window and are passed over.
	KeepNaN bool
	// Trigger is when the statistics are computed and tick; none means at each tick of the sampler.
	Trigger Signal
	// Sampler is when a value is taken into the window; none means at each tick of the input. Where it ticks and the input does not, a NaN is taken.
	Sampler Signal
	// Reset empties the window.
	Reset Signal
	// Recalc has the statistics computed afresh from what is in the window. Here it is hardly needed: see the package comment on precision.
	Recalc Signal
	// Weights gives each value the weight that this edge has when the value is taken. Sum, Mean, Var, Stddev, Sem, Skew, Kurt, Cov,
	// Corr and the matrices use it, the others do not look at it. Except for Sum a value whose weight is 0 or less is left out.
	Weights engine.Edge[float64]
	// NonOverlapping passes over a tick of one of the two inputs of a [Pair] without the other. Otherwise it ends the run with an error.
	NonOverlapping bool
}

// check tells what is wrong with a window.
func (c *Config) check() error {
	if err := c.Interval.check(); err != nil {
		return err
	}
	if c.MinWindow.kind != everything && c.MinWindow.kind != c.Interval.kind && c.Interval.kind != everything {
		return fmt.Errorf("window: got MinWindow %v, want one of the kind of interval %v", c.MinWindow, c.Interval)
	}
	if c.Interval.kind == everything && c.Recalc.use != nil {
		return fmt.Errorf("window: got Recalc and an interval of everything, want an interval, because there is nothing to add up again")
	}
	return nil
}

// minWindow is how much must have come.
func (c *Config) minWindow() Interval {
	if c.MinWindow.kind == everything {
		return c.Interval
	}
	return c.MinWindow
}

// Signal is an edge of any type whose ticks are all that matters. The zero Signal is none.
type Signal struct {
	use func(n *engine.Node) ticker
}

// ticker is an input seen as a signal.
type ticker interface{ Ticked() bool }

// On is the signal that e gives.
func On[T any](e engine.Edge[T]) Signal {
	return Signal{func(n *engine.Node) ticker { return engine.Use(n, e) }}
}

// never is the signal that does not tick.
type never struct{}

func (never) Ticked() bool { return false }

// on lets n read the signal.
func (s Signal) on(n *engine.Node) ticker {
	if s.use == nil {
		return never{}
	}
	return s.use(n)
}
