package stats

import "math"

// Running is a statistic of numbers that come and go by hand, first in first out: for whoever has a window that is not an
// edge's. It is computed as that of an edge is, and costs as much. NaNs are passed over. It belongs to one goroutine.
type Running struct {
	of interface {
		statistic
		value() float64
	}
	aging stale // of, nil if it does not lose precision
}

// NewRunning returns the statistic with the name: count, sum, mean, min, max, median, variance or stddev (both of a sample).
// It is nil if there is none of the name.
func NewRunning(name string) *Running {
	r := &Running{}
	switch name {
	case "count":
		r.of = &count{}
	case "sum":
		r.of = &sum{}
	case "mean":
		r.of = &mean{}
	case "min":
		r.of = &extreme{sign: -1}
	case "max":
		r.of = &extreme{sign: 1}
	case "median":
		r.of = &median{}
	case "variance":
		r.of = &variance{moments: moments{order: 2}, ddof: 1}
	case "stddev":
		r.of = &stddev{variance{moments: moments{order: 2}, ddof: 1}}
	default:
		return nil
	}
	r.aging, _ = r.of.(stale)
	r.of.clear()
	return r
}

// Add takes x in.
func (r *Running) Add(x float64) {
	if x == x {
		row := [1]float64{x}
		r.of.add(row[:], 0)
	}
}

// Remove takes x out, which is the oldest that is in.
func (r *Running) Remove(x float64) {
	if x == x {
		row := [1]float64{x}
		r.of.remove(row[:])
	}
}

// Value returns the statistic of what is in, NaN if it has none.
func (r *Running) Value() float64 { return r.of.value() }

// Stale tells whether a value so much larger than the others has left that the statistic is to be taken afresh: Clear it
// and Add all that is in.
func (r *Running) Stale() bool { return r.aging != nil && r.aging.stale() }

// Clear takes everything out.
func (r *Running) Clear() { r.of.clear() }

// median is the middle of what is in.
type median struct{ ordered }

func (m *median) value() float64 {
	if m.len() == 0 {
		return math.NaN()
	}
	return m.quantile(0.5, Midpoint)
}
