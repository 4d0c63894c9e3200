package engine

// What the loop may do next.
const (
	doEnd uint8 = iota
	doHold
	doWait
	doTimers
	doPushes
)

// spree is how many cycles of pushed values may follow each other without a look at the clock.
const spree = 16

// advance does the next thing of a run that is realtime, paced, driven by Control, or has pushed values. It returns false when the run is over.
func (r *run) advance() bool {
	what, t := r.choose()
	switch what {
	case doEnd:
		return false
	case doHold:
		r.obey(r.g.control.reached(r.order))
		return true
	case doWait:
		r.turn = true
		r.sleep(t)
		return true
	case doTimers:
		r.turn = true
		r.timers(t)
	case doPushes:
		r.turn = false
		r.pushes(t)
		r.spree(t)
	}
	if r.realtime {
		r.behind = r.read - t
	}
	r.unread++
	r.after()
	return true
}

// spree runs further cycles of pushed values, as long as nothing else can be due.
func (r *run) spree(t Time) {
	if r.order.mode != modeFree {
		return
	}
	for range spree {
		if len(r.ready) == 0 || r.g.intake.flags.Load() != 0 || r.feeding() {
			return
		}
		if next, ok := r.g.sched.peek(t); ok && next <= r.read {
			return
		}
		r.pushes(t)
	}
	r.unread = spree
}

// after does what the order asks for after a cycle.
func (r *run) after() {
	c := r.g.control
	switch r.order.mode {
	case modeStep:
		if o := c.stepped(); o.mode != r.order.mode {
			r.obey(o)
		}
	case modeWhen:
		if r.order.when() {
			r.obey(c.reached(r.order))
		}
	}
}

// choose decides what comes next, and when. Events of the engine's present time go first; then events and pushed
// values take turns.
func (r *run) choose() (what uint8, at Time) {
	now := r.g.clk.now
	next, ok := r.g.sched.peek(now)
	events := doTimers
	if at, fed := r.feed.cycle(); fed {
		next, ok, events = at, true, doPushes
	}
	ok = ok && next <= r.end
	horizon := r.horizon(next, ok)
	due := ok && next <= horizon
	push := len(r.ready) > 0 && r.live && !r.feeding()
	if push && !(due && (next == now || !r.turn)) {
		t := now
		if r.realtime {
			t = max(now, horizon)
			if due {
				t = next
			}
		}
		return r.bounded(doPushes, t)
	}
	if due {
		return r.bounded(events, next)
	}
	return r.idle(next, ok, horizon)
}

// bounded returns what is to be done at t, unless that lies beyond the end or the moment to hold at.
func (r *run) bounded(what uint8, t Time) (uint8, Time) {
	if t > r.end {
		return doEnd, t
	}
	if r.order.mode == modeUntil && t > r.order.until {
		return doHold, t
	}
	return what, t
}

// idle decides what to do when nothing is due.
func (r *run) idle(next Time, ok bool, horizon Time) (uint8, Time) {
	if !ok {
		next = maxTime
	}
	if r.realtime {
		if horizon > r.end {
			return doEnd, 0
		}
		t := next
		if r.end < maxTime {
			t = min(t, r.end+1)
		}
		if now := r.g.clk.now; horizon < now { // the start lies in the future
			t = min(t, now)
		}
		if r.order.mode != modeUntil {
			return doWait, t
		}
		if horizon > r.order.until {
			return doHold, 0
		}
		return doWait, min(t, r.order.until+1)
	}
	if !ok {
		r.feed.stuck()
		return doEnd, 0
	}
	if r.order.mode == modeUntil && next > r.order.until {
		return doHold, 0
	}
	return doWait, r.pace.moment(next)
}

// horizon is up to when events are due. It also ends the phase in which a realtime run catches up.
func (r *run) horizon(next Time, ok bool) Time {
	if !r.realtime {
		r.live, r.read = true, maxTime
		if r.order.speed > 0 {
			wall := r.wall.now()
			if ok {
				r.pace.begin(wall, next)
			}
			r.read = r.pace.position(wall, r.g.clk.now)
		}
		return r.read
	}
	if r.unread == 0 || r.unread >= spree || len(r.ready) == 0 {
		r.read, r.unread = r.wall.now(), 0
		if r.caughtUp == 0 {
			r.caughtUp = r.read
		}
	}
	if !r.live {
		early := r.read < r.g.clk.now // the start lies in the future
		r.live = !early && !(ok && next <= r.caughtUp)
	}
	return r.read
}
