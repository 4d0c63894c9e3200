package tui

import (
	"strings"

	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"
)

// overlay lays the box that is open, help or the question before the end, over the middle of the screen.
func (m *model) overlay(screen string) string {
	switch {
	case m.asking:
		return m.lay(screen, m.questionBox())
	case m.help != nil:
		return m.lay(screen, m.helpBox())
	}
	return screen
}

// lay puts a box over the middle of the screen, whose own text steps back.
func (m *model) lay(screen, box string) string {
	w, over := lipgloss.Width(box), strings.Split(box, "\n")
	lines := strings.Split(screen, "\n")
	if w > m.width {
		return screen
	}
	x, y := (m.width-w)/2, max((len(lines)-len(over))/2, 0)
	for i, line := range lines[:len(lines)-1] {
		under := ansi.Strip(line)
		if i < y || i >= y+len(over) {
			lines[i] = m.look.soft.render(under)
			continue
		}
		left := ansi.Truncate(under, x, "")
		left += pad(x - ansi.StringWidth(left))
		lines[i] = m.look.soft.render(left) + over[i-y] + m.look.soft.render(ansi.TruncateLeft(under, x+w, ""))
	}
	return strings.Join(lines, "\n")
}

// questionBox asks whether to quit.
func (m *model) questionBox() string {
	name := cut(clean(head(m.d.currentStatus().Name, previewBytes)), max(m.width-40, 8))
	return m.look.box.Padding(1, 3).Render(lipgloss.JoinVertical(lipgloss.Center,
		m.look.strong.render("Quit and stop "+name+"?"),
		"",
		m.look.key.render("y")+" yes    "+m.look.key.render("n")+" no",
	))
}
