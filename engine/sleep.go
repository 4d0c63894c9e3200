package engine

import (
	"runtime"
	"time"
)

// slack is how long before a deadline a spinning run wakes from its sleep: timers of the system are late by about a millisecond.
const slack = Time(1500 * time.Microsecond)

// sleep waits until the wall clock says t or something wants attention.
func (r *run) sleep(t Time) {
	if r.order.mode != modeHeld {
		r.behind = 0
	}
	r.g.control.publish(r)
	r.unread = 0
	if r.spin != 0 && r.order.mode != modeHeld {
		now := r.wall.now()
		if r.spin < 0 || t-now <= slack {
			r.look(t)
			return
		}
		if r.look(min(t, now.Add(r.spin))) {
			return
		}
		if t < maxTime {
			t -= slack
		}
	}
	r.rest(t)
}

// A producer is flat out if the run has nothing left to do again within flatOut, several times in a row.
const (
	flatOut = Time(time.Microsecond)
	inARow  = 8
)

// rest is park, unless a producer is flat out. A run that parks then is woken by each value, on the producer's processor, and takes just
// that one: a switch of goroutines a value, with one processor idle. It gives way instead, and as it stays runnable it goes on with many
// values at once, beside the producer or after it. It does so once: a slower producer would not wake it, and keep its processor.
func (r *run) rest(t Time) {
	now := r.wall.now()
	if r.rushed++; now-r.rested >= flatOut {
		r.rushed = 0
	}
	r.rested = now
	if r.rushed == inARow {
		r.rushed = 0
		runtime.Gosched()
	}
	if r.g.intake.flags.Load() == 0 {
		r.park(t)
	}
}

// look spins until the wall clock says t or something wants attention, and tells whether that is so.
func (r *run) look(t Time) bool {
	for r.wall.now() < t {
		if r.g.intake.flags.Load() != 0 {
			return true
		}
		runtime.Gosched()
	}
	return false
}

// park sleeps until the wall clock says t or somebody rings.
func (r *run) park(t Time) {
	q := r.g.intake
	q.mu.Lock()
	if r.g.intake.flags.Load() != 0 {
		q.mu.Unlock()
		return
	}
	q.asleep = true
	q.mu.Unlock()
	if t == maxTime {
		<-q.bell
		return
	}
	r.set(time.Duration(t - r.wall.now()))
	select {
	case <-q.bell:
	case <-r.alarm.C:
		q.mu.Lock()
		if !q.asleep { // rung at the same moment
			<-q.bell
		}
		q.asleep = false
		q.mu.Unlock()
	}
}

func (r *run) set(d time.Duration) {
	if r.alarm == nil {
		r.alarm = time.NewTimer(d)
		return
	}
	r.alarm.Reset(d)
}
