package tui

import (
	"gw/client"
)

// paintTop draws the top line; what does not fit goes in this order: the place's name, most of the gateway's name,
// the cycle, the date.
func (m *model) paintTop(p *painter, s client.Status) {
	name := s.Name
	if name == "" {
		name = m.opts.Name
	}
	badge, calm := m.mode(s)
	rest := len(" gw ") + 2 + width(badge) + 2 + 2 + len(fullTime) + len("  cycle ") + len(count(s.Cycle)) + len(" . ")
	p.put(m.look.title, " gw ")
	p.span(m.look.bold, name, min(max(p.width-rest, 10), 40))
	p.gap(2)
	st := m.look.alert
	if calm {
		st = m.look.badge
	}
	p.put(st, " "+badge+" ")
	m.paintNow(p, s)
	dot := m.look.good
	if m.d.isLost() {
		dot = m.look.bad
	}
	if !p.right(dot, "● "+m.opts.Where+" ") {
		p.right(dot, "● ")
	}
	p.end()
}

// paintNow draws engine time and cycle.
func (m *model) paintNow(p *painter, s client.Status) {
	if s.Time.IsZero() {
		return
	}
	now := s.Time.UTC().Format(fullTime)
	cycle := "  cycle " + count(s.Cycle)
	const date = len("2006-01-02 ")
	room := p.room() - len("  ") - len(" . ")
	if room < len(now) {
		now = now[date:]
	}
	p.gap(2)
	p.put(m.look.bold, now)
	if room >= len(now)+len(cycle) {
		p.put("", cycle)
	}
}

// mode says what the gateway does, and whether that is the calm case.
func (m *model) mode(s client.Status) (text string, calm bool) {
	switch {
	case m.d.isLost():
		return "LOST", false
	case s.State == "":
		return "CONNECTING", true
	case s.State == "ended":
		return "ENDED", false
	case s.State == "stopped":
		return "STOPPED", false
	case s.State == "starting":
		return "STARTING", true
	case s.State == "paused":
		return "PAUSED ‖", false
	case s.Mode == "replay":
		return "REPLAY " + speedText(s.Speed) + " ▶", true
	case m.frozen:
		return "VIEW PAUSED ‖", false
	}
	return "REALTIME", true
}
