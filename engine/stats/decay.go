package stats

import (
	"errors"
	"fmt"
	"time"
)

// Decay says how the weight of a value falls in an exponentially weighted statistic. Exactly one of Alpha, Span, Com and Halflife is set.
type Decay struct {
	Alpha    float64       // the weight of the newest value, from 0 to 1
	Span     float64       // Alpha = 2 / (Span + 1)
	Com      float64       // the centre of mass: Alpha = 1 / (Com + 1)
	Halflife time.Duration // in which a weight falls to half, by time instead of by ticks
	// Unadjusted gives the first value its full weight for ever, as a filter that starts with it: new = (1-Alpha)*old + Alpha*value.
	// Otherwise the weights are 1, (1-Alpha), (1-Alpha)² and so on, over their sum.
	Unadjusted bool
	// IgnoreNaN lets weights fall only at numbers. Otherwise a NaN lets them fall too, as in csp's default.
	IgnoreNaN bool
}

// check tells what is wrong with the decay over a window.
func (d Decay) check(over Interval) error {
	set := 0
	for _, on := range []bool{d.Alpha != 0, d.Span != 0, d.Com != 0, d.Halflife != 0} {
		if on {
			set++
		}
	}
	a := d.alpha()
	switch {
	case set != 1:
		return fmt.Errorf("ema: got %d of Alpha, Span, Com and Halflife, want one", set)
	case d.Halflife < 0:
		return fmt.Errorf("ema: got halflife %v, want more than 0", d.Halflife)
	case d.Halflife == 0 && !(a > 0 && a <= 1):
		return fmt.Errorf("ema: got an alpha of %v, want more than 0 and at most 1", a)
	case d.Unadjusted && over.kind != everything:
		return errors.New("ema: got Unadjusted over an interval, want an interval of everything: the first value never leaves")
	}
	return nil
}

// alpha is the weight of the newest value, 0 if it depends on time.
func (d Decay) alpha() float64 {
	switch {
	case d.Span != 0:
		return 2 / (d.Span + 1)
	case d.Com != 0:
		return 1 / (d.Com + 1)
	}
	return d.Alpha
}
