package stats_test

import (
	"context"
	"math"
	"math/big"
	"math/rand/v2"
	"testing"

	"gw/engine"
	"gw/engine/stats"
)

// final runs a statistic over values and returns what it ticks last.
func final(t *testing.T, values []float64, c stats.Config, f func(w *stats.Window) engine.Edge[float64]) (last float64) {
	t.Helper()
	all := every(t, values, c, f)
	return all[len(all)-1]
}

func every(t *testing.T, values []float64, c stats.Config, f func(w *stats.Window) engine.Edge[float64]) (got []float64) {
	t.Helper()
	g := engine.New()
	points := make([]engine.Point[float64], len(values))
	for i, v := range values {
		points[i] = engine.Point[float64]{At: engine.Time(i), V: v}
	}
	if c.Interval != (stats.Interval{}) && c.MinWindow == (stats.Interval{}) {
		c.MinWindow = stats.Ticks(1)
	}
	engine.Sink(f(stats.Over(engine.Curve(g, points), c)), "got", func(v *float64) { got = append(got, *v) })
	if err := g.Run(context.Background(), engine.Config{}); err != nil {
		t.Fatal(err)
	}
	return got
}

// exact is the variance in 500 bits.
func exact(values []float64) float64 {
	float := func(x float64) *big.Float { return new(big.Float).SetPrec(500).SetFloat64(x) }
	sum, squares, square := float(0), float(0), float(0)
	for _, v := range values {
		x := float(v)
		sum.Add(sum, x)
		squares.Add(squares, square.Mul(x, x))
	}
	n := float64(len(values))
	squares.Sub(squares, sum.Quo(sum.Mul(sum, sum), float(n)))
	v, _ := squares.Quo(squares, float(n-1)).Float64()
	return v
}

func wantExact(t *testing.T, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > 1e-9*want {
		t.Errorf("got %v, want %v: relative error %.1e, want under 1e-9", got, want, math.Abs(got-want)/want)
	}
}

func noisy(n int, large, noise float64) []float64 {
	r := rand.New(rand.NewPCG(1, 2))
	values := make([]float64, n)
	for i := range values {
		values[i] = large + noise*r.NormFloat64()
	}
	return values
}

func variance(w *stats.Window) engine.Edge[float64] { return stats.Var(w, 1) }

func TestVarianceOfAMillionLargeValuesWithNoiseIsExact(t *testing.T) {
	for _, c := range []struct {
		n     int
		large float64
	}{{1_000_000, 1e9}, {100_000, 1e12}, {100_000, -3e15}} {
		values := noisy(c.n, c.large, 1)
		wantExact(t, final(t, values, stats.Config{}, variance), exact(values))
	}
}

func TestVarianceOfAWindowThatSlidForAMillionTicksIsExact(t *testing.T) {
	values := noisy(1_000_000, 1e12, 1e-2)
	for i := range values { // a level that wanders far away
		values[i] += float64(i) * 1e6
	}
	copy(values[len(values)-1000:], noisy(1000, 1e12, 1e-2))
	got := final(t, values, stats.Config{Interval: stats.Ticks(1000)}, variance)
	wantExact(t, got, exact(values[len(values)-1000:]))
}

func TestLargeValuesLeaveNothingBehind(t *testing.T) {
	for _, large := range []float64{1e30, 1e60, 1e160, 1e308, math.Inf(1), math.Inf(-1)} {
		values := []float64{1, 2, 3, large, -large, large, 1.5, 2.5, 4, 8}
		c := stats.Config{Interval: stats.Ticks(4)}
		plain := stats.Config{}
		for name, f := range map[string]func(*stats.Window) engine.Edge[float64]{
			"sum": stats.Sum, "mean": stats.Mean, "prod": stats.Prod, "var": variance, "min": stats.Min, "median": stats.Median,
			"skew": func(w *stats.Window) engine.Edge[float64] { return stats.Skew(w, true) },
			"kurt": func(w *stats.Window) engine.Edge[float64] { return stats.Kurt(w, true, true) },
		} {
			if got, want := final(t, values, c, f), final(t, values[6:], plain, f); !near(got, want, 1e-12) {
				t.Errorf("%s after %v: got %v, want %v", name, large, got, want)
			}
		}
	}
}

func TestVarianceOfEqualValuesIsZero(t *testing.T) {
	values := []float64{0.1, 0.7, 1e9, 0.3, 0.3, 0.3}
	if got := final(t, values, stats.Config{Interval: stats.Ticks(3)}, variance); got != 0 {
		t.Errorf("got %v", got)
	}
	nan := final(t, values, stats.Config{Interval: stats.Ticks(3)}, func(w *stats.Window) engine.Edge[float64] { return stats.Skew(w, true) })
	if nan == nan {
		t.Errorf("skew: got %v, want NaN", nan)
	}
}

func TestSumKeepsWhatAFloatWouldLose(t *testing.T) {
	values := []float64{1e16}
	for range 1000 {
		values = append(values, 1)
	}
	values = append(values, -1e16)
	if got := final(t, values, stats.Config{}, stats.Sum); got != 1000 {
		t.Errorf("got %v, want 1000", got)
	}
}

func TestProductDoesNotOverflowOnTheWay(t *testing.T) {
	got := final(t, []float64{1e300, 1e300, 1e-300, 1e-300, 7}, stats.Config{}, stats.Prod)
	if !near(got, 7, 1e-14) {
		t.Errorf("got %v, want 7", got)
	}
}

func TestAWindowOfEverythingRemembersLittleBetweenTriggers(t *testing.T) {
	g := engine.New()
	n := addNoise(g)
	n.n = 100_000
	rare := stats.On(engine.Const(g, true, 99_999))
	stats.Mean(stats.Over(n.X.Edge(), stats.Config{Trigger: rare}))
	before := 0
	g.OnCycleEnd(func(_ engine.Time, cycle uint64) {
		if cycle == 1000 || cycle == 90_000 {
			data, err := g.Save()
			if err != nil {
				t.Error(err)
			}
			if cycle == 1000 {
				before = len(data)
			} else if len(data) > before+500 {
				t.Errorf("the state grew from %d to %d bytes", before, len(data))
			}
		}
	})
	run(t, g)
}

func TestCovarianceOfLargeValuesIsExact(t *testing.T) {
	xs := noisy(100_000, 1e12, 1)
	ys := make([]float64, len(xs))
	for i, x := range xs { // y = 1e9 + 2 (x - 1e12), exactly
		ys[i] = 1e9 + 2*(x-1e12)
	}
	g := engine.New()
	pair := func(v []float64) engine.Edge[float64] {
		points := make([]engine.Point[float64], len(v))
		for i := range v {
			points[i] = engine.Point[float64]{At: engine.Time(i), V: v[i]}
		}
		return engine.Curve(g, points)
	}
	p := stats.OverPair(pair(xs), pair(ys), stats.Config{Interval: stats.Ticks(5000)})
	var cov, corr float64
	engine.Sink(stats.Cov(p, 1), "cov", func(v *float64) { cov = *v })
	engine.Sink(stats.Corr(p), "corr", func(v *float64) { corr = *v })
	run(t, g)
	wantExact(t, cov, 2*exact(xs[len(xs)-5000:]))
	wantExact(t, corr, 1)
}
