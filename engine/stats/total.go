package stats

import "math"

// fresh is how much a sum may shrink against the largest that it was before its last digits are in doubt and it is taken afresh.
const fresh = 1e-18

// total is a sum whose parts can be taken out again. Infinities are counted apart, so that they leave as others do.
type total struct {
	sum        double
	size       double // of the absolute values
	peak       float64
	plus, less int // how many infinities
}

func (t *total) put(x double, sign float64) {
	if math.IsInf(x.hi, 0) || x.hi != x.hi {
		if !(x.hi < 0) {
			t.plus += int(sign)
		}
		if !(x.hi > 0) {
			t.less += int(sign)
		}
		return
	}
	t.sum = t.sum.plus(x.scale(sign))
	t.size = t.size.plus(double{math.Abs(x.hi) * sign, 0})
	t.peak = max(t.peak, t.size.hi)
}

func (t *total) value() float64 {
	switch {
	case t.plus > 0 && t.less > 0:
		return math.NaN()
	case t.plus > 0:
		return math.Inf(1)
	case t.less > 0:
		return math.Inf(-1)
	}
	return t.sum.value()
}

// stale tells whether much has left, or the sum was too large for a float64.
func (t *total) stale() bool { return !(t.size.hi >= t.peak*fresh) || math.IsInf(t.peak, 0) }
