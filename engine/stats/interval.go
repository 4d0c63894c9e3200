package stats

import (
	"fmt"
	"time"
)

// Interval says how far a window reaches back. The zero Interval is everything since the start or the last reset.
type Interval struct {
	ticks int
	span  time.Duration
	kind  intervalKind
}

type intervalKind uint8

const (
	everything intervalKind = iota
	byTicks
	bySpan
)

// Ticks is the interval of the last n ticks of the sampler, n at least 1.
func Ticks(n int) Interval { return Interval{ticks: n, kind: byTicks} }

// Span is the interval (t-d, t]: what ticked exactly d ago is out. d is more than 0; as a MinWindow it may be 0.
func Span(d time.Duration) Interval { return Interval{span: d, kind: bySpan} }

// String returns the interval as an error shows it.
func (i Interval) String() string {
	switch i.kind {
	case byTicks:
		return fmt.Sprintf("Ticks(%d)", i.ticks)
	case bySpan:
		return fmt.Sprintf("Span(%v)", i.span)
	}
	return "everything"
}

// check tells what is wrong with the interval of a window.
func (i Interval) check() error {
	switch {
	case i.kind == byTicks && i.ticks < 1:
		return fmt.Errorf("window: got interval %v, want at least one tick", i)
	case i.kind == bySpan && i.span <= 0:
		return fmt.Errorf("window: got interval %v, want more than 0", i)
	}
	return nil
}
