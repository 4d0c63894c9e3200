package stats_test

import (
	"context"
	"math"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"gw/engine"
	"gw/engine/stats"
)

// testdata/csp_stats.txt is what the real csp ticks; testdata/csp_stats.py writes it. Where gw means to differ, the line is in differs with the reason.
func TestStatisticsTickAsCsp(t *testing.T) {
	text, err := os.ReadFile("testdata/csp_stats.txt")
	if err != nil {
		t.Fatal(err)
	}
	inputs, n := map[string]string{}, 0
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		if name, ticks, ok := strings.Cut(line, ": "); ok {
			inputs[name] = ticks
			continue
		}
		f := strings.Split(line, "|")
		for i := range f {
			f[i] = strings.TrimSpace(f[i])
		}
		n++
		t.Run(strings.Join(f[:3], "/"), func(t *testing.T) { compare(t, inputs, f[0], f[1], f[2], f[3]) })
	}
	if n < 890 {
		t.Errorf("the table has %d lines, want at least 890", n)
	}
}

// differs tells why a tick of gw differs from csp's on purpose, "" if it should not.
func differs(stat, arg, window string) string {
	trigger := strings.Contains(window, "trigger")
	switch {
	case strings.HasPrefix(stat, "arg") && trigger:
		return "csp gives the time of a value that has left when several values come and go between two triggers"
	case strings.HasPrefix(stat, "ema") && strings.HasPrefix(window, "ticks") && trigger:
		return "csp takes values out with the wrong weight when several leave between two triggers"
	case strings.HasPrefix(stat, "ema_") && strings.Contains(arg, "halflife") && strings.Contains(arg, "unadjusted"):
		return "csp corrects for the weights of the adjusted mean"
	}
	return ""
}

func compare(t *testing.T, inputs map[string]string, stat, arg, window, want string) {
	if why := differs(stat, arg, window); why != "" {
		t.Skip(why)
	}
	g := engine.New()
	c := cspCase{g, inputs, strings.Fields(arg), window}
	var got []string
	for _, e := range c.wire(stat) {
		n := g.Node("listen")
		in := engine.Use(n, e)
		n.OnTick(func() { got = append(got, show(n.Now())+"="+in.Get()) })
	}
	if err := g.Run(context.Background(), engine.Config{End: at("30")}); err != nil {
		t.Fatal(err)
	}
	tolerance := 1e-9
	if stat == "ema_std" {
		tolerance = 1e-7 // the square root of what csp leaves of equal values
	}
	if !same(got, strings.Fields(want), tolerance) {
		t.Errorf("\ngot  %s\nwant %s", strings.Join(got, " "), want)
	}
}

// cspCase is a line of the table.
type cspCase struct {
	g      *engine.Graph
	inputs map[string]string
	args   []string
	window string
}

func (c *cspCase) curve(name string) engine.Edge[float64] {
	var points []engine.Point[float64]
	for _, tick := range strings.Fields(c.inputs[name]) {
		when, v, _ := strings.Cut(tick, "=")
		points = append(points, engine.Point[float64]{At: at(when), V: number(v)})
	}
	return engine.Curve(c.g, points)
}

func (c *cspCase) config() stats.Config {
	var s stats.Config
	for _, word := range strings.Fields(c.window) {
		key, v, _ := strings.Cut(word, "=")
		switch key {
		case "ticks":
			s.Interval = stats.Ticks(int(number(v)))
		case "span":
			s.Interval = stats.Span(time.Duration(at(v)))
		case "min":
			s.MinWindow = stats.Ticks(int(number(v)))
			if strings.Contains(c.window, "span") {
				s.MinWindow = stats.Span(time.Duration(at(v)))
			}
		case "points":
			s.MinDataPoints = int(number(v))
		case "keepnan":
			s.KeepNaN = true
		case "trigger":
			s.Trigger = stats.On(c.curve(key))
		case "sampler":
			s.Sampler = stats.On(c.curve(key))
		case "reset":
			s.Reset = stats.On(c.curve(key))
		case "recalc":
			s.Recalc = stats.On(c.curve(key))
		case "weights":
			s.Weights = c.curve("w")
		}
	}
	return s
}

// wire adds the statistic of the line and returns its edges as text.
func (c *cspCase) wire(stat string) []engine.Edge[string] {
	x, y := "x", "y"
	if len(c.args) > 0 && strings.HasPrefix(c.args[0], "halflife") {
		x, y = "z", "v"
	}
	switch {
	case strings.HasSuffix(stat, "_matrix"):
		v := stats.OverVector(stats.ListToVector([]engine.Edge[float64]{c.curve("x"), c.curve("y")}, false), 2, c.config())
		m := stats.CorrMatrix(v)
		if stat == "cov_matrix" {
			m = stats.CovMatrix(v, c.ddof())
		}
		return shown(func(m stats.Matrix) string { return list(m.Values) }, m)
	case stat == "cov", stat == "corr", stat == "ema_cov":
		return shown(text, c.pair(stat, stats.OverPair(c.curve(x), c.curve(y), c.config())))
	}
	w := stats.Over(c.curve(x), c.config())
	switch stat {
	case "argmin":
		return shown(show, stats.ArgMin(w, c.args[0] == "true"))
	case "argmax":
		return shown(show, stats.ArgMax(w, c.args[0] == "true"))
	case "cross_sectional":
		return shown(list, stats.CrossSectional(w))
	}
	return shown(text, c.single(stat, w))
}

func (c *cspCase) ddof() int { return int(number(c.args[0])) }

func (c *cspCase) pair(stat string, p *stats.Pair) engine.Edge[float64] {
	switch stat {
	case "cov":
		return stats.Cov(p, c.ddof())
	case "corr":
		return stats.Corr(p)
	}
	d, bias := c.decay()
	return stats.EmaCov(p, d, bias)
}

func (c *cspCase) single(stat string, w *stats.Window) engine.Edge[float64] {
	plain := map[string]func(*stats.Window) engine.Edge[float64]{
		"count": stats.Count, "first": stats.First, "last": stats.Last, "sum": stats.Sum, "mean": stats.Mean, "prod": stats.Prod,
		"gmean": stats.Gmean, "min": stats.Min, "max": stats.Max, "median": stats.Median,
	}
	if f := plain[stat]; f != nil {
		return f(w)
	}
	switch stat {
	case "unique":
		return stats.Unique(w, int(number(c.args[0])))
	case "rank":
		ties := map[string]stats.Ties{"min": stats.LowestRank, "max": stats.HighestRank, "avg": stats.AverageRank}
		return stats.Rank(w, ties[c.args[0]], len(c.args) > 1)
	case "quantile":
		between := map[string]stats.Interpolation{"linear": stats.Linear, "lower": stats.Lower, "higher": stats.Higher,
			"midpoint": stats.Midpoint, "nearest": stats.Nearest}
		return stats.Quantile(w, between[c.args[1]], number(c.args[0]))[0]
	case "var":
		return stats.Var(w, c.ddof())
	case "stddev":
		return stats.Stddev(w, c.ddof())
	case "sem":
		return stats.Sem(w, c.ddof())
	case "skew":
		return stats.Skew(w, c.args[0] == "true")
	case "kurt":
		return stats.Kurt(w, c.args[0] == "true", c.args[1] == "true")
	}
	return c.ema(stat, w)
}

func (c *cspCase) ema(stat string, w *stats.Window) engine.Edge[float64] {
	d, bias := c.decay()
	switch stat {
	case "ema":
		return stats.Ema(w, d)
	case "ema_var":
		return stats.EmaVar(w, d, bias)
	case "ema_std":
		return stats.EmaStd(w, d, bias)
	}
	panic("no statistic " + stat)
}

func (c *cspCase) decay() (d stats.Decay, bias bool) {
	for _, word := range c.args {
		key, v, _ := strings.Cut(word, "=")
		switch key {
		case "alpha":
			d.Alpha = number(v)
		case "span":
			d.Span = number(v)
		case "com":
			d.Com = number(v)
		case "halflife":
			d.Halflife = time.Duration(at(v))
		case "unadjusted":
			d.Unadjusted = true
		case "ignorenan":
			d.IgnoreNaN = true
		case "bias":
			bias = true
		}
	}
	return d, bias
}

func at(seconds string) engine.Time { return engine.Time(math.Round(number(seconds) * 1e9)) }

func number(s string) float64 {
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		panic(err)
	}
	return v
}

func show(t engine.Time) string { return text(float64(t) / 1e9) }

func text(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }

func list(vs []float64) string {
	var b strings.Builder
	for i, v := range vs {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(text(v))
	}
	return b.String()
}

func shown[T any](f func(T) string, e engine.Edge[T]) []engine.Edge[string] {
	return []engine.Edge[string]{engine.Pipe(e, "show", f)}
}

// same compares ticks: times exactly, values within the tolerance of them.
func same(got, want []string, tolerance float64) bool {
	if len(got) != len(want) {
		return false
	}
	for i := range got {
		t, g, _ := strings.Cut(got[i], "=")
		u, w, _ := strings.Cut(want[i], "=")
		gs, ws := strings.Split(g, ","), strings.Split(w, ",")
		if number(t) != number(u) || len(gs) != len(ws) {
			return false
		}
		for j := range gs {
			if g != w && !near(number(gs[j]), number(ws[j]), tolerance) {
				return false
			}
		}
	}
	return true
}

func near(got, want, tolerance float64) bool {
	if got != got || want != want {
		return got != got && want != want
	}
	return got == want || math.Abs(got-want) <= tolerance*max(1, math.Abs(got), math.Abs(want))
}
