package stats_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"runtime"
	"testing"

	"gw/engine"
	"gw/engine/stats"
)

// noise ticks random numbers in n cycles.
type noise struct {
	Alarm  engine.Alarm[int]
	X, Y   engine.Out[float64]
	values [1 << 12]float64
	n      int
}

func addNoise(g *engine.Graph) *noise {
	r := rand.New(rand.NewPCG(1, 2))
	n := &noise{}
	for i := range n.values {
		n.values[i] = r.NormFloat64()
	}
	return engine.Add(g, n)
}

func (n *noise) Start() error { n.Alarm.After(1, 1); return nil }

func (n *noise) Tick() {
	i := n.Alarm.Get()
	n.X.Set(n.values[i%len(n.values)] + float64(i&7))
	n.Y.Set(n.values[7*i%len(n.values)])
	if i < n.n {
		n.Alarm.After(1, i+1)
	}
}

// measured are the statistics that are benchmarked, by family.
func measured() map[string]func(w *stats.Window, p *stats.Pair) {
	return map[string]func(w *stats.Window, p *stats.Pair){
		"window alone": func(w *stats.Window, _ *stats.Pair) {},
		"count":        func(w *stats.Window, _ *stats.Pair) { stats.Count(w) },
		"mean":         func(w *stats.Window, _ *stats.Pair) { stats.Mean(w) },
		"prod":         func(w *stats.Window, _ *stats.Pair) { stats.Prod(w) },
		"var":          func(w *stats.Window, _ *stats.Pair) { stats.Var(w, 1) },
		"kurt":         func(w *stats.Window, _ *stats.Pair) { stats.Kurt(w, false, true) },
		"max":          func(w *stats.Window, _ *stats.Pair) { stats.Max(w) },
		"first":        func(w *stats.Window, _ *stats.Pair) { stats.First(w) },
		"unique":       func(w *stats.Window, _ *stats.Pair) { stats.Unique(w, 10) },
		"median":       func(w *stats.Window, _ *stats.Pair) { stats.Median(w) },
		"rank":         func(w *stats.Window, _ *stats.Pair) { stats.Rank(w, stats.AverageRank, false) },
		"ema_std":      func(w *stats.Window, _ *stats.Pair) { stats.EmaStd(w, stats.Decay{Alpha: 0.1}, false) },
		"corr":         func(_ *stats.Window, p *stats.Pair) { stats.Corr(p) },
		"ten of one window": func(w *stats.Window, _ *stats.Pair) {
			for range 10 {
				stats.Mean(w)
			}
		},
	}
}

var order = []string{"window alone", "count", "mean", "prod", "var", "kurt", "max", "first", "unique", "median", "rank", "ema_std", "corr", "ten of one window"}

func BenchmarkStatistic(b *testing.B) {
	for _, name := range order {
		for _, size := range []int{10, 1000, 100_000} {
			b.Run(fmt.Sprintf("%s/window=%d", name, size), func(b *testing.B) {
				g, n := wireMeasured(name, size)
				b.ReportAllocs()
				b.StopTimer()
				n.n = b.N + 3*size + 10_000
				g.OnCycleEnd(func(_ engine.Time, cycle uint64) {
					if cycle == uint64(3*size+10_000) {
						b.StartTimer()
					}
				})
				if err := g.Run(context.Background(), engine.Config{}); err != nil {
					b.Fatal(err)
				}
				b.StopTimer()
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N), "ns/tick")
			})
		}
	}
}

func wireMeasured(name string, size int) (*engine.Graph, *noise) {
	g := engine.New()
	n := addNoise(g)
	c := stats.Config{Interval: stats.Ticks(size)}
	var w *stats.Window
	var p *stats.Pair
	if name == "corr" {
		p = stats.OverPair(n.X.Edge(), n.Y.Edge(), c)
	} else {
		w = stats.Over(n.X.Edge(), c)
	}
	measured()[name](w, p)
	return g, n
}

func TestNoStatisticAllocatesOnceItsWindowIsFull(t *testing.T) {
	for _, name := range order {
		g, n := wireMeasured(name, 100)
		n.n = 20_000
		var before, after runtime.MemStats
		g.OnCycleEnd(func(_ engine.Time, cycle uint64) {
			switch cycle {
			case 10_000:
				runtime.ReadMemStats(&before)
			case 20_000:
				runtime.ReadMemStats(&after)
			}
		})
		run(t, g)
		if got := after.Mallocs - before.Mallocs; got > 100 { // of the runtime itself
			t.Errorf("%s: got %d allocations in 10,000 ticks", name, got)
		}
	}
}
