package schema

import "time"

// clock reads the time of day and offset behind a date.
type clock struct {
	text                       []byte
	hour, minute, second, nano int
	loc                        *time.Location
}

func (c *clock) read() bool {
	switch c.text[0] {
	case 'T', 't', ' ', '_':
		c.text = c.text[1:]
	default:
		return false
	}
	if !c.two(&c.hour, 23) || !c.skip(':') || !c.two(&c.minute, 59) {
		return false
	}
	if c.skip(':') && !(c.two(&c.second, 59) && c.fraction()) {
		return false
	}
	return c.zone() && len(c.text) == 0
}

// two reads two digits up to limit.
func (c *clock) two(n *int, limit int) bool {
	if len(c.text) < 2 {
		return false
	}
	v, ok := number(c.text[:2])
	if !ok || v > limit {
		return false
	}
	*n, c.text = v, c.text[2:]
	return true
}

func (c *clock) skip(b byte) bool {
	if len(c.text) == 0 || c.text[0] != b {
		return false
	}
	c.text = c.text[1:]
	return true
}

// fraction reads a point or comma and digits; those beyond microseconds are cut off.
func (c *clock) fraction() bool {
	if !c.skip('.') && !c.skip(',') {
		return true
	}
	digits, micro := 0, 0
	for digits < len(c.text) && c.text[digits]-'0' <= 9 {
		if digits < 6 {
			micro = micro*10 + int(c.text[digits]-'0')
		}
		digits++
	}
	for i := digits; i < 6; i++ {
		micro *= 10
	}
	c.text = c.text[digits:]
	c.nano = micro * 1000
	return digits > 0
}

// zone reads nothing (naive), Z, +05:30 or +0530.
func (c *clock) zone() bool {
	if len(c.text) == 0 {
		return true
	}
	if c.skip('Z') || c.skip('z') {
		c.loc = time.UTC
		return true
	}
	sign := 1
	if c.skip('-') {
		sign = -1
	} else if !c.skip('+') {
		return false
	}
	var hour, minute int
	if !c.two(&hour, 23) {
		return false
	}
	c.skip(':')
	if !c.two(&minute, 59) {
		return false
	}
	c.loc = time.UTC
	if offset := sign * (hour*60 + minute) * 60; offset != 0 {
		c.loc = time.FixedZone("", offset)
	}
	return true
}
