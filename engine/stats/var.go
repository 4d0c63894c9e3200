package stats

import (
	"math"

	"gw/engine"
)

// Var returns the edge of the variance of the window: the sum of the squared distances from the mean, each times its weight, over
// the sum of the weights less ddof (1 for a sample, 0 for a population). It is NaN if that is not positive. O(1).
func Var(w *Window, ddof int) engine.Edge[float64] {
	return emit(&w.window, "var", &variance{moments: moments{order: 2}, ddof: ddof}, wants{})
}

// Stddev returns the edge of the square root of [Var]. O(1).
func Stddev(w *Window, ddof int) engine.Edge[float64] {
	return emit(&w.window, "stddev", &stddev{variance{moments: moments{order: 2}, ddof: ddof}}, wants{})
}

// Sem returns the edge of the standard error of the mean: the square root of [Var] over the sum of the weights. O(1).
func Sem(w *Window, ddof int) engine.Edge[float64] {
	return emit(&w.window, "sem", &sem{variance{moments: moments{order: 2}, ddof: ddof}}, wants{})
}

type variance struct {
	moments
	ddof int
}

func (v *moments) add(row []float64, _ engine.Time) {
	if !skips(row, 1) {
		v.put(row[0], weight(row, 1), 1)
	}
}

func (v *moments) remove(row []float64) {
	if !skips(row, 1) {
		v.put(row[0], weight(row, 1), -1)
	}
}

func (v *moments) clear() { v.empty() }

func (v *variance) value() float64 {
	w := v.sums[0].value()
	if v.beyond > 0 || v.n == 0 || w <= float64(v.ddof) {
		return math.NaN()
	}
	p2, _, _ := v.central()
	return max(0, p2.times(v.sums[0]).value()) / (w - float64(v.ddof))
}

type stddev struct{ variance }

func (s *stddev) value() float64 { return math.Sqrt(s.variance.value()) }

type sem struct{ variance }

func (s *sem) value() float64 { return math.Sqrt(s.variance.value() / s.sums[0].value()) }
