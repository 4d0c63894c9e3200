package op_test

import (
	"context"
	"fmt"
	"testing"

	"gw/engine"
	"gw/engine/op"
)

// metronome ticks its output in each of n cycles, at times 1 ns apart.
type metronome struct {
	Alarm engine.Alarm[int]
	Out   engine.Out[int]
	n     int
}

func (m *metronome) Start() error { m.Alarm.After(1, 1); return nil }

func (m *metronome) Tick() {
	i := m.Alarm.Get()
	m.Out.Set(i)
	if i < m.n {
		m.Alarm.After(1, i+1)
	}
}

// measure runs the graph for b.N cycles of its metronome and reports the time of one, by the number of what is counted.
func measure(b *testing.B, g *engine.Graph, m *metronome, per int, unit string) {
	b.Helper()
	for _, n := range []int{2000, b.N} {
		m.n = n
		b.ReportAllocs()
		b.ResetTimer()
		if err := g.Run(context.Background(), engine.Config{}); err != nil {
			b.Fatal(err)
		}
	}
	b.StopTimer()
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(per), unit)
}

func addOne(v int) int { return v + 1 }

func BenchmarkMapChain(b *testing.B) {
	const n = 1000
	for _, fused := range []bool{true, false} {
		b.Run(fmt.Sprintf("fused=%v", fused), func(b *testing.B) {
			g := engine.New()
			m := engine.Add(g, &metronome{})
			e := m.Out.Edge()
			for range n {
				e = op.Map(e, addOne)
				if !fused {
					e.Named("kept")
				}
			}
			last := 0
			engine.Sink(e, "last", func(v *int) { last = *v })
			measure(b, g, m, n, "ns/stage")
			if last != b.N+n {
				b.Fatalf("got %d, want %d", last, b.N+n)
			}
		})
	}
}

func BenchmarkMapChainOfTwoTypes(b *testing.B) {
	const n = 1000
	g := engine.New()
	m := engine.Add(g, &metronome{})
	e := m.Out.Edge()
	for range n / 2 {
		e = op.Map(op.Map(e, func(v int) float64 { return float64(v) }), func(v float64) int { return int(v) + 1 })
	}
	engine.Sink(e, "last", func(*int) {})
	measure(b, g, m, n, "ns/stage")
}

func BenchmarkMerge(b *testing.B) {
	for _, n := range []int{2, 16} {
		b.Run(fmt.Sprintf("edges=%d", n), func(b *testing.B) {
			g := engine.New()
			m := engine.Add(g, &metronome{})
			edges := make([]engine.Edge[int], n)
			for i := range edges {
				edges[i] = op.Filter(m.Out.Edge(), func(v *int) bool { return *v%n == i })
			}
			engine.Sink(op.Merge(edges...), "last", func(*int) {})
			measure(b, g, m, 1, "ns/tick")
		})
	}
}

func BenchmarkDemultiplex(b *testing.B) {
	for _, n := range []int{10, 1000, 100_000} {
		b.Run(fmt.Sprintf("keys=%d", n), func(b *testing.B) {
			g := engine.New()
			m := engine.Add(g, &metronome{})
			keys := make([]int, n)
			for i := range keys {
				keys[i] = i
			}
			basket := op.Demultiplex(m.Out.Edge(), keys, func(v *int) int { return *v % n })
			for _, e := range basket.Edges() {
				engine.Sink(e, "last", func(*int) {})
			}
			measure(b, g, m, 1, "ns/tick")
		})
	}
}

// Each operator on one tick, with the metronome's own 40 ns.
func BenchmarkOperator(b *testing.B) {
	for _, o := range []struct {
		name string
		wire func(e engine.Edge[int])
	}{
		{"none", func(engine.Edge[int]) {}},
		{"filter", func(e engine.Edge[int]) { op.Filter(e, func(v *int) bool { return *v > 0 }) }},
		{"dropdups", func(e engine.Edge[int]) { op.DropDups(e) }},
		{"accum", func(e engine.Edge[int]) { op.Accum(e, 0) }},
		{"lag", func(e engine.Edge[int]) { op.Lag(e, 100) }},
		{"add", func(e engine.Edge[int]) { op.Add(e, e) }},
		{"sample", func(e engine.Edge[int]) { op.Sample(e, e) }},
		{"collect", func(e engine.Edge[int]) { op.Collect(e, e) }},
		{"delay", func(e engine.Edge[int]) { op.Delay(e, 10) }},
		{"unroll of 3", func(e engine.Edge[int]) {
			list := []int{1, 2, 3}
			op.Unroll(op.Map(e, func(int) []int { return list }))
		}},
	} {
		b.Run(o.name, func(b *testing.B) {
			g := engine.New()
			m := engine.Add(g, &metronome{})
			o.wire(m.Out.Edge())
			measure(b, g, m, 1, "ns/tick")
		})
	}
}
