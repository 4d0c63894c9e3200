package stats_test

import (
	"cmp"
	"context"
	"math"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"gw/engine"
	"gw/engine/stats"
)

// sample is a value in a window of the naive model.
type sample struct {
	x, y, w float64
	at      engine.Time
}

// naive are the statistics by their definitions, over what is in the window.
var naive = map[string]func(all []sample) float64{
	"count": func(s []sample) float64 { return float64(len(s)) },
	"sum":   func(s []sample) float64 { return sum(s, func(a sample) float64 { return a.x * a.w }) },
	"mean":  func(s []sample) float64 { return mean(s, getX) },
	"prod": func(s []sample) float64 {
		p := some(s)
		for _, a := range s {
			p *= a.x
		}
		return p
	},
	"min":          func(s []sample) float64 { return sorted(s, 0) },
	"max":          func(s []sample) float64 { return sorted(s, len(s)-1) },
	"argmax":       func(s []sample) float64 { return argmax(s, func(a, b float64) bool { return a >= b }) },
	"argmax first": func(s []sample) float64 { return argmax(s, func(a, b float64) bool { return a > b }) },
	"median":       func(s []sample) float64 { return (sorted(s, (len(s)-1)/2) + sorted(s, len(s)/2)) / 2 },
	"unique": func(s []sample) float64 {
		m := map[float64]bool{}
		for _, a := range s {
			m[a.x] = true
		}
		return float64(len(m))
	},
	"first": func(s []sample) float64 {
		if len(s) == 0 {
			return math.NaN()
		}
		return s[0].x
	},
	"last": func(s []sample) float64 {
		if len(s) == 0 {
			return math.NaN()
		}
		return s[len(s)-1].x
	},
	"rank": func(s []sample) float64 {
		if len(s) == 0 {
			return math.NaN()
		}
		n := 0.0
		for _, a := range s {
			if a.x < s[len(s)-1].x {
				n++
			}
		}
		return n
	},
	"var":  func(s []sample) float64 { return over(moment(s, getX, getX, 1), weights(s)-1) },
	"skew": skew,
	"kurt": kurt,
	"cov":  func(s []sample) float64 { return over(moment(s, getX, getY, 1), weights(s)-1) },
	"corr": func(s []sample) float64 {
		vx, vy := moment(s, getX, getX, 1), moment(s, getY, getY, 1)
		if flat(s, getX) || flat(s, getY) {
			return math.NaN()
		}
		return moment(s, getX, getY, 1) / math.Sqrt(vx*vy)
	},
	"ema": func(s []sample) float64 {
		m, w := 0.0, 0.0
		for i, a := range s {
			f := math.Pow(0.75, float64(len(s)-1-i))
			m, w = m+f*a.x, w+f
		}
		return m / w
	},
	"ema_var": func(s []sample) float64 {
		if len(s) < 2 {
			return math.NaN()
		}
		m, w, w2, v := 0.0, 0.0, 0.0, 0.0
		for i, a := range s {
			f := math.Pow(0.75, float64(len(s)-1-i))
			m, w, w2 = m+f*a.x, w+f, w2+f*f
		}
		for i, a := range s {
			v += math.Pow(0.75, float64(len(s)-1-i)) * (a.x - m/w) * (a.x - m/w)
		}
		return v / w * w * w / (w*w - w2)
	},
}

func getX(a sample) float64 { return a.x }
func getY(a sample) float64 { return a.y }

func sum(s []sample, f func(sample) float64) (t float64) {
	for _, a := range s {
		t += f(a)
	}
	return t
}

func weights(s []sample) float64 { return sum(s, func(a sample) float64 { return a.w }) }

func mean(s []sample, f func(sample) float64) float64 {
	return sum(s, func(a sample) float64 { return f(a) * a.w }) / weights(s)
}

// moment is the weighted sum of the products of the distances from the means, f's to the power p.
func moment(s []sample, f, g func(sample) float64, p float64) float64 {
	mf, mg := mean(s, f), mean(s, g)
	return sum(s, func(a sample) float64 { return a.w * math.Pow(f(a)-mf, p) * (g(a) - mg) })
}

func over(a, b float64) float64 {
	if !(b > 0) {
		return math.NaN()
	}
	return a / b
}

func flat(s []sample, f func(sample) float64) bool {
	for _, a := range s {
		if f(a) != f(s[0]) {
			return false
		}
	}
	return true
}

func skew(s []sample) float64 {
	if len(s) < 3 || flat(s, getX) {
		return math.NaN()
	}
	v := moment(s, getX, getX, 1) / weights(s)
	return moment(s, getX, getX, 2) / weights(s) / math.Pow(v, 1.5)
}

func kurt(s []sample) float64 {
	if len(s) < 4 || flat(s, getX) {
		return math.NaN()
	}
	v := moment(s, getX, getX, 1) / weights(s)
	return moment(s, getX, getX, 3) / weights(s) / (v * v)
}

// some is 1, NaN for nothing.
func some(s []sample) float64 {
	if len(s) == 0 {
		return math.NaN()
	}
	return 1
}

func sorted(s []sample, i int) float64 {
	if len(s) == 0 {
		return math.NaN()
	}
	c := slices.Clone(s)
	slices.SortFunc(c, func(a, b sample) int { return cmp.Compare(a.x, b.x) })
	return c[i].x
}

func argmax(s []sample, better func(a, b float64) bool) float64 {
	if len(s) == 0 {
		return 0
	}
	best := s[0]
	for _, a := range s {
		if better(a.x, best.x) {
			best = a
		}
	}
	return float64(best.at)
}

// wired adds the statistics of naive to a graph.
func wired(w *stats.Window, p *stats.Pair) map[string]engine.Edge[float64] {
	ns := func(t engine.Time) float64 { return float64(t) }
	return map[string]engine.Edge[float64]{
		"count": stats.Count(w), "sum": stats.Sum(w), "mean": stats.Mean(w), "prod": stats.Prod(w), "min": stats.Min(w), "max": stats.Max(w),
		"argmax": engine.Pipe(stats.ArgMax(w, true), "ns", ns), "argmax first": engine.Pipe(stats.ArgMax(w, false), "ns", ns),
		"median": stats.Median(w), "unique": stats.Unique(w, 6), "first": stats.First(w), "last": stats.Last(w),
		"rank": stats.Rank(w, stats.LowestRank, true), "var": stats.Var(w, 1), "skew": stats.Skew(w, true), "kurt": stats.Kurt(w, true, false),
		"cov": stats.Cov(p, 1), "corr": stats.Corr(p), "ema": stats.Ema(w, stats.Decay{Alpha: 0.25, IgnoreNaN: true}),
		"ema_var": stats.EmaVar(w, stats.Decay{Alpha: 0.25, IgnoreNaN: true}, false),
	}
}

// A random run: values, NaNs among them, at random times, with random triggers and resets.
type scenario struct {
	span     time.Duration // 0 if by ticks
	ticks    int           // 0 if everything
	weighted bool
	steps    []step
}

type step struct {
	gap            int
	x, y, w        float64
	trigger, reset bool
}

func drawScenario(t *rapid.T) scenario {
	s := scenario{weighted: rapid.Bool().Draw(t, "weighted")}
	switch rapid.IntRange(0, 2).Draw(t, "interval") {
	case 0:
		s.span = time.Duration(rapid.IntRange(1, 12).Draw(t, "span"))
	case 1:
		s.ticks = rapid.IntRange(1, 9).Draw(t, "ticks")
	}
	value := rapid.Custom(func(t *rapid.T) float64 {
		v := rapid.IntRange(-7, 8).Draw(t, "value")
		if v == 8 {
			return math.NaN()
		}
		return float64(v) / 2
	})
	s.steps = rapid.SliceOfN(rapid.Custom(func(t *rapid.T) step {
		return step{
			gap: rapid.IntRange(0, 3).Draw(t, "gap"), x: value.Draw(t, "x"), y: value.Draw(t, "y"),
			w: float64(rapid.IntRange(1, 4).Draw(t, "w")) / 4, trigger: rapid.IntRange(0, 3).Draw(t, "trigger") > 0,
			reset: rapid.IntRange(0, 9).Draw(t, "reset") == 0,
		}
	}), 1, 60).Draw(t, "steps")
	return s
}

// config is the window's, over edges that the steps tick one a cycle.
func (s scenario) wire(g *engine.Graph) (w *stats.Window, p *stats.Pair, trigger engine.Edge[bool]) {
	at, points := engine.Time(0), make([]engine.Point[step], len(s.steps))
	for i, st := range s.steps {
		at += engine.Time(st.gap)
		points[i] = engine.Point[step]{At: at, V: st}
	}
	all := engine.Curve(g, points)
	c := stats.Config{MinWindow: stats.Ticks(1)}
	switch {
	case s.span > 0:
		c.Interval, c.MinWindow = stats.Span(s.span), stats.Span(0)
	case s.ticks > 0:
		c.Interval = stats.Ticks(s.ticks)
	}
	trigger = when(all, func(s *step) bool { return s.trigger })
	c.Trigger, c.Reset = stats.On(trigger), stats.On(when(all, func(s *step) bool { return s.reset }))
	if s.weighted {
		c.Weights = engine.Pipe(all, "w", func(s step) float64 { return s.w })
	}
	x, y := engine.Pipe(all, "x", func(s step) float64 { return s.x }), engine.Pipe(all, "y", func(s step) float64 { return s.y })
	return stats.Over(x, c), stats.OverPair(x, y, c), trigger
}

func when(e engine.Edge[step], f func(*step) bool) engine.Edge[bool] {
	n := e.Graph().Node("when")
	in, out := engine.Use(n, e), engine.Emit[bool](n)
	n.OnTick(func() {
		if f(in.Ptr()) {
			out.Set(true)
		}
	})
	return out.Edge()
}

// window is what the model holds after step i.
func (s scenario) window(i int) (all []sample) {
	now, times := engine.Time(0), make([]engine.Time, i+1)
	for k := range times {
		now += engine.Time(s.steps[k].gap)
		times[k] = now
	}
	from := 0
	for k := range times {
		if s.steps[k].reset {
			from = k
		}
		if s.ticks > 0 {
			from = max(from, k+1-s.ticks)
		}
	}
	for k := from; k <= i; k++ {
		if s.span > 0 && times[k] <= now-engine.Time(s.span) {
			continue
		}
		st := s.steps[k]
		if !s.weighted {
			st.w = 1
		}
		all = append(all, sample{st.x, st.y, st.w, times[k]})
	}
	return all
}

// Every statistic equals its definition applied to what is in the window, at every tick of a random run.
func TestStatisticsEqualTheirDefinitions(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, g := drawScenario(t), engine.New()
		w, p, trigger := s.wire(g)
		want := map[string][]float64{}
		for i, st := range s.steps {
			for name, f := range naive {
				if st.trigger {
					want[name] = append(want[name], f(numbers(s.window(i), name)))
				}
			}
		}
		got := map[string][]float64{}
		for name, e := range wired(w, p) {
			engine.Sink(e, name, func(v *float64) { got[name] = append(got[name], *v) })
		}
		engine.Sink(trigger, "trigger", func(*bool) {})
		if err := g.Run(context.Background(), engine.Config{}); err != nil {
			t.Fatal(err)
		}
		for name := range naive {
			if !slices.EqualFunc(got[name], want[name], func(a, b float64) bool { return near(a, b, 1e-9) }) {
				t.Fatalf("%s:\ngot  %v\nwant %v", name, got[name], want[name])
			}
		}
	})
}

// numbers leaves out NaNs, and weights where the statistic knows none.
func numbers(all []sample, stat string) (out []sample) {
	pair := stat == "cov" || stat == "corr"
	weighted := pair || slices.Contains([]string{"sum", "mean", "var", "skew", "kurt"}, stat)
	for _, a := range all {
		if a.x != a.x || pair && a.y != a.y {
			continue
		}
		if !weighted {
			a.w = 1
		}
		out = append(out, a)
	}
	return out
}
