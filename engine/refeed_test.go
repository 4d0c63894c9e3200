package engine_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"gw/engine"
)

// fed is a graph with push adapters of all modes that stops when it has seen enough values, and a log of its ticks.
type fed struct {
	g        *engine.Graph
	adapters []*engine.PushAdapter[int]
	tapped   []engine.IntakeEvent
	log      strings.Builder
}

func newFed(enough int) *fed {
	f := &fed{g: engine.New()}
	g := f.g
	n := g.Node("sum")
	sum, out := 0, engine.Emit[int](n)
	var ones []*engine.In[int]
	var bursts []*engine.In[[]int]
	for i, mode := range []engine.PushMode{engine.LastValue, engine.NonCollapsing, engine.Burst, engine.NonCollapsing} {
		a := engine.NewPush[int](g, fmt.Sprint("in", i%3), engine.PushConfig{Mode: mode, Limit: 50})
		f.adapters = append(f.adapters, a)
		ones, bursts = append(ones, engine.Use(n, a.Edge())), append(bursts, engine.Use(n, a.BurstEdge()))
	}
	timers := []*engine.In[int]{engine.Use(n, engine.Timer(g, 30*time.Microsecond, 1)), engine.Use(n, engine.DriftTimer(g, 20*time.Microsecond, 1))}
	fb := engine.NewFeedback[int](g)
	timers = append(timers, engine.Use(n, fb.Edge()))
	n.OnTick(func() {
		for i, in := range ones {
			if in.Ticked() {
				sum = sum*31 + in.Get()
			}
			if b := bursts[i]; b.Ticked() {
				sum = sum*7 + len(b.Get()) + b.Get()[0]
			}
		}
		for i, in := range timers {
			if in.Ticked() {
				sum += i
			}
		}
		out.Set(sum)
		if ones[1].Count()+ones[3].Count() == uint64(enough) {
			n.Stop(nil)
		}
	})
	fb.Bind(f.adapters[1].Edge())
	engine.Sink(out.Edge(), "log", func(v *int) {
		if ones[1].Ticked() || *v%16 == 0 {
			fmt.Fprintf(&f.log, "%d #%d %d\n", g.Now(), g.Cycle(), *v)
		}
	})
	g.TapIntake(func(e engine.IntakeEvent) { f.tapped = append(f.tapped, e) })
	return f
}

func TestTappedIntakeFedAgainGivesTheSameRun(t *testing.T) {
	const each = 500
	live := newFed(2 * each)
	_, wait := start(t, live.g, engine.Config{Realtime: true})
	var wg sync.WaitGroup
	for p, a := range live.adapters {
		wg.Go(func() {
			rng := rand.New(rand.NewPCG(uint64(p), 1))
			for range each {
				if err := a.Push(rng.IntN(1000)); err != nil {
					return // the others were quicker
				}
			}
		})
	}
	wg.Wait()
	wait()
	again := newFed(2 * each)
	next, _ := iter.Pull(slices.Values(live.tapped))
	again.g.FeedIntake(next)
	must(t, again.g.Run(context.Background(), engine.Config{Start: live.g.Began()}))
	if diff := cmp.Diff(live.log.String(), again.log.String()); diff != "" {
		t.Errorf("-live +fed:\n%s", diff)
	}
	if diff := cmp.Diff(live.tapped, again.tapped); diff != "" {
		t.Errorf("-live +fed:\n%s", diff)
	}
	if live.g.Now() != again.g.Now() || live.g.Cycle() != again.g.Cycle() {
		t.Errorf("ended at %v #%d and %v #%d", live.g.Now(), live.g.Cycle(), again.g.Now(), again.g.Cycle())
	}
}

func TestWhatIsFedMustFit(t *testing.T) {
	for want, e := range map[string]engine.IntakeEvent{
		`a value is fed for cycle 7 at 1970-01-01T00:00:00.000000005Z, but nothing comes before`: {Time: 5, Cycle: 7, Value: 1},
		`got a fed value of type string, want int`:                                               {Time: 5, Cycle: 1, Value: "x"},
		`fed value 1 of cycle 1 is for node 9, which there is not`:                               {Time: 5, Cycle: 1, Node: 9, Value: 1},
	} {
		g := engine.New()
		engine.NewPush[int](g, "in", engine.PushConfig{})
		g.FeedIntake(next(e))
		var n *engine.NodeError
		if err := g.Run(context.Background(), engine.Config{}); !errors.As(err, &n) || n.Err.Error() != want {
			t.Errorf("got  %v\nwant %s", err, want)
		}
	}
}

func next(es ...engine.IntakeEvent) func() (engine.IntakeEvent, bool) {
	next, _ := iter.Pull(slices.Values(es))
	return next
}

func TestWhatIsPushedWhileFeedingWaits(t *testing.T) {
	g := engine.New()
	a := engine.NewPush[int](g, "in", engine.PushConfig{Mode: engine.NonCollapsing})
	g.FeedIntake(next(engine.IntakeEvent{Time: 5, Cycle: 1, Value: 1}, engine.IntakeEvent{Time: 9, Cycle: 2, Value: 2}))
	var log strings.Builder
	logTimes(&log, 0, "in", a.Edge())
	_, wait := held(t, g)
	must(t, a.Push(3))
	g.Control().Resume()
	wait()
	if diff := cmp.Diff("5ns #1 in=1\n9ns #2 in=2\n9ns #3 in=3\n", log.String()); diff != "" {
		t.Error(diff)
	}
}

func TestDriftTimerIsLateButNotMany(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, realtime := range []bool{true, false} {
			g := engine.New()
			var log strings.Builder
			timer := engine.DriftTimer(g, time.Second, 1)
			base := engine.TimeOf(time.Now())
			logTimes(&log, base, "tick", timer)
			engine.Sink(timer, "slow", func(*int) { time.Sleep(300 * time.Millisecond) })
			engine.Sink(engine.Const(g, 1, 1500*time.Millisecond), "slower", func(*int) { time.Sleep(3 * time.Second) })
			must(t, g.Run(context.Background(), engine.Config{Start: base, End: base.Add(6 * time.Second), Realtime: realtime}))
			var want string
			if realtime {
				want = "1s #1 tick=1\n2s #3 tick=1\n5.5s #4 tick=1\n"
			} else {
				want = "1s #1 tick=1\n2s #3 tick=1\n3s #4 tick=1\n4s #5 tick=1\n5s #6 tick=1\n6s #7 tick=1\n"
			}
			if diff := cmp.Diff(want, log.String()); diff != "" {
				t.Errorf("realtime %v: %s", realtime, diff)
			}
		}
	})
}
