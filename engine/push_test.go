package engine_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"gw/engine"
)

// start runs g on another goroutine and returns when it has started, with what waits for its end.
func start(t *testing.T, g *engine.Graph, c engine.Config) (cancel func(), wait func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- g.Run(ctx, c) }()
	<-g.Started()
	return cancel, func() {
		t.Helper()
		if err := <-done; err != nil {
			t.Fatal(err)
		}
	}
}

// held returns a graph that stands before its first cycle, so that what is pushed waits.
func held(t *testing.T, g *engine.Graph) (cancel func(), wait func()) {
	t.Helper()
	g.Control().Pause()
	return start(t, g, engine.Config{})
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestPushModes(t *testing.T) {
	for _, tc := range []struct {
		mode engine.PushMode
		want string
	}{
		{engine.LastValue, "#1 3\n"},
		{engine.NonCollapsing, "#1 1\n#2 2\n#3 3\n"},
		{engine.Burst, "#1 [1 2 3]\n"},
	} {
		g := engine.New()
		a := engine.NewPush[int](g, "in", engine.PushConfig{Mode: tc.mode})
		var log strings.Builder
		engine.Sink(a.Edge(), "one", func(v *int) { fmt.Fprintf(&log, "#%d %v\n", g.Cycle(), *v) })
		engine.Sink(a.BurstEdge(), "burst", func(v *[]int) { fmt.Fprintf(&log, "#%d %v\n", g.Cycle(), *v) })
		_, wait := held(t, g)
		for i := range 3 {
			must(t, a.Push(i+1))
		}
		g.Control().Resume()
		wait()
		if diff := cmp.Diff(tc.want, log.String()); diff != "" {
			t.Errorf("mode %d: %s", tc.mode, diff)
		}
	}
}

func TestPushFollowsItsFullPolicy(t *testing.T) {
	for _, tc := range []struct {
		name  string
		c     engine.PushConfig
		err   error
		want  []int
		stats engine.PushStats
	}{
		{"reject", engine.PushConfig{Mode: engine.NonCollapsing, Limit: 2, Full: engine.Reject}, engine.ErrFull, []int{1, 2},
			engine.PushStats{Depth: 2, Limit: 2, Pushed: 2, Rejected: 2}},
		{"drop", engine.PushConfig{Mode: engine.NonCollapsing, Limit: 2, Full: engine.DropOldest}, nil, []int{3, 4},
			engine.PushStats{Depth: 2, Limit: 2, Pushed: 4, Dropped: 2}},
		{"burst", engine.PushConfig{Mode: engine.Burst, Limit: 3, Full: engine.DropOldest}, nil, []int{2, 3, 4},
			engine.PushStats{Depth: 3, Limit: 3, Pushed: 4, Dropped: 1}},
		{"last", engine.PushConfig{Limit: 1, Full: engine.Reject}, nil, []int{4},
			engine.PushStats{Depth: 1, Limit: 1, Pushed: 4, Conflated: 3}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			g := engine.New()
			a := engine.NewPush[int](g, "in", tc.c)
			var got []int
			engine.Sink(a.Edge(), "one", func(v *int) { got = append(got, *v) })
			engine.Sink(a.BurstEdge(), "burst", func(v *[]int) { got = append(got, *v...) })
			_, wait := held(t, g)
			var err error
			for i := range 4 {
				err = a.Push(i + 1)
			}
			if !errors.Is(err, tc.err) {
				t.Errorf("got error %v, want %v", err, tc.err)
			}
			if diff := cmp.Diff(tc.stats, a.Stats()); diff != "" {
				t.Error(diff)
			}
			g.Control().Resume()
			wait()
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestBlockedPushWaitsForRoomOrTheEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := engine.New()
		a := engine.NewPush[int](g, "in", engine.PushConfig{Mode: engine.NonCollapsing, Limit: 2})
		engine.Sink(a.Edge(), "in", func(*int) {})
		cancel, wait := held(t, g)
		var got []error
		go func() {
			for i := range 5 {
				got = append(got, a.Push(i))
			}
		}()
		synctest.Wait()
		if len(got) != 2 {
			t.Errorf("got %d values taken while held, want 2", len(got))
		}
		g.Control().Step(1)
		synctest.Wait()
		if len(got) != 3 {
			t.Errorf("got %d values taken after one cycle, want 3", len(got))
		}
		cancel()
		wait()
		synctest.Wait()
		want := []error{nil, nil, nil, engine.ErrStopped, engine.ErrStopped}
		if diff := cmp.Diff(fmt.Sprint(want), fmt.Sprint(got)); diff != "" {
			t.Error(diff)
		}
		if s := a.Stats(); s.Depth != 0 || s.Dropped != 2 {
			t.Errorf("got %+v after the end, want the two values that waited dropped", s)
		}
	})
}

func TestPushCountsWhatTheEndDrops(t *testing.T) {
	g := engine.New()
	a := engine.NewPush[int](g, "in", engine.PushConfig{Mode: engine.NonCollapsing})
	n := g.Node("third")
	in := engine.Use(n, a.Edge())
	n.OnTick(func() {
		if in.Get() == 3 {
			n.Stop(nil)
		}
	})
	_, wait := held(t, g)
	for i := range 10 {
		must(t, a.Push(i+1))
	}
	g.Control().Resume()
	wait()
	if s := a.Stats(); s.Depth != 0 || s.Dropped != 7 {
		t.Errorf("got %+v, want the seven values after the third dropped", s)
	}
}

// TestPushHearsOfRoomInTime: where many values may wait the engine tells of room now and then, each time a 64th of it at the latest.
func TestPushHearsOfRoomInTime(t *testing.T) {
	for _, limit := range []int{3, 64, 4095, 4096, 5000, 1 << 16} {
		synctest.Test(t, func(t *testing.T) {
			g := engine.New()
			a := engine.NewPush[int](g, "in", engine.PushConfig{Mode: engine.NonCollapsing, Limit: limit, Full: engine.Reject})
			engine.Sink(a.Edge(), "in", func(*int) {})
			cancel, wait := held(t, g)
			for i := range limit {
				must(t, a.Push(i))
			}
			if err := a.Push(0); !errors.Is(err, engine.ErrFull) {
				t.Errorf("limit %d: got %v beyond it", limit, err)
			}
			cycles := 1
			if limit >= 4096 {
				cycles = limit / 64
			}
			want := limit - cycles
			g.Control().Step(uint64(cycles))
			synctest.Wait()
			if s := a.Stats(); s.Depth < want || s.Depth >= limit {
				t.Errorf("limit %d: got %+v after %d cycles, want a depth of %d to %d", limit, s, cycles, want, limit-1)
			}
			must(t, a.Push(0))
			cancel()
			wait()
		})
	}
}

func TestPushOutsideOfARun(t *testing.T) {
	g := engine.New()
	a := engine.NewPush[int](g, "in", engine.PushConfig{})
	if err := a.Push(1); !errors.Is(err, engine.ErrNotStarted) {
		t.Errorf("before: got %v", err)
	}
	must(t, g.Run(context.Background(), engine.Config{}))
	if err := a.Push(1); !errors.Is(err, engine.ErrStopped) {
		t.Errorf("after: got %v", err)
	}
}

func TestManyProducersLoseNothing(t *testing.T) {
	const producers, each = 8, 5000
	for _, mode := range []engine.PushMode{engine.NonCollapsing, engine.Burst} {
		for _, realtime := range []bool{true, false} {
			g := engine.New()
			a := engine.NewPush[[2]int](g, "in", engine.PushConfig{Mode: mode, Limit: 100})
			next, total := [producers]int{}, 0
			stop := g.Node("stop")
			take := func(v *[2]int) {
				if next[v[0]] != v[1] {
					t.Errorf("producer %d: got value %d, want %d", v[0], v[1], next[v[0]])
				}
				next[v[0]]++
				if total++; total == producers*each {
					stop.Stop(nil)
				}
			}
			engine.Sink(a.Edge(), "one", take)
			engine.Sink(a.BurstEdge(), "burst", func(vs *[][2]int) {
				for i := range *vs {
					take(&(*vs)[i])
				}
			})
			engine.Timer(g, time.Microsecond, 0) // keeps a simulated run going, and competes with the values
			_, wait := start(t, g, engine.Config{Realtime: realtime})
			var wg sync.WaitGroup
			for p := range producers {
				wg.Go(func() {
					for i := range each {
						if err := a.Push([2]int{p, i}); err != nil {
							t.Errorf("push %d of producer %d: %v", i, p, err)
							return
						}
					}
				})
			}
			wg.Wait()
			wait()
			if total != producers*each {
				t.Errorf("got %d values, want %d", total, producers*each)
			}
		}
	}
}

func TestTimersDoNotStarvePushes(t *testing.T) {
	g := engine.New()
	a := engine.NewPush[int](g, "in", engine.PushConfig{Mode: engine.NonCollapsing})
	var log strings.Builder
	engine.Sink(engine.Timer(g, 1, 0), "timer", func(*int) { fmt.Fprintf(&log, "%d timer\n", g.Now()) })
	engine.Sink(a.Edge(), "push", func(v *int) { fmt.Fprintf(&log, "%d push %d\n", g.Now(), *v) })
	g.Control().Pause()
	_, wait := start(t, g, engine.Config{End: 4})
	for i := range 3 {
		must(t, a.Push(i))
	}
	g.Control().Resume()
	wait()
	want := "0 push 0\n1 timer\n1 push 1\n2 timer\n2 push 2\n3 timer\n4 timer\n"
	if diff := cmp.Diff(want, log.String()); diff != "" {
		t.Error(diff)
	}
}

func TestTapSeesEveryValueThatEnters(t *testing.T) {
	g := engine.New()
	a := engine.NewPush[int](g, "a", engine.PushConfig{Mode: engine.NonCollapsing})
	b := engine.NewPush[string](g, "b", engine.PushConfig{Mode: engine.Burst})
	var got []engine.IntakeEvent
	g.TapIntake(func(e engine.IntakeEvent) { got = append(got, e) })
	engine.Sink(engine.Const(g, 1, 5), "const", func(*int) {})
	_, wait := held(t, g)
	must(t, b.Push("x"))
	must(t, a.Push(1))
	must(t, a.Push(2))
	must(t, b.Push("y"))
	g.Control().Resume()
	wait()
	want := []engine.IntakeEvent{
		{Time: 0, Cycle: 1, Node: 1, Adapter: "b", Value: "x"}, {Time: 0, Cycle: 1, Node: 1, Adapter: "b", Value: "y"},
		{Time: 0, Cycle: 1, Adapter: "a", Value: 1}, {Time: 5, Cycle: 3, Adapter: "a", Value: 2},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
