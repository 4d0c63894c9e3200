package engine_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"gw/engine"
	"gw/engine/op"
)

type addOne struct {
	In  engine.In[int]
	Out engine.Out[int]
}

func (n *addOne) Tick() { n.Out.Set(n.In.Get() + 1) }

type add2 struct {
	A, B engine.In[int]
	Out  engine.Out[int]
}

func (n *add2) Tick() { n.Out.Set(n.A.Get() + n.B.Get()) }

type last struct {
	In engine.In[int]
	v  int
}

func (n *last) Tick() { n.v = n.In.Get() }

// metronome ticks its output in each of n cycles, at times 1 ns apart.
type metronome struct {
	Alarm engine.Alarm[int]
	Out   engine.Out[int]
	Clock engine.Clock
	n     int
	first func() // called in the first cycle
}

func (m *metronome) Start() error { m.Alarm.After(1, 1); return nil }

func (m *metronome) Tick() {
	i := m.Alarm.Get()
	if i == 1 && m.first != nil {
		m.first()
	}
	m.Out.Set(i)
	if i < m.n {
		m.Alarm.After(1, i+1)
	}
}

// cycles runs the graph for b.N cycles of its metronome and reports the time a node, or a cycle if perCycle is 1. What it takes to
// start the nodes is not counted.
func cycles(b *testing.B, g *engine.Graph, m *metronome, perCycle int) {
	b.Helper()
	m.n = 1000
	run(b, g) // warm
	m.n, m.first = b.N, b.ResetTimer
	b.ReportAllocs()
	run(b, g)
	b.StopTimer()
	unit := "ns/node-tick"
	if perCycle == 1 {
		unit = "ns/cycle"
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(perCycle), unit)
}

func run(tb testing.TB, g *engine.Graph) {
	tb.Helper()
	if err := g.Run(context.Background(), engine.Config{}); err != nil {
		tb.Fatal(err)
	}
}

func BenchmarkChain(b *testing.B) {
	for _, n := range []int{10, 1000, 100_000} {
		b.Run(fmt.Sprintf("nodes=%d", n), func(b *testing.B) {
			g := engine.New()
			m := engine.Add(g, &metronome{})
			e := m.Out.Edge()
			for range n {
				e = engine.Add(g, &addOne{In: engine.From(e)}).Out.Edge()
			}
			end := engine.Add(g, &last{In: engine.From(e)})
			cycles(b, g, m, n)
			if end.v != b.N+n {
				b.Fatalf("got %d, want %d", end.v, b.N+n)
			}
		})
	}
}

func BenchmarkChainClosure(b *testing.B) {
	const n = 1000
	g := engine.New()
	m := engine.Add(g, &metronome{})
	e := m.Out.Edge()
	for range n {
		node := g.Node("add")
		in, out := engine.Use(node, e), engine.Emit[int](node)
		node.OnTick(func() { out.Set(in.Get() + 1) })
		e = out.Edge()
	}
	cycles(b, g, m, n)
}

// BenchmarkChainMap is a chain of operators with one reader each, as an application has them.
func BenchmarkChainMap(b *testing.B) {
	const n = 1000
	g := engine.New()
	m := engine.Add(g, &metronome{})
	e := m.Out.Edge()
	for range n {
		e = op.Map(e, func(v int) int { return v + 1 })
	}
	end := engine.Add(g, &last{In: engine.From(e)})
	cycles(b, g, m, n)
	if end.v != b.N+n {
		b.Fatalf("got %d, want %d", end.v, b.N+n)
	}
}

// BenchmarkChainMapTypes is a chain of operators that change the type at each stage.
func BenchmarkChainMapTypes(b *testing.B) {
	const n = 1000
	g := engine.New()
	m := engine.Add(g, &metronome{})
	e := m.Out.Edge()
	for range n / 2 {
		e = op.Map(op.Map(e, func(v int) float64 { return float64(v + 1) }), func(v float64) int { return int(v) + 1 })
	}
	end := engine.Add(g, &last{In: engine.From(e)})
	cycles(b, g, m, n)
	if end.v != b.N+n {
		b.Fatalf("got %d, want %d", end.v, b.N+n)
	}
}

// BenchmarkCounts is a chain of op.Count, as bench.py has of csp.count.
func BenchmarkCounts(b *testing.B) {
	const n = 1000
	g := engine.New()
	m := engine.Add(g, &metronome{})
	e := m.Out.Edge()
	for range n {
		e = op.Count(e)
	}
	cycles(b, g, m, n)
}

// BenchmarkCurve reads points from a list.
func BenchmarkCurve(b *testing.B) {
	points := make([]engine.Point[int], b.N)
	for i := range points {
		points[i] = engine.Point[int]{At: engine.Time(i+1) * 1000, V: i}
	}
	g := engine.New()
	op.Count(engine.Curve(g, points))
	b.ReportAllocs()
	b.ResetTimer()
	run(b, g)
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N), "ns/tick")
}

func BenchmarkFanOut(b *testing.B) {
	const n = 1000
	g := engine.New()
	m := engine.Add(g, &metronome{})
	for range n {
		engine.Add(g, &last{In: engine.From(m.Out.Edge())})
	}
	cycles(b, g, m, n)
}

func BenchmarkFanOutAddSink(b *testing.B) {
	const n = 1000
	g := engine.New()
	m := engine.Add(g, &metronome{})
	for range n {
		a := engine.Add(g, &addOne{In: engine.From(m.Out.Edge())})
		engine.Add(g, &last{In: engine.From(a.Out.Edge())})
	}
	cycles(b, g, m, 2*n)
}

func BenchmarkTree(b *testing.B) {
	g := engine.New()
	m := engine.Add(g, &metronome{})
	var row []engine.Edge[int]
	for range 1024 {
		row = append(row, engine.Add(g, &addOne{In: engine.From(m.Out.Edge())}).Out.Edge())
	}
	for len(row) > 1 {
		var up []engine.Edge[int]
		for i := 0; i < len(row); i += 2 {
			up = append(up, engine.Add(g, &add2{A: engine.From(row[i]), B: engine.From(row[i+1])}).Out.Edge())
		}
		row = up
	}
	cycles(b, g, m, 2047)
}

func BenchmarkSparse(b *testing.B) {
	for _, n := range []int{1000, 100_000} {
		b.Run(fmt.Sprintf("nodes=%d", n), func(b *testing.B) {
			g := engine.New()
			m := engine.Add(g, &metronome{})
			never := engine.Null[int](g)
			for i := range n {
				e := never
				if i%(n/8) == n/16 {
					e = m.Out.Edge()
				}
				engine.Add(g, &last{In: engine.From(e)})
			}
			cycles(b, g, m, 1)
		})
	}
}

// rearm sets its alarm again each time it ticks.
type rearm struct {
	Alarm engine.Alarm[int]
	Clock engine.Clock
	first time.Duration
	every time.Duration
}

func (r *rearm) Start() error { r.Alarm.After(r.first, 0); return nil }
func (r *rearm) Tick()        { r.Alarm.After(r.every, 0) }

func BenchmarkAlarmCycle(b *testing.B) {
	g := engine.New()
	engine.Add(g, &rearm{first: 1, every: 1})
	b.ReportAllocs()
	if err := g.Run(context.Background(), engine.Config{End: engine.Time(b.N)}); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N), "ns/cycle")
}

func BenchmarkTimerCycle(b *testing.B) {
	g := engine.New()
	engine.Add(g, &last{In: engine.From(engine.Timer(g, 1, 1))})
	b.ReportAllocs()
	if err := g.Run(context.Background(), engine.Config{End: engine.Time(b.N)}); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N), "ns/cycle")
}

func BenchmarkAlarms(b *testing.B) {
	const n = 100_000
	for _, spread := range []bool{true, false} {
		name := "aligned"
		if spread {
			name = "spread"
		}
		b.Run(name, func(b *testing.B) {
			g := engine.New()
			every := time.Millisecond * 100
			for i := range n {
				r := &rearm{first: every, every: every}
				if spread {
					r.first = time.Duration(i*7919%n+1) * 1000
				}
				engine.Add(g, r)
			}
			if err := g.Build(); err != nil {
				b.Fatal(err)
			}
			rounds := b.N/n + 1
			end := engine.Time(every) * engine.Time(rounds+1)
			b.ReportAllocs()
			started := func() { b.ResetTimer() }
			g.OnCycleEnd(func(now engine.Time, _ uint64) {
				if started != nil && now >= engine.Time(every) {
					started()
					started = nil
				}
			})
			if err := g.Run(context.Background(), engine.Config{End: end}); err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(rounds*n), "ns/alarm")
		})
	}
}

func BenchmarkPush(b *testing.B) {
	for _, realtime := range []bool{false, true} {
		name := "simulated"
		if realtime {
			name = "realtime"
		}
		for _, producers := range []int{1, 3} {
			b.Run(fmt.Sprintf("%s/producers=%d", name, producers), func(b *testing.B) { benchPush(b, realtime, producers) })
		}
	}
}

// benchPush pushes b.N values from some goroutines; each has a cycle.
func benchPush(b *testing.B, realtime bool, producers int) {
	g := engine.New()
	a := engine.NewPush[int](g, "in", engine.PushConfig{Mode: engine.NonCollapsing})
	n, total := g.Node("count"), 0
	in := engine.Use(n, a.Edge())
	n.OnTick(func() {
		if total += in.Get(); total == b.N {
			n.Stop(nil)
		}
	})
	if !realtime { // flat out it would end, paced it waits for pushes
		engine.Const(g, 1, 1)
		engine.Const(g, 1, 1<<62)
		g.Control().Speed(1)
	}
	done := running(g, engine.Config{Realtime: realtime})
	b.ReportAllocs()
	b.ResetTimer()
	for i := range producers {
		go func() {
			for k := i; k < b.N; k += producers {
				if err := a.Push(1); err != nil {
					b.Error(err)
				}
			}
		}()
	}
	if err := <-done; err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds()/1e6, "M/s")
}

// running starts the graph on a goroutine of its own and waits until it takes pushes.
func running(g *engine.Graph, c engine.Config) <-chan error {
	done := make(chan error, 1)
	go func() { done <- g.Run(context.Background(), c) }()
	<-g.Started()
	return done
}

// BenchmarkWakeup reports how long after a push its node is called, and what the push costs its producer, when the engine sleeps
// between pushes. The producer never blocks, which is the worst case: it shares its processor with the goroutine that it wakes.
func BenchmarkWakeup(b *testing.B) {
	for _, tc := range []struct {
		name        string
		every, spin time.Duration
	}{
		{"every=10µs", 10 * time.Microsecond, 0},
		{"every=100µs", 100 * time.Microsecond, 0},
		{"every=100µs,spin=200µs", 100 * time.Microsecond, 200 * time.Microsecond},
	} {
		b.Run(tc.name, func(b *testing.B) { benchWakeup(b, tc.every, tc.spin) })
	}
}

func benchWakeup(b *testing.B, every, spin time.Duration) {
	g := engine.New()
	a := engine.NewPush[time.Duration](g, "in", engine.PushConfig{Mode: engine.NonCollapsing})
	n, late := g.Node("late"), make([]time.Duration, 0, b.N)
	in, began := engine.Use(n, a.Edge()), time.Now()
	n.OnTick(func() {
		late = append(late, time.Since(began)-in.Get())
		if len(late) == b.N {
			n.Stop(nil)
		}
	})
	done := running(g, engine.Config{Realtime: true, Spin: spin})
	pushing := time.Duration(0)
	b.ResetTimer()
	for i, next := 0, time.Since(began); i < b.N; i++ {
		for next += every; time.Since(began) < next; {
		}
		now := time.Since(began)
		if err := a.Push(now); err != nil {
			b.Fatal(err)
		}
		pushing += time.Since(began) - now
	}
	if err := <-done; err != nil {
		b.Fatal(err)
	}
	slices.Sort(late)
	b.ReportMetric(float64(late[len(late)/2]), "p50-ns")
	b.ReportMetric(float64(late[len(late)*99/100]), "p99-ns")
	b.ReportMetric(float64(pushing)/float64(b.N), "push-ns")
}

type wide struct{ f [16]int64 }

type passWide struct {
	In  engine.In[wide]
	Out engine.Out[wide]
}

func (n *passWide) Tick() {
	*n.Out.Slot() = *n.In.Ptr()
	n.Out.Tick()
}

func BenchmarkStruct128(b *testing.B) {
	const n = 1000
	g := engine.New()
	m := engine.Add(g, &metronome{})
	node := g.Node("widen")
	in, out := engine.Use(node, m.Out.Edge()), engine.Emit[wide](node)
	node.OnTick(func() { out.Slot().f[3] = int64(in.Get()); out.Tick() })
	e := out.Edge()
	for range n {
		e = engine.Add(g, &passWide{In: engine.From(e)}).Out.Edge()
	}
	cycles(b, g, m, n)
}

func BenchmarkBuild(b *testing.B) {
	benchBuild(b, func(g *engine.Graph, e engine.Edge[int]) engine.Edge[int] {
		return engine.Add(g, &addOne{In: engine.From(e)}).Out.Edge()
	})
}

func BenchmarkBuildClosure(b *testing.B) {
	benchBuild(b, func(g *engine.Graph, e engine.Edge[int]) engine.Edge[int] {
		node := g.Node("add")
		in, out := engine.Use(node, e), engine.Emit[int](node)
		node.OnTick(func() { out.Set(in.Get() + 1) })
		return out.Edge()
	})
}

// benchBuild wires a chain of 100,000 nodes, starts it and ticks it once.
func benchBuild(b *testing.B, add func(*engine.Graph, engine.Edge[int]) engine.Edge[int]) {
	const n = 100_000
	b.ReportAllocs()
	for b.Loop() {
		g := engine.New()
		e := engine.Const(g, 1, 0)
		for range n {
			e = add(g, e)
		}
		run(b, g)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/n, "ns/node")
}

func BenchmarkBasket(b *testing.B) {
	const n = 1024
	g := engine.New()
	m := engine.Add(g, &metronome{})
	keys, edges := make([]int, n), make([]engine.Edge[int], n)
	for i := range n {
		keys[i], edges[i] = i, engine.Add(g, &addOne{In: engine.From(m.Out.Edge())}).Out.Edge()
	}
	node, sum := g.Node("sum"), 0
	in := engine.UseBasket(node, engine.NewBasket(keys, edges))
	node.OnTick(func() {
		for _, x := range in.TickedItems() {
			sum += x.Get()
		}
	})
	cycles(b, g, m, n)
}
