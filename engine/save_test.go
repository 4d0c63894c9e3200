package engine_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"gw/engine"
)

// stateful is a graph with one of everything that has state, a struct node that keeps it, and a log of its ticks.
type stateful struct {
	g   *engine.Graph
	log strings.Builder
}

// tally is a struct node whose state is saved.
type tally struct {
	In    engine.In[int]
	Alarm engine.Alarm[string]
	Out   engine.Out[string]
	Clock engine.Clock

	n    int
	seen map[int][]string
	next engine.Handle
}

func (n *tally) Start() error { n.next = n.Alarm.After(7, "first"); return nil }

func (n *tally) Tick() {
	if n.In.Ticked() {
		n.n++
		if n.seen == nil {
			n.seen = map[int][]string{}
		}
		v := n.In.Get() % 3
		n.seen[v] = append(n.seen[v], fmt.Sprint(n.n))
		if v == 1 {
			n.Alarm.Cancel(n.next)
			n.next = n.Alarm.After(5, fmt.Sprint("again ", n.n))
		}
		if n.n == 4 {
			n.In.Passive()
			n.Alarm.After(9, "active")
		}
	}
	if n.Alarm.Ticked() && n.Alarm.Get() == "active" {
		n.In.Active()
	}
	n.Out.Set(fmt.Sprint(n.n, n.seen, n.Alarm.Ticked(), n.Alarm.Get()))
}

func (n *tally) Keep() (int, []any) { return 1, []any{&n.n, &n.seen, &n.next} }

func newStateful(points []engine.Point[int], saveAt uint64, saved *[]byte) *stateful {
	s := &stateful{g: engine.New()}
	g := s.g
	curve := engine.Curve(g, points)
	rows := &numbers{}
	pull := engine.Pull(g, "rows", rows)
	fb := engine.NewFeedback[int](g)
	fb.Bind(curve)
	n := g.Node("sum")
	ins := []*engine.In[int]{engine.Use(n, curve), engine.Use(n, pull), engine.Use(n, fb.Edge()), engine.Use(n, engine.Timer(g, 3, 100))}
	ins[0].Buffer(3, 9)
	delay, sum, out := engine.NewAlarm[int](n), 0, engine.Emit[int](n)
	n.Keep(1, &sum)
	n.OnTick(func() {
		for _, in := range ins {
			if in.Ticked() {
				sum += in.Get()
				delay.After(time.Duration(sum&3), in.Get())
			}
		}
		for p := range ins[0].History().All() {
			sum += p.V * int(p.At)
		}
		if delay.Ticked() {
			sum += 1000 * delay.Get()
		}
		out.Set(sum)
	})
	t := engine.Add(g, &tally{In: engine.From(curve)})
	engine.Sink(out.Edge(), "sum", func(v *int) { fmt.Fprintf(&s.log, "%d #%d sum %d\n", g.Now(), g.Cycle(), *v) })
	engine.Sink(t.Out.Edge(), "tally", func(v *string) { fmt.Fprintf(&s.log, "%d #%d tally %s\n", g.Now(), g.Cycle(), *v) })
	g.OnCycleEnd(func(_ engine.Time, cycle uint64) {
		if saved != nil && cycle == saveAt {
			data, err := g.Save()
			if err != nil {
				panic(err)
			}
			*saved = data
			s.log.Reset()
		}
	})
	return s
}

func (s *stateful) run(t interface{ Fatal(...any) }) string {
	if err := s.g.Run(context.Background(), engine.Config{Start: 1, End: 60}); err != nil {
		t.Fatal(err)
	}
	return s.log.String()
}

// numbers is a pull adapter that ticks i at 2i.
type numbers struct{ i int }

func (n *numbers) Start(_, _ engine.Time) error { n.i = 0; return nil }
func (n *numbers) Next() (engine.Time, int, bool, error) {
	n.i++
	return engine.Time(2 * n.i), n.i, n.i < 20, nil
}

func TestSavedRunGoesOnAsIfItHadNotStopped(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		points := drawPoints(t)
		at := uint64(rapid.IntRange(1, 60).Draw(t, "cycle"))
		var first, again []byte
		straight := newStateful(points, at, &first)
		want := straight.run(t)
		if first == nil {
			t.Skip("ended before")
		}
		fresh := newStateful(points, 0, nil)
		if err := fresh.g.Restore(first); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, fresh.run(t)); diff != "" {
			t.Fatalf("-straight +restored:\n%s", diff)
		}
		end, err := straight.g.Save()
		if err != nil {
			t.Fatal(err)
		}
		if again, err = fresh.g.Save(); err != nil || !bytes.Equal(end, again) {
			t.Fatalf("the states at the end differ (%v)", err)
		}
	})
}

func TestValuesThatWaitAreSaved(t *testing.T) {
	for _, mode := range []engine.PushMode{engine.NonCollapsing, engine.Burst} {
		var saved []byte
		build := func() (*engine.Graph, *engine.PushAdapter[string], *strings.Builder) {
			g, log := engine.New(), &strings.Builder{}
			a := engine.NewPush[string](g, "in", engine.PushConfig{Mode: mode})
			first := engine.NewPush[int](g, "first", engine.PushConfig{Mode: mode})
			engine.Sink(a.Edge(), "one", func(v *string) { fmt.Fprintf(log, "#%d %v\n", g.Cycle(), *v) })
			engine.Sink(a.BurstEdge(), "burst", func(v *[]string) { fmt.Fprintf(log, "#%d %v\n", g.Cycle(), *v) })
			_ = first
			return g, a, log
		}
		g, a, log := build()
		_, wait := held(t, g)
		for _, v := range []string{"a", "b", "c"} {
			must(t, a.Push(v))
		}
		g.Control().When(func() bool {
			data, err := g.Save()
			must(t, err)
			saved = data
			log.Reset()
			g.Control().Resume()
			return false
		})
		wait()
		again, _, log2 := build()
		must(t, again.Restore(saved))
		must(t, again.Run(context.Background(), engine.Config{}))
		if diff := cmp.Diff(log.String(), log2.String()); diff != "" {
			t.Errorf("mode %d: -straight +restored:\n%s", mode, diff)
		}
	}
}

func TestStateOfAnotherGraphIsRefused(t *testing.T) {
	graph := func(name string, version int, state any) *engine.Graph {
		g := engine.New()
		n := g.Node(name)
		engine.Use(n, engine.Const(g, 1, 5))
		n.Keep(version, state)
		return g
	}
	g := graph("a", 1, new(int))
	must(t, g.Run(context.Background(), engine.Config{}))
	data, err := g.Save()
	must(t, err)
	for name, tc := range map[string]struct {
		g    *engine.Graph
		want string
	}{
		"name":    {graph("b", 1, new(int)), `engine (cycle 1 at 1970-01-01T00:00:00.000000005Z): node "b": its saved state: is of a node "a"`},
		"version": {graph("a", 2, new(int)), `engine (cycle 1 at 1970-01-01T00:00:00.000000005Z): node "a": its saved state: has version 1, want 2`},
		"type":    {graph("a", 1, new(int8)), `engine (cycle 1 at 1970-01-01T00:00:00.000000005Z): node "a": its saved state: has other types`},
		"size":    {engine.New(), `engine (cycle 0 at 1970-01-01T00:00:00.000000000Z): the saved state is of a graph of 2 nodes, this one has 0`},
	} {
		must(t, tc.g.Restore(data))
		if err := tc.g.Run(context.Background(), engine.Config{}); err == nil || err.Error() != tc.want {
			t.Errorf("%s: got  %v\nwant %s", name, err, tc.want)
		}
	}
}

func TestWhatCannotBeSavedIsNamed(t *testing.T) {
	type loop struct{ next *loop }
	l := &loop{}
	l.next = l
	for want, state := range map[string]any{
		`node "bad": its state: field f: a func() cannot be saved`:            &struct{ f func() }{},
		`node "bad": its state: got a int, want a pointer to state`:           1,
		`a *engine_test.loop contains itself or is nested more than 200 deep`: l,
		`engine.Node belongs to the engine and is no state`:                   engine.New().Node("x"),
		`a struct { x int } inside of an interface: gob: type not registered`: ptr(any(struct{ x int }{1})),
	} {
		g := engine.New()
		g.Node("bad").Keep(1, state)
		if _, err := g.Save(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got  %v\nwant %s", err, want)
		}
	}
}

func ptr[T any](v T) *T { return &v }

// everything has a field of each kind that can be kept.
type everything struct {
	A bool
	b int8
	C uint64
	d float32
	e complex128
	f string
	g [2]int
	h []string
	i map[string][]int
	j *int
	k any
	l time.Time
	m []byte
	n struct{ o, p int }
	q []struct{}
	r map[struct{}]int
	s engine.Handle
}

func TestKeptValuesComeBackAsTheyWere(t *testing.T) {
	in := everything{
		true, -3, 1 << 63, 1.5, 2i, "x\x00", [2]int{1, 2}, []string{"a", ""}, map[string][]int{"x": {1}, "y": nil}, ptr(7), "boxed",
		time.Unix(1, 2).UTC(), []byte{0, 255}, struct{ o, p int }{3, 4}, make([]struct{}, 3), map[struct{}]int{{}: 4}, engine.Handle{},
	}
	for _, v := range []everything{in, {}} {
		g := engine.New()
		g.Node("n").Keep(1, &v)
		data, err := g.Save()
		must(t, err)
		var got everything
		got.i = map[string][]int{"gone": nil}
		h := engine.New()
		h.Node("n").Keep(1, &got)
		must(t, h.Restore(data))
		must(t, h.Run(context.Background(), engine.Config{}))
		if !reflect.DeepEqual(v, got) {
			t.Errorf("got %+v, want %+v", got, v)
		}
	}
}

func TestSkipSparesReadingAgain(t *testing.T) {
	build := func() (*engine.Graph, *skipping) {
		g, s := engine.New(), &skipping{}
		engine.Sink(engine.Pull(g, "rows", s), "log", func(*int) {})
		return g, s
	}
	g, _ := build()
	g.Control().Pause()
	_, wait := start(t, g, engine.Config{})
	var data []byte
	g.Control().When(func() (hold bool) {
		if g.Cycle() == 15 {
			var err error
			data, err = g.Save()
			must(t, err)
		}
		return false
	})
	wait()
	again, s := build()
	must(t, again.Restore(data))
	must(t, again.Run(context.Background(), engine.Config{}))
	if s.skipped != 14 || s.i != 20 {
		t.Errorf("skipped %d and read up to %d, want 14 and 20", s.skipped, s.i)
	}
	short := engine.New()
	engine.Sink(engine.Pull(short, "rows", &lines{at: []engine.Time{2, 3}}), "log", func(*int) {})
	must(t, short.Restore(data))
	var n *engine.NodeError
	err := short.Run(context.Background(), engine.Config{})
	if !errors.As(err, &n) || !strings.Contains(err.Error(), "has read 16 values, this source has 2") {
		t.Errorf("got %v", err)
	}
}

type skipping struct {
	numbers
	skipped uint64
}

func (s *skipping) Skip(n uint64) error {
	s.skipped = n
	s.i += int(n)
	return nil
}
