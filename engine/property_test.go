package engine_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"gw/engine"
	"gw/engine/op"
)

// sumNode adds up its inputs.
type sumNode struct {
	Ins     []engine.In[int]
	Out     engine.Out[int]
	passive []bool
}

func (n *sumNode) Start() error {
	for i := range n.Ins {
		if n.passive[i] {
			n.Ins[i].Passive()
		}
	}
	return nil
}

func (n *sumNode) Tick() {
	sum := 0
	for i := range n.Ins {
		sum += n.Ins[i].Get()
	}
	n.Out.Set(sum % 1000)
}

// build wires the graph of specs in the given order of nodes, as struct or closure nodes, and returns its log of ticks.
func build(specs []nodeSpec, order []int, closures bool) (*engine.Graph, *strings.Builder) {
	g := engine.New()
	late := make([]*engine.Delayed[int], len(specs))
	for i := range late {
		late[i] = engine.NewDelayed[int](g)
	}
	for _, i := range order {
		if err := late[i].Bind(buildNode(g, specs[i], late, closures)); err != nil {
			panic(err)
		}
	}
	log := &strings.Builder{}
	lines := make([]string, len(specs))
	for i := range specs {
		engine.Sink(late[i].Edge(), "log", func(v *int) {
			lines[i] = fmt.Sprintf("%d #%d %d=%d\n", g.Now(), g.Cycle(), i, *v)
		})
	}
	end := g.Node("end")
	g.OnCycleEnd(func(_ engine.Time, cycle uint64) {
		for i := range lines {
			log.WriteString(lines[i])
			lines[i] = ""
		}
		if cycle == maxCycles {
			end.Stop(nil)
		}
	})
	return g, log
}

func buildNode(g *engine.Graph, s nodeSpec, late []*engine.Delayed[int], closures bool) engine.Edge[int] {
	var in engine.Edge[int]
	if len(s.ins) > 0 {
		in = late[s.ins[0]].Edge()
	}
	switch s.kind {
	case "curve":
		return engine.Curve(g, s.points)
	case "feedback":
		fb := engine.NewFeedback[int](g)
		fb.Bind(in)
		return fb.Edge()
	case "delay":
		return op.Delay(in, s.after)
	case "unroll":
		return op.Unroll(op.Map(in, func(v int) []int { return []int{v, v + 1} }))
	}
	if closures {
		return closureSum(g, s, late)
	}
	n := &sumNode{passive: s.passive}
	for _, k := range s.ins {
		n.Ins = append(n.Ins, engine.From(late[k].Edge()))
	}
	return engine.Add(g, n).Out.Edge()
}

func closureSum(g *engine.Graph, s nodeSpec, late []*engine.Delayed[int]) engine.Edge[int] {
	n := g.Node("sum")
	var ins []*engine.In[int]
	for k, i := range s.ins {
		in := engine.Use(n, late[i].Edge())
		if s.passive[k] {
			in.Passive()
		}
		ins = append(ins, in)
	}
	out := engine.Emit[int](n)
	n.OnTick(func() {
		sum := 0
		for _, in := range ins {
			sum += in.Get()
		}
		out.Set(sum % 1000)
	})
	return out.Edge()
}

func inOrder(n int) []int {
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	return order
}

func TestEngineAgreesWithReference(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		specs := drawGraph(t)
		want := runReference(specs)
		for _, closures := range []bool{false, true} {
			order := rapid.Permutation(inOrder(len(specs))).Draw(t, "order")
			g, log := build(specs, order, closures)
			for round := range 2 { // a graph can be run again
				log.Reset()
				if err := g.Run(context.Background(), engine.Config{}); err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(want, log.String()); diff != "" {
					t.Fatalf("closures %v, round %d (-want +got):\n%s", closures, round, diff)
				}
			}
		}
	})
}

func TestSteppingGivesTheSameTicksAsRunning(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		specs := drawGraph(t)
		g, log := build(specs, inOrder(len(specs)), false)
		c := g.Control()
		c.Pause()
		done := make(chan error, 1)
		go func() { done <- g.Run(context.Background(), engine.Config{}) }()
		for i := 0; standing(c); i++ {
			now := c.Status().Now
			switch rapid.IntRange(0, 4).Draw(t, "action") {
			case 0, 1:
				c.Step(uint64(rapid.IntRange(1, 3).Draw(t, "steps")))
			case 2:
				c.Until(now + engine.Time(rapid.IntRange(0, 80).Draw(t, "until")))
			case 3:
				left := rapid.IntRange(1, 5).Draw(t, "when")
				c.When(func() bool { left--; return left == 0 })
			case 4:
				c.Resume()
				c.Pause()
			}
			if i > 40 {
				c.Resume()
				break
			}
		}
		if err := <-done; err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(runReference(specs), log.String()); diff != "" {
			t.Fatalf("-ran +stepped:\n%s", diff)
		}
	})
}

// standing waits until the run is held; it returns false if it is over.
func standing(c *engine.Control) bool {
	for {
		changed := c.Changed()
		s := c.Status()
		if s.Held || s.Done {
			return !s.Done
		}
		<-changed
	}
}

// TestAlarmsFireInOrder checks the scheduler with many alarms, spread over all scales of time, and random cancels and moves.
func TestAlarmsFireInOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := engine.New()
		n := g.Node("alarms")
		a := engine.NewAlarm[int](n)
		type pending struct {
			at engine.Time
			id int
			h  engine.Handle
		}
		var want []pending
		id := 0
		later := func() engine.Time {
			scale := rapid.SampledFrom([]int{1, 3, 64, 5000, 1 << 20, 1 << 40}).Draw(t, "scale")
			return g.Now() + engine.Time(rapid.IntRange(0, scale).Draw(t, "after"))
		}
		arm := func() {
			at := later()
			id++
			want = append(want, pending{at, id, a.At(at, id)})
		}
		n.OnStart(func() error {
			for range rapid.IntRange(1, 40).Draw(t, "first") {
				arm()
			}
			return nil
		})
		n.OnTick(func() {
			best := 0
			for i, p := range want {
				if p.at < want[best].at {
					best = i
				}
			}
			if p := want[best]; p.at != g.Now() || p.id != a.Get() {
				t.Fatalf("got alarm %d at %d, want %d at %d", a.Get(), g.Now(), p.id, p.at)
			}
			if a.Cancel(want[best].h) {
				t.Fatal("cancelled an alarm that has ticked")
			}
			want = append(want[:best], want[best+1:]...)
			for id < 200 && rapid.IntRange(0, 2).Draw(t, "again") > 0 {
				arm()
			}
			if len(want) > 0 && rapid.IntRange(0, 3).Draw(t, "cancel") == 0 {
				i := rapid.IntRange(0, len(want)-1).Draw(t, "which")
				if !a.Cancel(want[i].h) || a.Cancel(want[i].h) {
					t.Fatalf("alarm %d can not be cancelled just once", want[i].id)
				}
				want = append(want[:i], want[i+1:]...)
			}
			if len(want) > 0 && rapid.IntRange(0, 3).Draw(t, "move") == 0 {
				i := rapid.IntRange(0, len(want)-1).Draw(t, "which")
				p := want[i]
				p.at = later()
				h, ok := a.Reschedule(p.h, p.at)
				if _, again := a.Reschedule(p.h, p.at); !ok || again {
					t.Fatalf("alarm %d can not be moved just once by one handle", p.id)
				}
				p.h = h
				want = append(append(want[:i], want[i+1:]...), p)
			}
		})
		g.OnCycleEnd(func(engine.Time, uint64) {
			for _, err := range g.CheckInvariants() {
				t.Fatal(err)
			}
		})
		err := g.Run(context.Background(), engine.Config{Start: engine.Time(rapid.SampledFrom([]int64{-1 << 62, -1000, 0, 1 << 60}).Draw(t, "start"))})
		if p := (*engine.PanicError)(nil); errors.As(err, &p) {
			panic(p.Value) // rapid's own
		}
		if err != nil || len(want) > 0 {
			t.Fatalf("run ended with %v, %d alarms left", err, len(want))
		}
	})
}
