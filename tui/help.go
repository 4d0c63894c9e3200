package tui

import (
	tea "github.com/charmbracelet/bubbletea"
)

func (m *model) openHelp() tea.Cmd {
	m.help = &list{}
	return nil
}

// pressHelp scrolls the help page; any other key closes it.
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

// paintHelp draws the keys of this page, each with what it does.
func (m *model) paintHelp(p *painter, foot int) {
	p.put(m.look.title, " Keys of this page")
	p.end()
	lines := m.helpLines()
	m.help.height = foot - p.lines
	m.help.top = max(min(m.help.top, len(lines)-m.help.height), 0)
	for _, b := range lines[m.help.top:min(m.help.top+m.help.height, len(lines))] {
		p.gap(2)
		p.cell(m.look.accent, b.show, 10, false)
		p.put("", b.help)
		p.end()
	}
}

// helpHint says how to go on from the help page.
func (m *model) helpHint() string {
	if more := len(m.helpLines()) - m.help.top - m.help.height; more > 0 {
		return count(uint64(more)) + " more below: ↓ scrolls, any other key closes"
	}
	return "any key closes"
}
