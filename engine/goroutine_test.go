package engine_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"gw/engine"
)

func TestErrorsOfAnyGoroutineEndTheRun(t *testing.T) {
	for name, tc := range map[string]struct {
		f    func(n *engine.Node) error
		want string
	}{
		"error": {func(*engine.Node) error { return errBoom }, "boom"},
		"panic": {func(*engine.Node) error { panic(errBoom) }, "panic: boom"},
		"fail":  {func(n *engine.Node) error { n.Fail(errBoom); return nil }, "boom"},
		"clean": {func(n *engine.Node) error { n.Fail(nil); return nil }, ""},
	} {
		synctest.Test(t, func(t *testing.T) {
			g := engine.New()
			n, stopped := g.Node("reader"), false
			n.OnStart(func() error {
				n.Go(func(context.Context) error { time.Sleep(time.Second); return tc.f(n) })
				return nil
			})
			n.OnStop(func() error { stopped = true; return nil })
			base := engine.TimeOf(time.Now())
			engine.Timer(g, 400*time.Millisecond, 0)
			err := g.Run(context.Background(), engine.Config{Realtime: true})
			if !stopped || g.Now() != base.Add(800*time.Millisecond) {
				t.Errorf("%s: stopped %v at %v", name, stopped, g.Now().Sub(base))
			}
			if tc.want == "" {
				must(t, err)
				return
			}
			var e *engine.NodeError
			if !errors.As(err, &e) || e.Node != "reader" || e.Cycle != 2 || e.Err.Error() != tc.want || !errors.Is(err, errBoom) {
				t.Errorf("%s: got %v", name, err)
			}
		})
	}
}

func TestRunWaitsForTheGoroutinesOfItsNodes(t *testing.T) {
	g := engine.New()
	n := g.Node("reader")
	var log []string
	closed := make(chan bool)
	n.OnStart(func() error {
		n.Go(func(ctx context.Context) error { <-ctx.Done(); <-closed; log = append(log, "done"); return ctx.Err() })
		n.Go(func(ctx context.Context) error { <-ctx.Done(); return errBoom })
		return nil
	})
	n.OnStop(func() error { close(closed); return nil })
	err := g.Run(context.Background(), engine.Config{})
	if strings.Join(log, " ") != "done" || !errors.Is(err, errBoom) {
		t.Errorf("got %v and %v", log, err)
	}
	n.Fail(errBoom) // without a run
	n.OnStart(func() error { closed = make(chan bool); return nil })
}

func TestCatchingUpIsVisible(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		now := engine.TimeOf(time.Now())
		g := engine.New()
		var live []bool
		timer := engine.Timer(g, time.Second, 0)
		n := g.Node("look")
		engine.Use(n, timer)
		n.OnTick(func() { live = append(live, n.Live()) })
		c := g.Control()
		c.Step(1)
		cancel, wait := start(t, g, engine.Config{Start: now.Add(-2 * time.Second), Realtime: true})
		synctest.Wait()
		if s := c.Status(); s.Live || s.Behind != time.Second {
			t.Errorf("after the first cycle: got %+v", s)
		}
		c.Resume()
		time.Sleep(1500 * time.Millisecond)
		if s := c.Status(); !s.Live || s.Behind != 0 {
			t.Errorf("after a while: got %+v", s)
		}
		cancel()
		wait()
		if len(live) != 3 || live[0] || live[1] || !live[2] {
			t.Errorf("got %v", live)
		}
	})
}
