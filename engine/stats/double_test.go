package stats

import (
	"math"
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

func (a double) exact() *big.Float {
	x := new(big.Float).SetPrec(2200).SetFloat64(a.hi)
	return x.Add(x, new(big.Float).SetFloat64(a.lo))
}

// Doubles compute to 1e-30 of the larger operand for sums, and of the result for products and quotients.
func TestDoublesComputeTo30Digits(t *testing.T) {
	number := rapid.Custom(func(t *rapid.T) double {
		hi := rapid.Float64Range(-1e20, 1e20).Draw(t, "hi")
		if math.Abs(hi) < 1e-20 { // the lower half would be subnormal
			hi = 1
		}
		return quick(hi, hi*rapid.Float64Range(-1e-16, 1e-16).Draw(t, "lo"))
	})
	rapid.Check(t, func(t *rapid.T) {
		a, b := number.Draw(t, "a"), number.Draw(t, "b")
		x, y := a.exact(), b.exact()
		within := func(what string, got double, want *big.Float, scale float64) {
			t.Helper()
			diff, _ := new(big.Float).Sub(got.exact(), want).Float64()
			if math.Abs(diff) > 1e-30*math.Abs(scale) {
				t.Fatalf("%s: got %v, want %v", what, got.exact(), want)
			}
		}
		wide := func() *big.Float { return new(big.Float).SetPrec(2200) }
		within("plus", a.plus(b), wide().Add(x, y), max(math.Abs(a.hi), math.Abs(b.hi)))
		within("minus", a.minus(b), wide().Sub(x, y), max(math.Abs(a.hi), math.Abs(b.hi)))
		within("times", a.times(b), wide().Mul(x, y), a.hi*b.hi)
		within("scale", a.scale(b.hi), wide().Mul(x, wide().SetFloat64(b.hi)), a.hi*b.hi)
		within("over", a.over(b), wide().Quo(x, y), a.hi/b.hi)
	})
}
