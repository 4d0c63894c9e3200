package adapter_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"gw/engine"
	"gw/engine/adapter"
)

var errBoom = errors.New("boom")

// tape is a manager over lines "time kind value".
type tape struct {
	lines   []string
	at      int
	last    *adapter.Sim[string]
	one     *adapter.Sim[string]
	burst   *adapter.Sim[string]
	started engine.Time
	stopped bool
}

func (m *tape) Start(start, _ engine.Time) error { m.started, m.at = start, 0; return nil }
func (m *tape) Stop() error                      { m.stopped = true; return nil }
func (m *tape) Keep() (int, []any)               { return 1, []any{&m.at} }

func (m *tape) Next(now engine.Time) (engine.Time, bool, error) {
	for ; m.at < len(m.lines); m.at++ {
		var at engine.Time
		var kind, v string
		if _, err := fmt.Sscan(m.lines[m.at], (*int64)(&at), &kind, &v); err != nil {
			return 0, false, err
		}
		if at > now {
			return at, true, nil
		}
		switch kind {
		case "last":
			m.last.Push(v)
		case "one":
			m.one.Push(v)
		case "burst":
			m.burst.Push(v)
		case "null":
			m.one.PushNull()
		}
	}
	return 0, false, nil
}

func taped(lines ...string) (*engine.Graph, *tape, *strings.Builder) {
	g, m, log := engine.New(), &tape{lines: lines}, &strings.Builder{}
	d := adapter.Manage(g, "tape", m)
	m.last = adapter.NewSim[string](d, "last", engine.LastValue)
	m.one = adapter.NewSim[string](d, "one", engine.NonCollapsing)
	m.burst = adapter.NewSim[string](d, "burst", engine.Burst)
	say := func(s any) { fmt.Fprintf(log, "%d #%d %v\n", int64(g.Now()), g.Cycle(), s) }
	engine.Sink(m.last.Edge(), "last", func(v *string) { say("last " + *v) })
	engine.Sink(m.one.Edge(), "one", func(v *string) { say("one " + *v) })
	engine.Sink(m.burst.BurstEdge(), "burst", func(v *[]string) { say(*v) })
	return g, m, log
}

var rows = []string{"1 one a", "1 one b", "1 last x", "3 last y", "3 last z", "3 burst p", "3 one c", "3 null _", "3 one d", "3 burst q", "9 one e"}

func TestManagedAdaptersMergeByTime(t *testing.T) {
	g, m, log := taped(rows...)
	want := "1 #1 last x\n1 #1 one a\n1 #2 one b\n3 #3 last z\n3 #3 one c\n3 #3 [p q]\n3 #5 one d\n9 #6 one e\n"
	for range 2 {
		log.Reset()
		if err := g.Run(context.Background(), engine.Config{Start: 1}); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, log.String()); diff != "" {
			t.Error(diff)
		}
	}
	if m.started != 1 || !m.stopped {
		t.Errorf("started at %v, stopped %v", m.started, m.stopped)
	}
}

func TestManagerIsSaved(t *testing.T) {
	for at := uint64(1); at < 7; at++ {
		g, _, log := taped(rows...)
		var saved []byte
		g.OnCycleEnd(func(_ engine.Time, cycle uint64) {
			if cycle == at {
				saved, _ = g.Save()
				log.Reset()
			}
		})
		if err := g.Run(context.Background(), engine.Config{Start: 1}); err != nil {
			t.Fatal(err)
		}
		again, _, rest := taped(rows...)
		if err := errors.Join(again.Restore(saved), again.Run(context.Background(), engine.Config{})); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(log.String(), rest.String()); diff != "" {
			t.Errorf("at %d: %s", at, diff)
		}
	}
}

func TestManagersErrorEndsTheRun(t *testing.T) {
	g, _, _ := taped("5 one a", "broken")
	var n *engine.NodeError
	if err := g.Run(context.Background(), engine.Config{Start: 1}); !errors.As(err, &n) || n.Node != "tape" || n.Time != 5 {
		t.Errorf("got %v", err)
	}
}

// sink is an output adapter that fails at a value.
type sink struct {
	got            []int
	start, stopped bool
}

func (s *sink) Start() error { s.start = true; return nil }
func (s *sink) Stop() error  { s.stopped = true; return nil }
func (s *sink) Write(now engine.Time, v *int) error {
	if *v == 3 {
		return errBoom
	}
	s.got = append(s.got, int(now)+*v)
	return nil
}

func TestOutputMayFail(t *testing.T) {
	g, s := engine.New(), &sink{}
	e := engine.Curve(g, []engine.Point[int]{{At: 10, V: 1}, {At: 20, V: 2}, {At: 30, V: 3}, {At: 40, V: 4}})
	adapter.Output(e, "file", s)
	var n *engine.NodeError
	if err := g.Run(context.Background(), engine.Config{}); !errors.As(err, &n) || n.Node != "file" || n.Time != 30 || !errors.Is(err, errBoom) {
		t.Errorf("got %v", err)
	}
	if fmt.Sprint(s.got) != "[11 22]" || !s.start || !s.stopped || !g.Topology().Nodes[1].Effect {
		t.Errorf("got %+v", s)
	}
	g.Mute(0, 100)
	if err := g.Run(context.Background(), engine.Config{}); err != nil || len(s.got) != 2 {
		t.Errorf("muted: got %v and %v", err, s.got)
	}
}

func TestStatusIsAnEdge(t *testing.T) {
	g := engine.New()
	a := adapter.NewStatus(g, "status", engine.PushConfig{Mode: engine.NonCollapsing})
	n, got := g.Node("watch"), ""
	in := engine.Use(n, a.Edge())
	n.OnTick(func() { got = fmt.Sprintf("%v %d %s", in.Get().Level, in.Get().Code, in.Get().Text); n.Stop(nil) })
	n.OnStart(func() error {
		n.Go(func(context.Context) error {
			return a.Push(adapter.Status{Level: adapter.Warning, Code: 7, Text: "slow"})
		})
		return nil
	})
	if err := g.Run(context.Background(), engine.Config{Realtime: true}); err != nil || got != "warning 7 slow" {
		t.Errorf("got %q, %v", got, err)
	}
}

func TestHistoryThenLiveWithoutAGap(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		base := engine.TimeOf(time.Now())
		g := engine.New()
		p := adapter.NewPushPull[string](g, "feed", engine.PushConfig{Mode: engine.NonCollapsing, Limit: 2})
		var log strings.Builder
		n := g.Node("driver")
		engine.Sink(p.Edge(), "log", func(v *string) {
			fmt.Fprintf(&log, "%v %s\n", g.Now().Sub(base), *v)
			if *v == "end" {
				n.Stop(nil)
			}
		})
		engine.Sink(engine.Timer(g, time.Second, 0), "timer", func(*int) { fmt.Fprintf(&log, "%v timer\n", g.Now().Sub(base)) })
		n.OnStart(func() error {
			n.Go(func(context.Context) error {
				for _, r := range []struct {
					at time.Duration
					v  string
				}{{-9, "before the start"}, {-3, "a"}, {-2, "b"}, {-2, "c"}, {-5, "late"}} {
					if err := p.Replay(base.Add(r.at*time.Second), r.v); err != nil {
						return err
					}
				}
				time.Sleep(1500 * time.Millisecond)
				if err := errors.Join(p.Push("early"), p.Push("earlier than Live")); err != nil {
					return err
				}
				if got := p.Stats().Depth; got != 2 {
					t.Errorf("live values waiting for the past: got %d, want 2", got)
				}
				if err := p.Replay(base.Add(-time.Second), "last of the past"); err != nil {
					return err
				}
				p.Live()
				time.Sleep(time.Second)
				return errors.Join(p.Push("live"), p.Push("end"))
			})
			return nil
		})
		if err := g.Run(context.Background(), engine.Config{Start: base.Add(-4 * time.Second), Realtime: true}); err != nil {
			t.Fatal(err)
		}
		want := `-4s before the start
-3s timer
-3s a
-2s timer
-2s b
-2s c
-2s late
-1s timer
-1s last of the past
0s timer
1s early
1s timer
1.5s earlier than Live
2s timer
2.5s live
2.5s end
`
		if diff := cmp.Diff(want, log.String()); diff != "" {
			t.Error(diff)
		}
		if err := p.Replay(0, "x"); !errors.Is(err, engine.ErrStopped) {
			t.Errorf("after the run: got %v", err)
		}
	})
}

func TestWaitForHistoryIsCancelled(t *testing.T) {
	for name, end := range map[string]func(cancel func(), n *engine.Node){
		"cancel": func(cancel func(), _ *engine.Node) { cancel() },
		"fail":   func(_ func(), n *engine.Node) { n.Fail(nil) },
	} {
		g := engine.New()
		adapter.NewPushPull[int](g, "feed", engine.PushConfig{})
		n := g.Node("other")
		ctx, cancel := context.WithCancel(context.Background())
		done := make(chan error)
		go func() { done <- g.Run(ctx, engine.Config{Realtime: true}) }()
		<-g.Started()
		end(cancel, n)
		if err := <-done; err != nil {
			t.Errorf("%s: got %v", name, err)
		}
		cancel()
	}
}
