package engine_test

import (
	"time"

	"gw/engine"
)

// The nodes of the corpus; testdata/csp/nodes.py has the same for csp.

// burst ticks the values of one time as a list.
func (w *corpusWiring) burst(args []string) engine.Edge[[]int] {
	var ps []engine.Point[[]int]
	for _, p := range corpusPoints(args) {
		if k := len(ps) - 1; k >= 0 && ps[k].At == p.At {
			ps[k].V = append(ps[k].V, p.V)
			continue
		}
		ps = append(ps, engine.Point[[]int]{At: p.At, V: []int{p.V}})
	}
	return engine.Curve(w.g, ps)
}

func (w *corpusWiring) alarms(ps []engine.Point[int]) engine.Edge[int] {
	n := w.g.Node("alarms")
	a, out := engine.NewAlarm[int](n), engine.Emit[int](n)
	n.OnStart(func() error {
		for _, p := range ps {
			a.After(time.Duration(p.At), p.V)
		}
		return nil
	})
	n.OnTick(func() { out.Set(a.Get()) })
	return out.Edge()
}

func (w *corpusWiring) cancel(at, undo engine.Time) engine.Edge[int] {
	n := w.g.Node("cancel")
	a, b, out := engine.NewAlarm[int](n), engine.NewAlarm[bool](n), engine.Emit[int](n)
	var pending engine.Handle
	n.OnStart(func() error {
		pending = a.At(at, 1)
		b.At(undo, true)
		return nil
	})
	n.OnTick(func() {
		if b.Ticked() {
			a.Cancel(pending)
		}
		if a.Ticked() {
			out.Set(a.Get())
		}
	})
	return out.Edge()
}

func (w *corpusWiring) rearm(every time.Duration, count int) engine.Edge[int] {
	n := w.g.Node("rearm")
	a, out := engine.NewAlarm[int](n), engine.Emit[int](n)
	n.OnStart(func() error { a.After(every, 1); return nil })
	n.OnTick(func() {
		v := a.Get()
		if v < count {
			a.After(every, v+1)
		}
		out.Set(v)
	})
	return out.Edge()
}

func (w *corpusWiring) move(first, when, to engine.Time) engine.Edge[int] {
	n := w.g.Node("move")
	a, b, out := engine.NewAlarm[int](n), engine.NewAlarm[bool](n), engine.Emit[int](n)
	var pending engine.Handle
	n.OnStart(func() error {
		pending = a.At(first, 1)
		b.At(when, true)
		return nil
	})
	n.OnTick(func() {
		if b.Ticked() {
			a.Cancel(pending)
			a.At(to, 2)
		}
		if a.Ticked() {
			out.Set(a.Get())
		}
	})
	return out.Edge()
}

func (w *corpusWiring) twoAlarms(at engine.Time) engine.Edge[int] {
	n := w.g.Node("twoalarms")
	a, b, out := engine.NewAlarm[int](n), engine.NewAlarm[int](n), engine.Emit[int](n)
	n.OnStart(func() error {
		a.At(at, 1)
		b.At(at, 2)
		return nil
	})
	n.OnTick(func() { out.Set(corpusBits(a.Ticked(), b.Ticked())) })
	return out.Edge()
}

// node makes what has inputs and is no operator.
func (w *corpusWiring) node(kind string, on []engine.Edge[int]) engine.Edge[int] {
	n := w.g.Node(kind)
	x, y, out := engine.Use(n, on[0]), engine.Use(n, on[1]), engine.Emit[int](n)
	switch kind {
	case "passive":
		y.Passive()
		n.OnTick(func() {
			if y.Valid() {
				out.Set(x.Get() + y.Get())
			}
		})
	case "window":
		n.OnTick(func() {
			if y.Ticked() {
				x.Active()
			}
			if x.Ticked() {
				x.Passive()
				out.Set(x.Get())
			}
		})
	case "probe":
		n.OnTick(func() { out.Set(corpusBits(x.Ticked(), y.Ticked(), x.Valid(), y.Valid())) })
	default:
		panic("no such kind: " + kind)
	}
	return out.Edge()
}

// keys lists keys of a basket whenever it ticks.
func (w *corpusWiring) keys(on []engine.Edge[int], list func(*engine.BasketIn[int, int]) []int) engine.Edge[[]int] {
	n := w.g.Node("keys")
	in, out := engine.UseBasket(n, corpusBasket(on)), engine.Emit[[]int](n)
	n.OnTick(func() { out.Set(list(in)) })
	return out.Edge()
}

// corpusBits sets bit i if flag i is true.
func corpusBits(flags ...bool) (v int) {
	for i, on := range flags {
		if on {
			v |= 1 << i
		}
	}
	return v
}
