package tui

import "time"

const (
	sparkWidth = meterSlots - 1
	leastValue = 16 // cells for the value before other columns have to go
)

// channelColumns is the widths of the channels page; 0 means dropped. They only grow, so that the page stands still.
type channelColumns struct {
	name, kind, ticks, rate, spark, last int
}

// fit sets the widths for a screen. What goes first when there is too little room: kind, sparkline, last time.
func (c *channelColumns) fit(channels []*channel, screen int, days bool) {
	for _, ch := range channels {
		c.name = max(c.name, width(clean(ch.info.Name)))
		c.ticks = max(c.ticks, len(count(ch.total())))
	}
	c.name = max(min(c.name, screen/3, 40), 10)
	c.ticks = max(c.ticks, 7)
	const forValues = 40 // a value is worth more than the last digits of a time
	c.kind, c.rate, c.spark, c.last = 6, 7, sparkWidth, clockWidth(days, screen-forValues, 12)
	if len(channels) > 0 && channels[0].info.Kind == "" { // the gateway does not tell
		c.kind = 0
	}
	for _, drop := range []*int{&c.kind, &c.spark, &c.last} {
		if screen-c.taken() >= leastValue {
			return
		}
		*drop = 0
	}
}

// taken is how many cells come before the value.
func (c *channelColumns) taken() int {
	n := 1 + c.name + 1 + c.ticks + 1 + c.rate + 2
	for _, w := range []int{c.kind, c.spark, c.last} {
		if w > 0 {
			n += w + 1
		}
	}
	if c.last > 0 {
		n++
	}
	return n
}

func (c *channelColumns) paintRow(p *painter, look *theme, ch *channel, now time.Time, marked bool) {
	sign := " "
	if marked {
		p.mark(look.selected)
		sign = "▸"
	}
	p.put("", sign)
	p.cell(look.bold, ch.info.Name, c.name, false)
	if c.kind > 0 {
		p.gap(1)
		p.cell(look.faint, ch.info.Kind, c.kind, false)
	}
	p.gap(1)
	p.cell("", count(ch.total()), c.ticks, true)
	p.gap(1)
	p.cell("", perSecond(ch.rate.rate(now)), c.rate, true)
	if c.spark > 0 {
		p.gap(1)
		p.cell(look.accent, spark(ch.rate.history(now)), c.spark, false)
	}
	if c.last > 0 {
		p.gap(2)
		p.cell(look.word, clock(ch.lastTime(), c.last), c.last, false)
	}
	p.gap(2)
	p.put("", ch.preview())
	p.put(look.faint, ch.silence())
	p.end()
}
