package stats_test

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"gw/engine"
	"gw/engine/stats"
)

// TestRunningIsTheStatisticOfAnEdge moves a window by hand over what a window of an edge sees.
func TestRunningIsTheStatisticOfAnEdge(t *testing.T) {
	const length, ticks = 7, 500
	edges := map[string]func(*stats.Window) engine.Edge[float64]{
		"count": stats.Count, "sum": stats.Sum, "mean": stats.Mean, "min": stats.Min, "max": stats.Max, "median": stats.Median,
		"variance": func(w *stats.Window) engine.Edge[float64] { return stats.Var(w, 1) },
		"stddev":   func(w *stats.Window) engine.Edge[float64] { return stats.Stddev(w, 1) },
	}
	r := rand.New(rand.NewPCG(1, 2))
	var xs []float64
	var points []engine.Point[float64]
	for i := range ticks {
		x := math.Round(r.NormFloat64() * 4)
		switch r.IntN(20) {
		case 0:
			x = math.NaN()
		case 1:
			x *= 1e12
		}
		xs = append(xs, x)
		points = append(points, engine.Point[float64]{At: engine.Time(i+1) * engine.Time(time.Second), V: x})
	}
	for name, over := range edges {
		g := engine.New()
		var want []float64
		w := stats.Over(engine.Curve(g, points), stats.Config{Interval: stats.Ticks(length), MinWindow: stats.Ticks(1)})
		engine.Sink(over(w), "note", func(v *float64) { want = append(want, *v) })
		if err := g.Run(t.Context(), engine.Config{}); err != nil {
			t.Fatal(err)
		}
		s := stats.NewRunning(name)
		for i, x := range xs {
			s.Add(x)
			if i >= length {
				s.Remove(xs[i-length])
			}
			if s.Stale() {
				s.Clear()
				for _, x := range xs[max(0, i+1-length) : i+1] {
					s.Add(x)
				}
			}
			if got := s.Value(); got != want[i] && !(math.IsNaN(got) && math.IsNaN(want[i])) {
				t.Fatalf("%s of tick %d: got %v, want %v", name, i, got, want[i])
			}
		}
	}
	if stats.NewRunning("mode") != nil {
		t.Error("got a statistic that there is not")
	}
}
