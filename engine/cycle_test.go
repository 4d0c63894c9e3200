package engine_test

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/cockroachdb/datadriven"

	"gw/engine"
	"gw/engine/op"
)

// TestCycles runs the scripts of testdata/cycle. A script has one command, run, whose input wires a graph of int edges, one a line:
//
//	a = curve 1s:1 2s:2,3        values at times; 2,3 = two values at one time
//	b = timer 1s 7               c = const 5 3s          z = null
//	d = alarms 3s:1 1s:2         a node that sets these alarms when it starts
//	e = cancel 3s 1s             a node that sets an alarm for 3s and takes it back at 1s
//	m = move 3s 1s 5s            a node that sets an alarm for 3s and moves it at 1s to 5s
//	l = last x                   the latest x, once, in the last cycle of each time
//	o = order x y z              which of the basket's elements tick, as digits in the order of their ticks: 1 is x, 2 is y
//	f = merge a b                also flatten, count, sample trigger x, delay 1s x, default 9 1s x, add x y,
//	                             firstn 2 x, dropdups x, accum x, filter x (odd values), lag 1 x, unroll x (x, then 10x, 100x)
//	g = feedback                 bind g f               back to g, one cycle later
//	h = delayed                  bind h f               h stands for f
//	i = passive x y              x+y, called by x only
//	stop a 3                     ends the run when a ticks with 3
//
// The output has one line for each tick: time, cycle, edge=value.
func TestCycles(t *testing.T) {
	datadriven.Walk(t, "testdata/cycle", func(t *testing.T, path string) {
		datadriven.RunTest(t, path, func(t *testing.T, d *datadriven.TestData) string {
			h := &script{g: engine.New(), edges: map[string]engine.Edge[int]{}, binds: map[string]func(engine.Edge[int]) error{}}
			for line := range strings.Lines(d.Input) {
				if err := h.wire(strings.Fields(line)); err != nil {
					return fmt.Sprintf("%s: %v\n", strings.TrimSpace(line), err)
				}
			}
			c := engine.Config{}
			if d.HasArg("end") {
				c.End = h.at(d.CmdArgs[0].Vals[0])
			}
			err := h.g.Run(context.Background(), c)
			if err != nil {
				fmt.Fprintf(&h.log, "error: %v\n", err)
			}
			return h.log.String()
		})
	})
}

type script struct {
	g     *engine.Graph
	edges map[string]engine.Edge[int]
	binds map[string]func(engine.Edge[int]) error
	log   strings.Builder
}

func (h *script) wire(f []string) error {
	if len(f) == 0 {
		return nil
	}
	switch f[0] {
	case "bind":
		return h.binds[f[1]](h.edges[f[2]])
	case "stop":
		n := h.g.Node("stop")
		in, v := engine.Use(n, h.edges[f[1]]), h.num(f[2])
		n.OnTick(func() {
			if in.Get() == v {
				n.Stop(nil)
			}
		})
		return nil
	}
	name, kind, args := f[0], f[2], f[3:]
	e := h.make(name, kind, args).Named(name)
	h.edges[name] = e
	if kind != "delayed" {
		h.print(name, e)
	}
	return nil
}

func (h *script) print(name string, e engine.Edge[int]) {
	engine.Sink(e, "print "+name, func(v *int) {
		at := h.g.Now().Std().Format("15:04:05.999")
		fmt.Fprintf(&h.log, "%s #%d %s=%d\n", at, h.g.Cycle(), name, *v)
	})
}

func (h *script) make(name, kind string, args []string) engine.Edge[int] {
	switch kind {
	case "curve":
		return engine.Curve(h.g, h.points(args))
	case "timer":
		return engine.Timer(h.g, h.dur(args[0]), h.num(args[1]))
	case "const":
		return engine.Const(h.g, h.num(args[0]), h.dur(args[1]))
	case "null":
		return engine.Null[int](h.g)
	case "alarms":
		return h.alarms(name, h.points(args))
	case "cancel":
		return h.cancel(name, h.dur(args[0]), h.dur(args[1]))
	case "move":
		return h.move(name, h.dur(args[0]), h.dur(args[1]), h.dur(args[2]))
	case "feedback":
		fb := engine.NewFeedback[int](h.g)
		h.binds[name] = func(e engine.Edge[int]) error { fb.Bind(e); return nil }
		return fb.Edge()
	case "delayed":
		d := engine.NewDelayed[int](h.g)
		h.binds[name] = d.Bind
		return d.Edge()
	}
	return h.operator(kind, args)
}

func (h *script) operator(kind string, args []string) engine.Edge[int] {
	var es []engine.Edge[int]
	for _, a := range args {
		if e, ok := h.edges[a]; ok {
			es = append(es, e)
		}
	}
	e := es[len(es)-1]
	switch kind {
	case "merge":
		return op.Merge(es...)
	case "flatten":
		return op.Flatten(es...)
	case "count":
		return op.Count(e)
	case "sample":
		return op.Sample(es[0], e)
	case "delay":
		return op.Delay(e, h.dur(args[0]))
	case "default":
		return op.Default(e, h.num(args[0]), h.dur(args[1]))
	case "add":
		return op.Combine2(es[0], e, func(a, b int) int { return a + b })
	case "firstn":
		return op.FirstN(e, h.num(args[0]))
	case "dropdups":
		return op.DropDups(e)
	case "accum":
		return op.Accum(e, 0)
	case "filter":
		return op.Filter(e, func(v *int) bool { return *v%2 == 1 })
	case "lag":
		return op.Lag(e, h.num(args[0]))
	case "unroll":
		return op.Unroll(op.Map(e, func(v int) []int { return []int{v, 10 * v, 100 * v} }))
	case "last":
		return h.last(e)
	case "order":
		return h.order(es)
	case "passive":
		return h.passive(es[0], e)
	}
	panic("no such kind: " + kind)
}

func (h *script) alarms(name string, ps []engine.Point[int]) engine.Edge[int] {
	n := h.g.Node(name)
	a, out := engine.NewAlarm[int](n), engine.Emit[int](n)
	n.OnStart(func() error {
		for _, p := range ps {
			a.At(p.At, p.V)
		}
		return nil
	})
	n.OnTick(func() { out.Set(a.Get()) })
	return out.Edge()
}

func (h *script) cancel(name string, at, undo time.Duration) engine.Edge[int] {
	n := h.g.Node(name)
	a, b, out := engine.NewAlarm[int](n), engine.NewAlarm[engine.Handle](n), engine.Emit[int](n)
	n.OnStart(func() error { b.After(undo, a.After(at, 1)); return nil })
	n.OnTick(func() {
		if a.Ticked() {
			out.Set(a.Get())
			return
		}
		if !a.Cancel(b.Get()) || a.Cancel(b.Get()) {
			out.Set(-1)
		}
	})
	return out.Edge()
}

func (h *script) move(name string, at, when, to time.Duration) engine.Edge[int] {
	n := h.g.Node(name)
	a, b, out := engine.NewAlarm[int](n), engine.NewAlarm[engine.Handle](n), engine.Emit[int](n)
	n.OnStart(func() error { b.After(when, a.After(at, 1)); return nil })
	n.OnTick(func() {
		if a.Ticked() {
			out.Set(a.Get())
			return
		}
		_, ok := a.Reschedule(b.Get(), engine.Time(to))
		if _, again := a.Reschedule(b.Get(), engine.Time(to)); !ok || again {
			out.Set(-1)
		}
	})
	return out.Edge()
}

func (h *script) last(x engine.Edge[int]) engine.Edge[int] {
	n := h.g.Node("last")
	in, a, out := engine.Use(n, x), engine.NewAlarm[int](n), engine.Emit[int](n)
	set := engine.Time(-1)
	n.OnTick(func() {
		if a.Ticked() {
			out.Set(in.Get())
		} else if set != h.g.Now() {
			set = h.g.Now()
			a.Last(set, 0)
		}
	})
	return out.Edge()
}

func (h *script) order(es []engine.Edge[int]) engine.Edge[int] {
	n := h.g.Node("order")
	keys := make([]int, len(es))
	for i := range keys {
		keys[i] = i + 1
	}
	in, out := engine.UseBasket(n, engine.NewBasket(keys, es)), engine.Emit[int](n)
	n.OnTick(func() {
		digits := 0
		for k := range in.TickedItems() {
			digits = 10*digits + k
		}
		out.Set(digits)
	})
	return out.Edge()
}

func (h *script) passive(x, y engine.Edge[int]) engine.Edge[int] {
	n := h.g.Node("passive")
	a, b, out := engine.Use(n, x), engine.Use(n, y), engine.Emit[int](n)
	b.Passive()
	n.OnTick(func() { out.Set(a.Get() + b.Get()) })
	return out.Edge()
}

func (h *script) points(args []string) (ps []engine.Point[int]) {
	for _, a := range args {
		at, vals, _ := strings.Cut(a, ":")
		for v := range strings.SplitSeq(vals, ",") {
			ps = append(ps, engine.Point[int]{At: h.at(at), V: h.num(v)})
		}
	}
	return ps
}

func (h *script) at(s string) engine.Time { return engine.Time(h.dur(s)) }

func (h *script) dur(s string) time.Duration {
	d, err := time.ParseDuration(s)
	if err != nil {
		panic(err)
	}
	return d
}

func (h *script) num(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		panic(err)
	}
	return n
}
