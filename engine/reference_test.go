package engine_test

import (
	"fmt"
	"strings"
	"time"

	"pgregory.net/rapid"

	"gw/engine"
)

// nodeSpec is one node of a random graph of int edges. It reads nodes with lower numbers, a feedback also higher ones.
type nodeSpec struct {
	kind    string // curve, sum, delay, unroll, feedback
	ins     []int
	passive []bool
	points  []engine.Point[int]
	after   time.Duration
}

func drawGraph(t *rapid.T) []nodeSpec {
	n := rapid.IntRange(1, 25).Draw(t, "nodes")
	specs := make([]nodeSpec, n)
	for i := range specs {
		s := nodeSpec{kind: rapid.SampledFrom([]string{"curve", "sum", "sum", "sum", "delay", "unroll", "feedback"}).Draw(t, "kind")}
		if i == 0 {
			s.kind = "curve"
		}
		switch s.kind {
		case "curve":
			s.points = drawPoints(t)
		case "sum":
			for range rapid.IntRange(1, 4).Draw(t, "inputs") {
				s.ins = append(s.ins, rapid.IntRange(0, i-1).Draw(t, "in"))
				s.passive = append(s.passive, rapid.IntRange(0, 3).Draw(t, "passive") == 0)
			}
		case "feedback":
			s.ins = []int{rapid.IntRange(0, n-1).Draw(t, "in")}
		default:
			s.ins = []int{rapid.IntRange(0, i-1).Draw(t, "in")}
			s.after = time.Duration(rapid.IntRange(0, 3).Draw(t, "after"))
		}
		specs[i] = s
	}
	return specs
}

func drawPoints(t *rapid.T) (ps []engine.Point[int]) {
	at := engine.Time(0)
	for range rapid.IntRange(0, 6).Draw(t, "points") {
		at += engine.Time(rapid.SampledFrom([]int{0, 0, 1, 1, 2, 70, 5000}).Draw(t, "gap"))
		ps = append(ps, engine.Point[int]{At: at, V: rapid.IntRange(-9, 9).Draw(t, "v")})
	}
	return ps
}

// maxCycles ends graphs that feed back for ever.
const maxCycles = 300

// refEvent is a tick to come in the naive engine.
type refEvent struct {
	at   engine.Time
	node int
	val  int
}

// reference is an engine as simple as can be: it looks at every node in every cycle and at every event for every time.
type reference struct {
	specs   []nodeSpec
	now     engine.Time
	events  []refEvent // in the order of scheduling
	refused []refEvent
	ticked  map[int]bool // edges
	alarmed map[int]bool // sources and alarms that took a value
	alarm   map[int]int
	vals    map[int]int
	queues  map[int][]int
	armed   map[int]bool
	log     strings.Builder
}

func runReference(specs []nodeSpec) string {
	r := &reference{specs: specs, vals: map[int]int{}, queues: map[int][]int{}, armed: map[int]bool{}}
	for i, s := range specs {
		for _, p := range s.points {
			r.events = append(r.events, refEvent{p.At, i, p.V})
		}
	}
	for cycle := 1; cycle <= maxCycles && len(r.events)+len(r.refused) > 0; cycle++ {
		r.cycle(cycle)
	}
	return r.log.String()
}

func (r *reference) cycle(cycle int) {
	if len(r.refused) == 0 {
		r.now = r.events[0].at
		for _, e := range r.events {
			r.now = min(r.now, e.at)
		}
	}
	due := r.refused
	var rest []refEvent
	for _, e := range r.events {
		if e.at == r.now {
			due = append(due, e)
		} else {
			rest = append(rest, e)
		}
	}
	r.events, r.refused = rest, nil
	r.ticked, r.alarmed, r.alarm = map[int]bool{}, map[int]bool{}, map[int]int{}
	for _, e := range due {
		if r.alarmed[e.node] {
			r.refused = append(r.refused, e)
			continue
		}
		r.alarmed[e.node] = true
		r.alarm[e.node] = e.val
	}
	for i := range r.specs {
		r.node(i)
	}
	for i, s := range r.specs {
		if s.kind == "feedback" && r.ticked[s.ins[0]] {
			r.events = append(r.events, refEvent{r.now, i, r.vals[s.ins[0]]})
		}
	}
	for i := range r.specs {
		if r.ticked[i] {
			fmt.Fprintf(&r.log, "%d #%d %d=%d\n", r.now, cycle, i, r.vals[i])
		}
	}
}

func (r *reference) node(i int) {
	s := r.specs[i]
	switch s.kind {
	case "curve", "feedback":
		if r.alarmed[i] {
			r.set(i, r.alarm[i])
		}
	case "sum":
		called, sum := false, 0
		for k, in := range s.ins {
			called = called || r.ticked[in] && !s.passive[k]
			sum += r.vals[in]
		}
		if called {
			r.set(i, sum%1000)
		}
	case "delay":
		if r.ticked[s.ins[0]] {
			r.events = append(r.events, refEvent{r.now.Add(s.after), i, r.vals[s.ins[0]]})
		}
		if r.alarmed[i] {
			r.set(i, r.alarm[i])
		}
	case "unroll":
		r.unroll(i, r.specs[i].ins[0])
	}
}

func (r *reference) unroll(i, in int) {
	if r.ticked[in] {
		r.queues[i] = append(r.queues[i], r.vals[in], r.vals[in]+1)
	}
	if r.alarmed[i] {
		r.armed[i] = false
	}
	q := r.queues[i]
	if len(q) == 0 || !r.alarmed[i] && !r.ticked[in] {
		return
	}
	r.set(i, q[0])
	if r.queues[i] = q[1:]; len(q) > 1 && !r.armed[i] {
		r.armed[i] = true
		r.events = append(r.events, refEvent{r.now, i, 0})
	}
}

func (r *reference) set(i, v int) { r.vals[i], r.ticked[i] = v, true }
