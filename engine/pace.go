package engine

// pace ties the time of a simulated run to the wall clock.
type pace struct {
	speed float64 // 0 = not tied
	held  bool
	set   bool // at and wall are known; they become so at the first event
	at    Time // engine time
	wall  Time // when it was that
}

// change takes over a new order at a moment of the wall clock; the position does not jump.
func (p *pace) change(o ctlOrder, wall, now Time) {
	if p.set {
		p.at, p.wall = p.position(wall, now), wall
	}
	p.speed, p.held = o.speed, o.mode == modeHeld
}

// position is how far the wall clock allows the run to go.
func (p *pace) position(wall, now Time) Time {
	if p.held || p.speed == 0 {
		return max(p.at, now)
	}
	return max(p.at+Time(float64(wall-p.wall)*p.speed), now)
}

// moment is when, by the wall clock, the position will be t.
func (p *pace) moment(t Time) Time {
	d := float64(t-p.at) / p.speed
	if d >= float64(maxTime-p.wall) {
		return maxTime
	}
	return p.wall + Time(d) + 1
}

// begin starts the pace at the first event.
func (p *pace) begin(wall, first Time) {
	if !p.set {
		p.set, p.at, p.wall = true, first, wall
	}
}
