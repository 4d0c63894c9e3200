package tui

import (
	"gw/client"
)

// topLine says what the gateway is and does. What does not fit goes in this order: the place's name, most of the
// gateway's name, the cycle, the date.
func (m *model) topLine(s client.Status) string {
	name := s.Name
	if name == "" {
		name = m.opts.Name
	}
	text, how := m.mode(s)
	b := bar{width: m.width}
	b.add(m.look.badges[calm], "gw")
	b.gap(1)
	rest := 2 + width(text) + 2 + 2 + len(fullTime) + len("  cycle ") + len(count(s.Cycle)) + len(" . ")
	b.add(m.look.strong, cut(clean(head(name, previewBytes)), min(max(b.room()-rest, 10), 40)))
	b.gap(2)
	b.add(m.look.badges[how], text)
	m.addNow(&b, s)
	dot := m.look.note
	if m.d.isLost() {
		dot = m.look.wrong
	}
	if !b.right(dot, "● "+m.opts.Where+" ") {
		b.right(dot, "● ")
	}
	return b.out.String()
}

// addNow adds engine time and cycle.
func (m *model) addNow(b *bar, s client.Status) {
	if s.Time.IsZero() {
		return
	}
	now := s.Time.UTC().Format(fullTime)
	cycle := "  cycle " + count(s.Cycle)
	const date = len("2006-01-02 ")
	room := b.room() - len("  ") - len(" . ")
	if room < len(now) {
		now = now[date:]
	}
	b.gap(2)
	b.add(m.look.strong, now)
	if s.Cycle > 0 && room >= len(now)+len(cycle) {
		b.add(m.look.plain, cycle)
	}
}

// mode says what the gateway does, and how much attention that wants.
func (m *model) mode(s client.Status) (text string, how mood) {
	switch {
	case m.d.isLost():
		return "LOST", upset
	case s.State == "":
		return "CONNECTING", calm
	case s.State == "ended":
		return "ENDED ■", over
	case s.State == "stopped":
		return "STOPPED ■", over
	case s.State == "starting":
		return "STARTING", calm
	case s.State == "paused":
		return "PAUSED ‖", wary
	case s.Mode == "replay":
		return "REPLAY " + speedText(s.Speed) + " ▶", calm
	case m.frozen:
		return "VIEW PAUSED ‖", wary
	}
	return "REALTIME ▶", calm
}
