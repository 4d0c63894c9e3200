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
