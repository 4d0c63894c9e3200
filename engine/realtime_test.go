package engine_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"gw/engine"
)

// logTimes writes time and cycle of each tick of e, relative to base.
func logTimes[T any](log *strings.Builder, base engine.Time, name string, e engine.Edge[T]) {
	g := e.Graph()
	engine.Sink(e, name, func(v *T) { fmt.Fprintf(log, "%v #%d %s=%v\n", g.Now().Sub(base), g.Cycle(), name, *v) })
}

func TestRealtimeCatchesUpThenFollowsTheClock(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		now := engine.TimeOf(time.Now())
		g := engine.New()
		a := engine.NewPush[int](g, "in", engine.PushConfig{Mode: engine.NonCollapsing})
		var log strings.Builder
		logTimes(&log, now, "timer", engine.Timer(g, time.Second, 1))
		logTimes(&log, now, "push", a.Edge())
		_, wait := start(t, g, engine.Config{Start: now.Add(-2 * time.Second), End: now.Add(2 * time.Second), Realtime: true})
		synctest.Wait()
		time.Sleep(300 * time.Millisecond)
		must(t, a.Push(1))
		must(t, a.Push(2))
		wait()
		want := "-1s #1 timer=1\n0s #2 timer=1\n300ms #3 push=1\n300ms #4 push=2\n1s #5 timer=1\n2s #6 timer=1\n"
		if diff := cmp.Diff(want, log.String()); diff != "" {
			t.Error(diff)
		}
		if d := engine.TimeOf(time.Now()).Sub(now); d < 2*time.Second || d > 2*time.Second+time.Millisecond {
			t.Errorf("run ended after %v, want 2s", d)
		}
	})
}

func TestRealtimeWaitsForAStartInTheFuture(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		now := engine.TimeOf(time.Now())
		g := engine.New()
		a := engine.NewPush[int](g, "in", engine.PushConfig{})
		var log strings.Builder
		logTimes(&log, now, "const", engine.Const(g, 1, 0))
		logTimes(&log, now, "push", a.Edge())
		cancel, wait := start(t, g, engine.Config{Start: now.Add(time.Hour), Realtime: true})
		must(t, a.Push(5))
		time.Sleep(2 * time.Hour)
		cancel()
		wait()
		if diff := cmp.Diff("1h0m0s #1 const=1\n1h0m0s #2 push=5\n", log.String()); diff != "" {
			t.Error(diff)
		}
	})
}

func TestRealtimeLaggingTimersKeepTheirTimes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		now := engine.TimeOf(time.Now())
		g := engine.New()
		a := engine.NewPush[int](g, "in", engine.PushConfig{Mode: engine.NonCollapsing})
		var log strings.Builder
		timer := engine.Timer(g, time.Second, 0)
		logTimes(&log, now, "timer", timer)
		logTimes(&log, now, "push", a.Edge())
		engine.Sink(timer, "slow", func(*int) {
			if g.Cycle() == 1 {
				time.Sleep(3500 * time.Millisecond)
				must(t, a.Push(1))
				must(t, a.Push(2))
			}
		})
		cancel, wait := start(t, g, engine.Config{Realtime: true})
		time.Sleep(5500 * time.Millisecond)
		cancel()
		wait()
		want := "1s #1 timer=0\n2s #2 push=1\n2s #3 timer=0\n3s #4 push=2\n3s #5 timer=0\n4s #6 timer=0\n5s #7 timer=0\n"
		if diff := cmp.Diff(want, log.String()); diff != "" {
			t.Error(diff)
		}
	})
}

func TestSpeedPacesASimulatedRun(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		g := engine.New()
		ps := []engine.Point[int]{{At: 1e15, V: 1}, {At: 1e15 + 1e10, V: 2}, {At: 1e15 + 2e10, V: 3}, {At: 1e15 + 3e10, V: 4}}
		var log strings.Builder
		engine.Sink(engine.Curve(g, ps), "log", func(v *int) {
			fmt.Fprintf(&log, "%v: %d\n", time.Since(began).Round(time.Millisecond), *v)
			if *v == 2 {
				g.Control().Speed(1)
			}
		})
		c := g.Control()
		c.Speed(10)
		_, wait := start(t, g, engine.Config{})
		time.Sleep(3 * time.Second) // 1s into the 10s between 2 and 3, 2s after the pace has changed
		synctest.Wait()
		c.Pause()
		time.Sleep(time.Minute)
		synctest.Wait()
		c.Resume()
		time.Sleep(10 * time.Second)
		c.Speed(0)
		wait()
		want := "0s: 1\n1s: 2\n1m11s: 3\n1m13s: 4\n"
		if diff := cmp.Diff(want, log.String()); diff != "" {
			t.Error(diff)
		}
	})
}

func TestSpinningRunIsOnTime(t *testing.T) {
	for _, spin := range []time.Duration{-1, time.Millisecond} {
		g := engine.New()
		n := 0
		engine.Sink(engine.Timer(g, 2*time.Millisecond, 0), "count", func(*int) { n++ })
		now := engine.TimeOf(time.Now())
		must(t, g.Run(context.Background(), engine.Config{Start: now, End: now.Add(20 * time.Millisecond), Realtime: true, Spin: spin}))
		if n != 10 {
			t.Errorf("spin %v: got %d ticks, want 10", spin, n)
		}
	}
}
