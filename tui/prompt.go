package tui

import (
	tea "github.com/charmbracelet/bubbletea"
)

// prompt is the line in which a filter is typed.
type prompt struct {
	text   string
	before string // what esc restores
}

func (m *model) startFilter() tea.Cmd {
	m.prompt = &prompt{text: m.filter(), before: ""}
	return nil
}

// typeFilter takes a key of the prompt; the page follows each one.
func (m *model) typeFilter(key tea.KeyMsg) {
	p := m.prompt
	switch key.Type {
	case tea.KeyEnter:
		m.prompt = nil
		return
	case tea.KeyEsc:
		p.text = p.before
		m.prompt = nil
	case tea.KeyBackspace:
		if r := []rune(p.text); len(r) > 0 {
			p.text = string(r[:len(r)-1])
		}
	case tea.KeyCtrlU:
		p.text = ""
	case tea.KeyRunes, tea.KeySpace:
		p.text = head(p.text+clean(string(key.Runes)), previewBytes)
	}
	m.setFilter(p.text)
}

// filter is that of the page on screen.
func (m *model) filter() string {
	switch m.page {
	case channelsPage:
		return m.channels.filter
	case tablePage:
		return m.table.filter
	}
	return m.graph.filter
}

func (m *model) setFilter(text string) {
	switch m.page {
	case channelsPage:
		m.channels.filter = text
	case tablePage:
		m.table.setFilter(m.d, text)
	default:
		m.graph.filter = text
	}
}
