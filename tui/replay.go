package tui

import (
	"math"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"gw/client"
)

// speeds are the paces that [ and ] go through for a run of a length: up to where it takes a second, and then 0, as
// fast as possible.
func speeds(span time.Duration) []float64 {
	out := []float64{0.1, 0.2, 0.5, 1, 2, 5, 10}
	for x := 10.0; x < span.Seconds(); x *= 10 {
		for _, step := range []float64{2, 5, 10} {
			if x*step <= span.Seconds() {
				out = append(out, x*step)
			}
		}
	}
	return append(out, 0)
}

// togglePause pauses or resumes the replay; in real time it freezes the screen, since nothing can stop the world.
func (m *model) togglePause() tea.Cmd {
	s := m.d.currentStatus()
	switch {
	case s.Over():
		m.note = "the run has ended"
	case s.Mode != "replay":
		m.frozen = !m.frozen
		m.feed.hold(m.frozen)
	case s.State == "paused":
		return m.control(client.Resume())
	default:
		return m.control(client.Pause())
	}
	return nil
}

func (m *model) step() tea.Cmd {
	if m.d.currentStatus().Over() {
		m.note = "the replay has ended"
		return nil
	}
	return m.control(client.Step(1))
}

func (m *model) slower() tea.Cmd { return m.changeSpeed(-1) }
func (m *model) faster() tea.Cmd { return m.changeSpeed(+1) }

func (m *model) changeSpeed(by int) tea.Cmd {
	s := m.d.currentStatus()
	next := neighbour(speeds(s.End.Sub(s.Start)), s.Speed, by)
	switch {
	case s.Over():
		m.note = "the replay has ended"
		return nil
	case next == s.Speed:
		return nil
	}
	return m.control(client.Speed(next))
}

// neighbour is the pace of all, slowest first and 0 last, that is after (by > 0) or before now.
func neighbour(all []float64, now float64, by int) float64 {
	rank := func(x float64) float64 {
		if x == 0 {
			return math.Inf(1)
		}
		return x
	}
	best := now
	for _, x := range all {
		switch {
		case by > 0 && rank(x) > rank(now):
			return x
		case by < 0 && rank(x) < rank(now):
			best = x
		}
	}
	return best
}

// control asks the gateway for something; its status comes back at once, not with the next frame.
func (m *model) control(a client.Action) tea.Cmd {
	ctx, src, d := m.ctx, m.src, m.d
	return func() tea.Msg {
		s, err := src.Control(ctx, a)
		if err == nil {
			d.setStatus(s)
		}
		return controlMsg{err}
	}
}
