package engine

// What the run loop asks of Control and tells it. Engine goroutine only.

func (c *Control) begin(k clock) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.status = ControlStatus{Now: k.now, Speed: c.want.speed}
	c.tell()
}

func (c *Control) finish(k clock) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.status = ControlStatus{Now: k.now, Cycle: k.cycle, Speed: c.want.speed, Done: true}
	c.tell()
}

func (c *Control) order() ctlOrder {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.want
}

// publish makes time, cycle and what lies behind known.
func (c *Control) publish(r *run) {
	c.mu.Lock()
	defer c.mu.Unlock()
	k := *r.g.clk
	c.status.Now, c.status.Cycle = k.now, k.cycle
	c.status.Live, c.status.Behind = r.realtime && r.live, max(0, r.behind.Sub(0))
}

// standing tells that the run is held now, unless Control wants something else by now.
func (c *Control) standing(k clock) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.want.mode != modeHeld || c.status.Held {
		return
	}
	c.status.Now, c.status.Cycle, c.status.Held = k.now, k.cycle, true
	c.tell()
}

// stepped counts a cycle down and returns the order as it is then.
func (c *Control) stepped() ctlOrder {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.want.mode == modeStep {
		if c.want.steps--; c.want.steps == 0 {
			c.want.mode = modeHeld
		}
	}
	return c.want
}

// reached holds the run unless the order has changed since, and returns it as it is then.
func (c *Control) reached(o ctlOrder) ctlOrder {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.want.serial == o.serial {
		c.want.mode = modeHeld
	}
	return c.want
}
