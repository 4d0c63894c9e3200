package stats

import (
	"math"

	"gw/engine"
)

// Prod returns the edge of the product of the window, NaN if it is empty. It does not overflow on the way: a product that fits after a
// large value has left is right again. O(1).
func Prod(w *Window) engine.Edge[float64] {
	return emit(&w.window, "prod", newProd(), wants{plain: true})
}

// prod is mantissa * 2^exponent over the finite values that are not 0; the others are counted.
type prod struct {
	mantissa        double
	exponent        int
	n, zeros, minus int
	infs            int
}

func newProd() *prod { return &prod{mantissa: double{1, 0}} }

func (p *prod) add(row []float64, _ engine.Time) {
	if m, ok := p.count(row[0], 1); ok {
		p.set(p.mantissa.scale(m))
	}
}

func (p *prod) remove(row []float64) {
	if m, ok := p.count(row[0], -1); ok {
		p.set(p.mantissa.over(double{m, 0}))
	}
	if p.n == 0 {
		p.clear()
	}
}

// count counts x and its exponent, and returns its mantissa if it has one.
func (p *prod) count(x float64, by int) (mantissa float64, ok bool) {
	p.n += by
	if x < 0 {
		p.minus += by
	}
	switch {
	case x == 0:
		p.zeros += by
		return 0, false
	case math.IsInf(x, 0):
		p.infs += by
		return 0, false
	}
	m, e := math.Frexp(math.Abs(x))
	p.exponent += e * by
	return m, true
}

// set keeps the mantissa between 1/2 and 1.
func (p *prod) set(m double) {
	_, e := math.Frexp(m.hi)
	f := math.Ldexp(1, -e)
	p.mantissa, p.exponent = double{m.hi * f, m.lo * f}, p.exponent+e
}

func (p *prod) clear() { *p = *newProd() }

func (p *prod) value() float64 {
	v := math.Ldexp(p.mantissa.value(), p.exponent)
	switch {
	case p.n == 0, p.zeros > 0 && p.infs > 0:
		return math.NaN()
	case p.zeros > 0:
		return 0
	case p.infs > 0:
		v = math.Inf(1)
	}
	if p.minus%2 != 0 {
		return -v
	}
	return v
}
