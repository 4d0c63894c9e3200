package stats

import (
	"math"

	"gw/engine"
)

// Skew returns the edge of the skewness of the window. Without bias it is corrected for the number of values, as csp and pandas do. It is
// NaN with fewer than three values or if all are equal. O(1).
func Skew(w *Window, bias bool) engine.Edge[float64] {
	return emit(&w.window, "skew", &skew{moments{order: 3}, bias}, wants{})
}

// Kurt returns the edge of the kurtosis of the window, in excess of a normal distribution's 3 if excess is set. Without bias it is corrected for
// the number of values. It is NaN with fewer than four values or if all are equal. O(1).
func Kurt(w *Window, bias, excess bool) engine.Edge[float64] {
	return emit(&w.window, "kurt", &kurt{moments{order: 4}, bias, excess}, wants{})
}

type skew struct {
	moments
	bias bool
}

func (s *skew) value() float64 {
	n := float64(s.n)
	p2, p3, _ := s.central()
	if s.beyond > 0 || n <= 2 || p2.hi <= 0 {
		return math.NaN()
	}
	v := p2.value()
	b := p3.value() / (v * math.Sqrt(v))
	if s.bias {
		return b
	}
	return b * math.Sqrt(n*(n-1)) / (n - 2)
}

type kurt struct {
	moments
	bias, excess bool
}

func (k *kurt) value() float64 {
	n := float64(k.n)
	p2, _, p4 := k.central()
	if k.beyond > 0 || n <= 3 || p2.hi <= 0 {
		return math.NaN()
	}
	v := p2.value()
	b := p4.value() / (v * v)
	if !k.bias {
		b = (n-1)/((n-2)*(n-3))*((n+1)*b-3*(n-1)) + 3
	}
	if k.excess {
		b -= 3
	}
	return b
}
