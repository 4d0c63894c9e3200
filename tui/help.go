package tui

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"
)

func (m *model) openHelp() tea.Cmd {
	m.help = &list{}
	return nil
}

// pressHelp scrolls the help; any other key closes it.
func (m *model) pressHelp(key string) {
	how, ok := motionOf(key)
	if !ok {
		m.help = nil
		return
	}
	m.help.scroll(how, len(m.helpLines()))
}

// helpLines are the keys that mean something on this page.
func (m *model) helpLines() []*binding {
	var out []*binding
	where := m.where()
	for i := range m.keys {
		if b := &m.keys[i]; b.applies(where) {
			out = append(out, b)
		}
	}
	return out
}

// helpBox shows the keys of this page, each with what it does.
func (m *model) helpBox() string {
	lines := m.helpLines()
	keyWidth, textWidth := 0, 0
	for _, b := range lines {
		keyWidth, textWidth = max(keyWidth, width(b.show)), max(textWidth, width(b.help))
	}
	const around = 4 // border and padding
	textWidth = max(min(textWidth, m.width-around-keyWidth-2), 1)
	m.help.height = min(len(lines), max(m.height-1-around, 1))
	m.help.top = max(min(m.help.top, len(lines)-m.help.height), 0)
	var keys, texts []string
	for _, b := range lines[m.help.top : m.help.top+m.help.height] {
		keys = append(keys, m.look.key.render(b.show))
		texts = append(texts, cut(b.help, textWidth))
	}
	columns := lipgloss.JoinHorizontal(lipgloss.Top, lipgloss.JoinVertical(lipgloss.Left, keys...), "  ", strings.Join(texts, "\n"))
	return m.look.box.Render(m.look.strong.render(cut("Keys of this page", keyWidth+2+textWidth)) + "\n" + columns)
}

// helpHint says how to go on from the help.
func (m *model) helpHint() string {
	if more := len(m.helpLines()) - m.help.top - m.help.height; more > 0 {
		return count(uint64(more)) + " more below: ↓ scrolls, any other key closes"
	}
	return "any key closes"
}
