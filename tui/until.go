package tui

import (
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"gw/client"
)

// startUntil asks for the time at which the replay is to pause next.
func (m *model) startUntil() tea.Cmd {
	if m.d.currentStatus().Over() {
		m.note = "the replay has ended"
		return nil
	}
	m.prompt = &prompt{label: "run until ", hint: "   12:30:00, 2024-08-09 12:30 or +90s", enter: m.runUntil}
	return nil
}

// runUntil lets the replay go on, as fast as it does, and pause after the cycles at a time.
func (m *model) runUntil(text string) tea.Cmd {
	s := m.d.currentStatus()
	now := s.Time
	if now.IsZero() {
		now = s.Start
	}
	to, ok := momentOf(strings.TrimSpace(text), now.UTC())
	switch {
	case text == "":
		return nil
	case !ok:
		m.bad = "run until " + text + ": want a time such as 12:30:00, 2024-08-09 12:30 or +90s"
		return nil
	case !to.After(now):
		m.bad = "run until " + to.Format(time.DateTime) + ": that is past, and a replay only goes on"
		return nil
	}
	return m.control(client.Until(to))
}

// momentOf reads a time of day (the next one after now), a date with or without one, or +DURATION. Times are UTC.
func momentOf(text string, now time.Time) (time.Time, bool) {
	if after, ok := strings.CutPrefix(text, "+"); ok {
		d, err := time.ParseDuration(after)
		return now.Add(d), err == nil && d > 0
	}
	for _, layout := range []string{"15:04:05", "15:04"} {
		t, err := time.Parse(layout, text)
		if err != nil {
			continue
		}
		today := now.Truncate(24 * time.Hour)
		to := today.Add(t.Sub(t.Truncate(24 * time.Hour)))
		if !to.After(now) {
			to = to.Add(24 * time.Hour)
		}
		return to, true
	}
	for _, layout := range []string{time.DateTime, "2006-01-02 15:04", time.DateOnly} {
		if t, err := time.Parse(layout, strings.TrimSuffix(strings.Replace(text, "T", " ", 1), "Z")); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}
