package stats

import "math"

// double is a number of twice the precision of a float64, the unevaluated sum hi + lo. Sums of doubles stay exact to 1e-32 of their largest part,
// so that what leaves a window leaves nothing behind. The algorithms are those of Dekker and Knuth, with a fused multiply-add.
type double struct{ hi, lo float64 }

// twoSum returns a + b without error.
func twoSum(a, b float64) double {
	s := a + b
	t := s - a
	return double{s, (a - (s - t)) + (b - t)}
}

// quick returns a + b without error if a is the larger.
func quick(a, b float64) double {
	s := a + b
	return double{s, b - (s - a)}
}

// twoMul returns a * b without error.
func twoMul(a, b float64) double {
	p := a * b
	return double{p, math.FMA(a, b, -p)}
}

func (a double) plus(b double) double {
	s, t := twoSum(a.hi, b.hi), twoSum(a.lo, b.lo)
	s = quick(s.hi, s.lo+t.hi)
	return quick(s.hi, s.lo+t.lo)
}

func (a double) neg() double           { return double{-a.hi, -a.lo} }
func (a double) minus(b double) double { return a.plus(b.neg()) }

func (a double) times(b double) double {
	p := twoMul(a.hi, b.hi)
	return quick(p.hi, p.lo+(a.hi*b.lo+a.lo*b.hi))
}

func (a double) scale(x float64) double {
	p := twoMul(a.hi, x)
	return quick(p.hi, math.FMA(a.lo, x, p.lo))
}

func (a double) over(b double) double {
	q := a.hi / b.hi
	r := a.minus(b.scale(q))
	q2 := r.hi / b.hi
	r = r.minus(b.scale(q2))
	return quick(q, q2).plus(double{r.hi / b.hi, 0})
}

func (a double) value() float64 { return a.hi + a.lo }
