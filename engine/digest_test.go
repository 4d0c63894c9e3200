package engine_test

import (
	"context"
	"hash/fnv"
	"io"
	"runtime"
	"runtime/debug"
	"testing"

	"pgregory.net/rapid"

	"gw/engine"
)

// TestAThousandRunsGiveOneDigest runs one random graph again and again under other settings of the Go runtime.
func TestAThousandRunsGiveOneDigest(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	defer debug.SetGCPercent(debug.SetGCPercent(100))
	specs := rapid.Custom(drawGraph).Example(5)
	var want uint64
	g, log := build(specs, inOrder(len(specs)), false)
	for i := range 1000 {
		runtime.GOMAXPROCS(1 + i%4)
		debug.SetGCPercent([]int{5, 50, 400, -1}[i/4%4])
		if i%10 == 0 {
			g, log = build(specs, inOrder(len(specs)), i%20 == 0)
		}
		log.Reset()
		if err := g.Run(context.Background(), engine.Config{}); err != nil {
			t.Fatal(err)
		}
		h := fnv.New64a()
		io.WriteString(h, log.String())
		if i == 0 {
			want = h.Sum64()
		}
		if h.Sum64() != want || log.Len() == 0 {
			t.Fatalf("run %d has another digest:\n%s", i, log)
		}
	}
}

// TestWatchingAndSavingChangeNothing is the reference's graph with the profiler, traces, pauses and saved states switched on and off at random.
func TestWatchingAndSavingChangeNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		specs := drawGraph(t)
		g, log := build(specs, inOrder(len(specs)), rapid.Bool().Draw(t, "closures"))
		g.OnCycleEnd(func(engine.Time, uint64) {
			for _, err := range g.CheckInvariants() {
				t.Errorf("cycle %d: %v", g.Cycle(), err)
			}
			switch rapid.IntRange(0, 9).Draw(t, "action") {
			case 0:
				g.Profile(true)
			case 1:
				g.Profile(false)
			case 2:
				g.Trace(3, func(engine.CycleTrace) {})
			case 3:
				g.Mute(0, 1<<60)
			case 4:
				if _, err := g.Save(); err != nil {
					t.Fatal(err)
				}
			}
		})
		if err := g.Run(context.Background(), engine.Config{}); err != nil {
			t.Fatal(err)
		}
		if want := runReference(specs); want != log.String() {
			t.Fatalf("got\n%s\nwant\n%s", log, want)
		}
	})
}
