package stats

import (
	"math"

	"gw/engine"
)

// Ema returns the edge of the exponentially weighted mean of the window, NaN if it is empty. An interval of n ticks is csp's horizon. O(1).
func Ema(w *Window, d Decay) engine.Edge[float64] {
	return decaying(&w.window, "ema", 1, d, func(s *decayed) float64 { return s.mean() })
}

// EmaVar returns the edge of the exponentially weighted variance, corrected for the weights unless bias is set: NaN with fewer than two
// values then. O(1).
func EmaVar(w *Window, d Decay, bias bool) engine.Edge[float64] {
	return decaying(&w.window, "ema_var", 1, d, func(s *decayed) float64 { return max(0, s.cov(bias)) })
}

// EmaStd returns the edge of the square root of [EmaVar]. O(1).
func EmaStd(w *Window, d Decay, bias bool) engine.Edge[float64] {
	return decaying(&w.window, "ema_std", 1, d, func(s *decayed) float64 { return math.Sqrt(max(0, s.cov(bias))) })
}

// EmaCov returns the edge of the exponentially weighted covariance of the pair; see [EmaVar]. O(1).
func EmaCov(p *Pair, d Decay, bias bool) engine.Edge[float64] {
	return decaying(&p.window, "ema_cov", 2, d, func(s *decayed) float64 { return s.cov(bias) })
}

func decaying(w *window, name string, values int, d Decay, value func(*decayed) float64) engine.Edge[float64] {
	s := newDecayed(d, values, w.config.Interval.kind != everything)
	n, run := follow(w, name, s, wants{plain: true, nan: true, blind: true})
	n.OnStart(func() error { return d.check(w.config.Interval) })
	out := engine.Emit[float64](n)
	run(func(valid bool) {
		v := math.NaN()
		if valid {
			v = value(s)
		}
		out.Set(v)
	})
	return out.Edge()
}

// decayed are the weighted mean and the sum of squares of values whose weights fall. Weights are relative to that of a value that comes now.
type decayed struct {
	rate       float64 // by how many halves a weight falls a tick, or a nanosecond if byTime
	alpha      float64
	byTime     bool
	unadjusted bool
	ignoreNaN  bool
	values     int  // of a row, 1 or 2
	leaves     bool // values may leave

	n       int
	weight  float64 // sum of the weights
	squares float64 // sum of their squares
	mx, my  float64
	c       float64     // weighted sum of the products of the distances from the means
	age     int64       // in ticks or nanoseconds, since the first value
	at      engine.Time // of the last value
	gap     int         // how many NaNs came after it
	ages    ring[int64] // when the values came, if they may leave
}

func newDecayed(d Decay, values int, leaves bool) *decayed {
	s := &decayed{values: values, leaves: leaves, unadjusted: d.Unadjusted, ignoreNaN: d.IgnoreNaN, alpha: d.alpha()}
	if d.Halflife > 0 {
		s.byTime, s.rate = true, 1/float64(d.Halflife)
	} else {
		s.rate = min(-math.Log2(1-s.alpha), 1100) // more is no weight at all
	}
	return s
}

func (s *decayed) clear() {
	s.ages.clear()
	*s = decayed{rate: s.rate, alpha: s.alpha, byTime: s.byTime, unadjusted: s.unadjusted, ignoreNaN: s.ignoreNaN,
		values: s.values, leaves: s.leaves, ages: s.ages}
}

func (s *decayed) add(row []float64, at engine.Time) {
	x, y := row[0], row[s.values-1]
	if x != x || y != y {
		s.gap++
		return
	}
	own := 1.0
	if s.n > 0 {
		own = s.fall(at)
	}
	s.at, s.gap = at, 0
	s.n++
	s.weight += own
	s.squares += own * own
	dx := x - s.mx
	s.mx += dx * own / s.weight
	s.my += (y - s.my) * own / s.weight
	s.c += own * dx * (y - s.my)
	if s.unadjusted {
		s.normalise()
	}
	if s.leaves {
		s.ages.push(s.age)
	}
}

// fall lets the weights fall until at and returns the weight of a value that comes then.
func (s *decayed) fall(at engine.Time) (own float64) {
	steps := int64(1)
	switch {
	case s.byTime:
		steps = int64(at - s.at)
	case !s.ignoreNaN:
		steps += int64(s.gap)
	}
	s.age += steps
	f := math.Exp2(-s.rate * float64(steps))
	if !s.byTime && steps == 1 {
		f = 1 - s.alpha
	}
	s.weight *= f
	s.squares *= f * f
	s.c *= f
	switch {
	case !s.unadjusted:
		return 1
	case s.byTime:
		return 1 - f
	}
	return s.alpha
}

// normalise makes the sum of the weights 1.
func (s *decayed) normalise() {
	s.c /= s.weight
	s.squares /= s.weight * s.weight
	s.weight = 1
}

func (s *decayed) remove(row []float64) {
	x, y := row[0], row[s.values-1]
	if x != x || y != y {
		return
	}
	w := math.Exp2(-s.rate * float64(s.age-*s.ages.first()))
	s.ages.dropFirst()
	s.n--
	rest := s.weight - w
	if s.n == 0 || rest <= 0 {
		s.weight, s.squares, s.mx, s.my, s.c = 0, 0, 0, 0, 0
		return
	}
	dy := y - s.my
	s.mx -= (x - s.mx) * w / rest
	s.my -= dy * w / rest
	s.c -= w * (x - s.mx) * dy
	s.weight, s.squares = rest, s.squares-w*w
}

func (s *decayed) mean() float64 {
	if s.n == 0 {
		return math.NaN()
	}
	return s.mx
}

func (s *decayed) cov(bias bool) float64 {
	ww := s.weight * s.weight
	switch {
	case s.n == 0:
		return math.NaN()
	case bias:
		return s.c / s.weight
	case s.n < 2 || ww <= s.squares:
		return math.NaN()
	}
	return s.c / s.weight * ww / (ww - s.squares)
}
