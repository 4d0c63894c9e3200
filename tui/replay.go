package tui

import (
	tea "github.com/charmbracelet/bubbletea"

	"gw/client"
)

// speeds are the paces that [ and ] go through; 0 is as fast as possible and the last step.
func speeds() []float64 {
	return []float64{0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 0}
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
	next := neighbour(s.Speed, by)
	switch {
	case s.Over():
		m.note = "the replay has ended"
		return nil
	case next == s.Speed:
		return nil
	}
	return m.control(client.Speed(next))
}

// neighbour is the pace after (by > 0) or before now.
func neighbour(now float64, by int) float64 {
	all := speeds()
	rank := func(x float64) float64 {
		if x == 0 {
			return 1e300
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
