package tui

import (
	"time"

	"gw/client"
)

// channel is one channel with what its ticks told.
type channel struct {
	info  client.Channel
	ticks uint64            // over all keys
	n     map[string]uint64 // number of the last tick by key
	last  *client.Tick
	rate  meter
	// value is the preview of last, made when it is first drawn.
	value string
	fresh bool // value belongs to last
}

func newChannel() *channel { return &channel{n: map[string]uint64{}} }

// take counts a tick; those of a snapshot happened before and do not count for the rate.
func (c *channel) take(t *client.Tick, now time.Time, snapshot bool) {
	before := c.n[t.Key]
	if t.N <= before {
		return
	}
	more := t.N - before
	c.n[t.Key] = t.N
	c.ticks += more
	if !snapshot {
		c.rate.add(now, more)
	}
	if c.last == nil || c.last.Cycle <= t.Cycle {
		c.last, c.fresh = t, false
	}
}

// total is the number of ticks: what the gateway said or, if that is more, what was seen.
func (c *channel) total() uint64 { return max(c.info.Ticks, c.ticks) }

// lastTime is the engine time of the last tick, zero if there is none.
func (c *channel) lastTime() time.Time {
	if c.last == nil {
		return c.info.Time
	}
	return c.last.Time
}

// silence says why there is no value, "" if there is one.
func (c *channel) silence() string {
	switch {
	case c.last != nil:
		return ""
	case !c.info.Provided:
		return "nothing sets it"
	case c.total() > 0:
		return "…" // its last value is on the way
	}
	return "no tick yet"
}

// preview is the last value in one line.
func (c *channel) preview() string {
	if c.last == nil {
		return ""
	}
	if !c.fresh {
		c.value, c.fresh = preview(c.last.Data), true
		if c.last.Key != "" {
			c.value = c.last.Key + " " + c.value
		}
	}
	return c.value
}

const (
	meterSlots = 9 // the one that is filling and eight whole ones
	meterSlot  = time.Second
)

// meter counts ticks by the second of the wall clock in which they came.
type meter struct {
	slots [meterSlots]float64
	last  int64     // number of the newest slot, in seconds since 1970
	start time.Time // when it first counted
}

func (m *meter) add(now time.Time, n uint64) {
	m.turn(now)
	if m.start.IsZero() {
		m.start = now
	}
	m.slots[m.last%meterSlots] += float64(n)
}

// turn empties the slots between the newest and now.
func (m *meter) turn(now time.Time) {
	at := now.Unix()
	for i := max(m.last+1, at-meterSlots+1); i <= at; i++ {
		m.slots[i%meterSlots] = 0
	}
	m.last = max(m.last, at)
}

// rateSlots is how many whole seconds, and the part of this one, the rate is taken over.
const rateSlots = 3

// rate is ticks a second, lately.
func (m *meter) rate(now time.Time) float64 {
	if m.start.IsZero() {
		return 0
	}
	m.turn(now)
	n := 0.0
	for i := range int64(rateSlots + 1) {
		n += m.slots[(m.last+meterSlots-i)%meterSlots]
	}
	span := rateSlots*meterSlot + now.Sub(now.Truncate(meterSlot))
	span = min(span, max(now.Sub(m.start), meterSlot))
	return n / span.Seconds()
}

// history is the whole seconds before this one, oldest first.
func (m *meter) history(now time.Time) []float64 {
	m.turn(now)
	out := make([]float64, 0, meterSlots-1)
	for i := m.last + 1; i < m.last+meterSlots; i++ {
		out = append(out, m.slots[i%meterSlots])
	}
	return out
}
