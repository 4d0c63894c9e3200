package engine_test

import (
	"context"
	"runtime"
	"testing"
	"time"

	"gw/engine"
	"gw/engine/op"
)

// soakTicks is how many ticks a soak lasts, and soakParts into how many equal parts it is cut.
const (
	soakTicks = 100_000_000
	soakParts = 10
)

// BenchmarkSoak lets a graph with alarms, feedback, windows and queues tick 100 million times. Cost must not grow with
// history: it reports the time a tick in the second and the last tenth, and fails if the heap has grown by more than 1 MB.
func BenchmarkSoak(b *testing.B) {
	for b.Loop() {
		s := newSoak()
		if err := s.g.Run(context.Background(), engine.Config{}); err != nil {
			b.Fatal(err)
		}
		first, last := s.part(1), s.part(soakParts-1)
		if grown := last.heap - first.heap; grown > 1<<20 {
			b.Fatalf("the heap grew by %d bytes in %d ticks, want at most 1 MB", grown, s.ticks)
		}
		b.ReportMetric(first.nsPerTick, "ns/tick-early")
		b.ReportMetric(last.nsPerTick, "ns/tick-late")
		b.ReportMetric(float64(last.heap-first.heap), "heap-growth-B")
		b.ReportMetric(float64(s.ticks), "ticks")
	}
}

// soak is the graph and what was measured at the end of each part.
type soak struct {
	g     *engine.Graph
	end   *engine.Node
	ticks uint64
	marks []soakMark
}

type soakMark struct {
	at    time.Time
	ticks uint64
	heap  int64
}

type soakPart struct {
	nsPerTick float64
	heap      int64
}

func newSoak() *soak {
	s := &soak{g: engine.New()}
	s.end = s.g.Node("end")
	beat := op.Count(engine.Timer(s.g, 1, 1))
	sum := op.Accum(beat, 0)
	late := op.Delay(op.Filter(beat, func(v *int) bool { return *v%4 == 0 }), 1000)
	back := engine.NewFeedback[int](s.g)
	back.Bind(late)
	open := op.Map(late, func(v int) bool { return v%32 == 0 })
	few := op.Unroll(op.Gate(op.DropDups(op.Map(beat, func(v int) int { return v / 8 })), open))
	slow := op.Sample(engine.Timer(s.g, 100, 1), op.Lag(sum, 64))
	merged, flat := op.Merge(slow, few), op.Flatten(slow, late, few)
	for _, e := range []engine.Edge[int]{beat, sum, late, back.Edge(), few, slow, merged, flat} {
		s.count(e)
	}
	s.g.OnCycleEnd(func(engine.Time, uint64) { s.look() })
	return s
}

func (s *soak) count(e engine.Edge[int]) {
	engine.Sink(e, "count", func(*int) { s.ticks++ })
}

// look notes time and heap when a part is over, and ends the run with the last.
func (s *soak) look() {
	if s.ticks < uint64(len(s.marks))*soakTicks/soakParts {
		return
	}
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	s.marks = append(s.marks, soakMark{time.Now(), s.ticks, int64(m.HeapAlloc)})
	if len(s.marks) > soakParts {
		s.end.Stop(nil)
	}
}

// part returns what part i cost, and the heap at its end.
func (s *soak) part(i int) soakPart {
	from, to := s.marks[i], s.marks[i+1]
	return soakPart{float64(to.at.Sub(from.at).Nanoseconds()) / float64(to.ticks-from.ticks), to.heap}
}
