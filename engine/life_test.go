package engine_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gw/engine"
)

var errBoom = errors.New("boom")

// living logs its start and stop and may fail at each.
type living struct {
	In    engine.In[int]
	Out   engine.Out[int]
	Clock engine.Clock

	name              string
	log               *[]string
	startErr, stopErr error
	panics            bool
	missing           map[string]int // never made: writing to it panics
}

func (n *living) Start() error {
	*n.log = append(*n.log, "start "+n.name)
	return n.startErr
}

func (n *living) Tick() {
	if n.panics {
		n.missing["x"] = 1
	}
	n.Out.Set(n.In.Get())
}

func (n *living) Stop() error {
	*n.log = append(*n.log, "stop "+n.name)
	return n.stopErr
}

// life returns a graph of three living nodes in a row.
func life(log *[]string) (*engine.Graph, []*living) {
	g := engine.New()
	e := engine.Const(g, 1, 5)
	var ns []*living
	for _, name := range []string{"a", "b", "c"} {
		n := engine.AddNamed(g, name, &living{In: engine.From(e), name: name, log: log})
		ns = append(ns, n)
		e = n.Out.Edge()
	}
	return g, ns
}

func TestEveryNodeThatStartsStops(t *testing.T) {
	var log []string
	g, ns := life(&log)
	ns[1].startErr = errBoom
	ns[0].stopErr = errors.New("later")
	err := g.Run(context.Background(), engine.Config{})
	if diff := cmp.Diff([]string{"start a", "start b", "stop a"}, log); diff != "" {
		t.Error(diff)
	}
	if !errors.Is(err, errBoom) || !errors.Is(err, ns[0].stopErr) {
		t.Errorf("got %v, want both errors", err)
	}
}

func TestOneFailingStopSkipsNoOther(t *testing.T) {
	var log []string
	g, ns := life(&log)
	ns[1].stopErr = errBoom
	ns[2].panics = true
	err := g.Run(context.Background(), engine.Config{})
	if diff := cmp.Diff([]string{"start a", "start b", "start c", "stop c", "stop b", "stop a"}, log); diff != "" {
		t.Error(diff)
	}
	var p *engine.PanicError
	var n *engine.NodeError
	if !errors.As(err, &n) || !errors.As(err, &p) || !errors.Is(err, errBoom) {
		t.Fatalf("got %v", err)
	}
	if n.Node != "c" || n.Time != 5 || n.Cycle != 1 || !strings.Contains(string(p.Stack), "living") {
		t.Errorf("got %+v and a stack without the node: %s", n, p.Stack)
	}
	ns[1].stopErr, ns[2].panics = nil, false
	if err := g.Run(context.Background(), engine.Config{}); err != nil {
		t.Errorf("second run: %v", err)
	}
}

func TestMistakesOfNodesAreNamed(t *testing.T) {
	for name, tc := range map[string]struct {
		tick func(*engine.Node, *engine.Out[int])
		want string
	}{
		"twice": {func(_ *engine.Node, o *engine.Out[int]) { o.Set(1); o.Set(2) }, `node "bad" (cycle 1 at 1970-01-01T00:00:00.000000005Z): output ticked twice in one cycle`},
		"stop":  {func(n *engine.Node, _ *engine.Out[int]) { n.Stop(errBoom) }, `node "bad" (cycle 1 at 1970-01-01T00:00:00.000000005Z): boom`},
		"panic": {func(*engine.Node, *engine.Out[int]) { panic(errBoom) }, `node "bad" (cycle 1 at 1970-01-01T00:00:00.000000005Z): panic: boom`},
		"clean": {func(n *engine.Node, _ *engine.Out[int]) { n.Stop(nil) }, ``},
	} {
		g := engine.New()
		n := g.Node("bad")
		engine.Use(n, engine.Const(g, 1, 5))
		out := engine.Emit[int](n)
		n.OnTick(func() { tc.tick(n, out) })
		engine.Timer(g, 100, 1)
		got := ""
		if err := g.Run(context.Background(), engine.Config{}); err != nil {
			got = err.Error()
		}
		if got != tc.want {
			t.Errorf("%s: got %q, want %q", name, got, tc.want)
		}
	}
}

func TestOutputDoesNotTickInStart(t *testing.T) {
	g := engine.New()
	n := g.Node("early")
	out := engine.Emit[int](n)
	n.OnStart(func() error { out.Set(1); return nil })
	err := g.Run(context.Background(), engine.Config{})
	if err == nil || !strings.Contains(err.Error(), `node "early" (cycle 0`) {
		t.Errorf("got %v", err)
	}
}

// lines is a pull adapter over a list that ends with an error if it has one.
type lines struct {
	at      []engine.Time
	err     error
	start   engine.Time
	stopped bool
}

func (l *lines) Start(start, _ engine.Time) error { l.start = start; return nil }
func (l *lines) Stop() error                      { l.stopped = true; return nil }

func (l *lines) Next() (engine.Time, int, bool, error) {
	if len(l.at) == 0 {
		return 0, 0, false, l.err
	}
	at := l.at[0]
	l.at = l.at[1:]
	return at, int(at), true, nil
}

func TestPullSkipsWhatIsEarlyAndClampsWhatIsLate(t *testing.T) {
	g := engine.New()
	l := &lines{at: []engine.Time{3, 10, 12, 11, 12, 20}, err: errBoom}
	var at, vals []int
	engine.Sink(engine.Pull(g, "file", l), "log", func(v *int) { at, vals = append(at, int(g.Now())), append(vals, *v) })
	err := g.Run(context.Background(), engine.Config{Start: 10})
	if diff := cmp.Diff([][]int{{10, 12, 12, 12, 20}, {10, 12, 11, 12, 20}}, [][]int{at, vals}); diff != "" {
		t.Error(diff)
	}
	var n *engine.NodeError
	if !errors.As(err, &n) || n.Node != "file" || n.Time != 20 || !errors.Is(err, errBoom) {
		t.Errorf("got %v, want boom of file at 20", err)
	}
	if l.start != 10 || !l.stopped {
		t.Errorf("got start %d, stopped %v", l.start, l.stopped)
	}
}

func TestCancelEndsTheRunCleanly(t *testing.T) {
	g := engine.New()
	ctx, cancel := context.WithCancel(context.Background())
	engine.Sink(engine.Timer(g, 1, 0), "cancel", func(*int) {
		if g.Cycle() == 1000 {
			cancel()
		}
	})
	if err := g.Run(ctx, engine.Config{}); err != nil {
		t.Errorf("got %v, want nil", err)
	}
	if err := g.Run(ctx, engine.Config{}); err != nil {
		t.Errorf("context done before: got %v, want nil", err)
	}
}

func TestRunOnlyOnceAtATime(t *testing.T) {
	g := engine.New()
	engine.Sink(engine.Const(g, 1, 0), "again", func(*int) {
		if err := g.Run(context.Background(), engine.Config{}); !errors.Is(err, engine.ErrRunning) {
			t.Errorf("got %v", err)
		}
	})
	if err := g.Run(context.Background(), engine.Config{}); err != nil {
		t.Error(err)
	}
}
