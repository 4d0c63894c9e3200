package engine

// loop runs cycles until the run is over.
func (r *run) loop() {
	for {
		if r.g.intake.flags.Load() != 0 && !r.attend() {
			return
		}
		on := false
		switch {
		case r.order.mode == modeHeld:
			on = r.hold()
		case r.free():
			on = r.sprint()
		default:
			on = r.advance()
		}
		if !on {
			return
		}
	}
}

// free tells whether nothing but the next event decides what comes next.
func (r *run) free() bool {
	return !r.realtime && r.order.mode == modeFree && r.order.speed == 0 && len(r.ready) == 0 && !r.feeding()
}

// feeding tells whether values are left to be fed again.
func (r *run) feeding() bool { return r.feed != nil && r.feed.on }

// sprint runs a simulated graph flat out until something wants attention. It returns false when the run is over.
func (r *run) sprint() bool {
	g := r.g
	for g.intake.flags.Load() == 0 {
		t, ok := g.sched.peek(g.clk.now)
		if !ok || t > r.end {
			return false
		}
		r.timers(t)
	}
	r.turn = true
	return true
}

// timers runs the cycle of the events of time t.
func (r *run) timers(t Time) {
	g := r.g
	g.clk.now = t
	g.clk.cycle++
	g.sched.fire(t)
	r.propagate()
}

// pushes runs a cycle with what was pushed, at time t.
func (r *run) pushes(t Time) {
	g := r.g
	g.clk.now = t
	g.clk.cycle++
	if r.feeding() {
		r.feed.inject()
		r.propagate()
		return
	}
	keep := 0
	for _, a := range r.ready {
		if a.consume() {
			r.ready[keep] = a
			keep++
		}
	}
	clear(r.ready[keep:])
	r.ready = r.ready[:keep]
	r.propagate()
}

// propagate calls the nodes and ends the cycle.
func (r *run) propagate() {
	g := r.g
	if g.clk.now >= g.hushAt {
		g.hush()
	}
	if !g.watching {
		g.step()
	} else {
		r.watched()
		r.report()
	}
	for _, f := range g.cycleEnd {
		f(g.clk.now, g.clk.cycle)
	}
	if g.clk.cycle&63 == 0 {
		g.control.publish(r)
	}
}

// attend does what the flags ask for. It returns false when the run is over.
func (r *run) attend() bool {
	g, q := r.g, r.g.intake
	f := q.flags.Load()
	if f&flagsEnd != 0 {
		return false
	}
	if f&flagStatus != 0 {
		q.flags.And(^flagStatus)
		g.control.publish(r)
	}
	if f&flagWatch != 0 {
		q.flags.And(^flagWatch)
		r.rewatch()
	}
	if f&flagControl != 0 {
		q.flags.And(^flagControl)
		r.obey(g.control.order())
	}
	if f&flagIntake != 0 {
		r.ready = q.collect(r.ready)
		r.unread = 0
	}
	return true
}

// obey takes over an order.
func (r *run) obey(o ctlOrder) {
	if !r.realtime {
		r.pace.change(o, r.wall.now(), r.g.clk.now)
	}
	r.order = o
}

// hold stands between two cycles until something wants attention.
func (r *run) hold() bool {
	r.turn = true
	r.g.control.standing(*r.g.clk)
	r.sleep(maxTime)
	return true
}
