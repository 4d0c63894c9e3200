package engine

// Feed makes the next simulated runs of the graph repeat a recorded one, whose events TapIntake told: push is called with
// each on the engine's goroutine, in its cycle, and hands the value to its adapter without waiting. All other cycles are
// those of timers and alarms, so the run does the same cycles at the same times; it ends after lastCycle. The pace and
// Until of Control do not count. Before Run.
func (g *Graph) Feed(events []IntakeEvent, lastCycle uint64, push func(IntakeEvent) error) {
	g.recorded = &recording{events, lastCycle, push}
}

// recording is what came from outside in a recorded run, or what is left of it.
type recording struct {
	events    []IntakeEvent
	lastCycle uint64
	push      func(IntakeEvent) error
}

// fed does the next cycle of a recorded run. It returns false when the run is over.
func (r *run) fed() bool {
	g := r.g
	next := g.clk.cycle + 1
	if next > r.recorded.lastCycle {
		return false
	}
	if e := r.recorded.events; len(e) > 0 && e[0].Cycle <= next {
		r.repeat(max(e[0].Time, g.clk.now), next)
	} else if t, ok := g.sched.peek(g.clk.now); ok && t <= r.end {
		r.timers(t)
	} else {
		return false
	}
	r.after()
	return true
}

// repeat runs a cycle with the recorded events of it.
func (r *run) repeat(t Time, cycle uint64) {
	rec := r.recorded
	for len(rec.events) > 0 && rec.events[0].Cycle <= cycle {
		if err := rec.push(rec.events[0]); err != nil {
			r.g.fail(nil, err)
		}
		rec.events = rec.events[1:]
	}
	r.ready = r.g.intake.collect(r.ready)
	r.pushes(t)
}
