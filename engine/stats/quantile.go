package stats

import (
	"fmt"
	"math"

	"gw/engine"
)

// Interpolation says what a quantile between two values is.
type Interpolation uint8

const (
	Linear   Interpolation = iota // by the distance to each
	Lower                         // the lower one
	Higher                        // the higher one
	Midpoint                      // halfway between them
	Nearest                       // the nearer one, the higher if both are as near
)

// Quantile returns the edges of quantiles of the window, each from 0 (the smallest) to 1 (the largest), NaN if it is empty. O(log n), and
// memory for the window.
func Quantile(w *Window, between Interpolation, quantiles ...float64) []engine.Edge[float64] {
	s := &ordered{}
	n, run := follow(&w.window, "quantile", s, wants{plain: true})
	outs, edges := make([]*engine.Out[float64], len(quantiles)), make([]engine.Edge[float64], len(quantiles))
	for i, q := range quantiles {
		outs[i] = engine.Emit[float64](n)
		edges[i] = outs[i].Edge()
		if !(q >= 0 && q <= 1) {
			n.OnStart(func() error { return fmt.Errorf("quantile: got %v, want 0 to 1", q) })
		}
	}
	run(func(valid bool) {
		for i, q := range quantiles {
			v := math.NaN()
			if valid && s.len() > 0 {
				v = s.quantile(q, between)
			}
			outs[i].Set(v)
		}
	})
	return edges
}

// Median returns the edge of the value in the middle of the window, halfway between the two if there are two. O(log n), and memory for the
// window.
func Median(w *Window) engine.Edge[float64] { return Quantile(w, Midpoint, 0.5)[0] }

// ordered holds the values of a window in order.
type ordered struct{ multiset }

func (o *ordered) add(row []float64, _ engine.Time) { o.insert(row[0]) }
func (o *ordered) remove(row []float64)             { o.multiset.remove(row[0]) }

func (o *ordered) quantile(q float64, between Interpolation) float64 {
	at := q * float64(o.len()-1)
	low := math.Floor(at)
	lower := o.nth(int(low))
	if at == low {
		return lower
	}
	higher := o.nth(int(low) + 1)
	switch between {
	case Lower:
		return lower
	case Higher:
		return higher
	case Midpoint:
		return (lower + higher) / 2
	case Nearest:
		if at-low < 0.5 {
			return lower
		}
		return higher
	}
	return (1-at+low)*lower + (at-low)*higher
}
