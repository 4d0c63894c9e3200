package stats

import (
	"math"

	"gw/engine"
)

// Sum returns the edge of the sum of the window, with the weights if there are any; 0 if it is empty. It is always as precise as csp's with
// precise, or more. O(1).
func Sum(w *Window) engine.Edge[float64] { return emit(&w.window, "sum", &sum{}, wants{}) }

// Mean returns the edge of the mean of the window, NaN if it is empty. O(1).
func Mean(w *Window) engine.Edge[float64] { return emit(&w.window, "mean", &mean{}, wants{}) }

// Gmean returns the edge of the geometric mean of the window; NaN if it is empty. A negative value counts as NaN. O(1).
func Gmean(w *Window) engine.Edge[float64] {
	return emit(&w.window, "gmean", &gmean{}, wants{plain: true, roots: true})
}

// sum adds up rows of a value and its weight, if it has one.
type sum struct{ total }

func (s *sum) add(row []float64, _ engine.Time) { s.put(weighted(row), 1) }
func (s *sum) remove(row []float64)             { s.put(weighted(row), -1) }
func (s *sum) clear()                           { *s = sum{} }

// weighted is the value of a row times its weight.
func weighted(row []float64) double {
	if len(row) == 1 {
		return double{row[0], 0}
	}
	return twoMul(row[0], row[1])
}

// mean divides the weighted sum by the sum of the weights.
type mean struct {
	total
	weight double // 0 if the rows have none
	n      int
}

func (m *mean) add(row []float64, _ engine.Time) { m.count(row, 1) }
func (m *mean) remove(row []float64)             { m.count(row, -1) }
func (m *mean) clear()                           { *m = mean{} }

func (m *mean) count(row []float64, sign float64) {
	if skips(row, 1) {
		return
	}
	m.put(weighted(row), sign)
	if len(row) > 1 {
		m.weight = m.weight.plus(double{row[1] * sign, 0})
	}
	m.tally(sign)
}

// tally counts a value.
func (m *mean) tally(sign float64) {
	if m.n += int(sign); m.n == 0 {
		m.clear()
	}
}

func (m *mean) value() float64 {
	if m.n == 0 {
		return math.NaN()
	}
	if m.plus+m.less > 0 {
		return m.total.value()
	}
	w := m.weight
	if w.hi == 0 {
		w.hi = float64(m.n)
	}
	return m.sum.over(w).value()
}

// weight is the weight of a row of so many values, 1 if it has none.
func weight(row []float64, values int) float64 {
	if len(row) == values {
		return 1
	}
	return row[values]
}

// skips tells whether a row is left out because its weight is not positive.
func skips(row []float64, values int) bool { return len(row) > values && row[values] <= 0 }

// gmean is the exponential of the mean of the logarithms.
type gmean struct{ mean }

func (g *gmean) add(row []float64, _ engine.Time) { g.log(row[0], 1) }
func (g *gmean) remove(row []float64)             { g.log(row[0], -1) }
func (g *gmean) value() float64                   { return math.Exp(g.mean.value()) }

func (g *gmean) log(x, sign float64) {
	g.put(double{math.Log(x), 0}, sign)
	g.tally(sign)
}
