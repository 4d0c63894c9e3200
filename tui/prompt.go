package tui

import (
	tea "github.com/charmbracelet/bubbletea"
)

// prompt is the line in which something is typed.
type prompt struct {
	label string
	hint  string
	text  string
	typed func(text string)         // after each key; nil: nothing
	enter func(text string) tea.Cmd // nil: nothing
	drop  func()                    // esc; nil: nothing
}

func (m *model) startFilter() tea.Cmd {
	m.prompt = &prompt{
		label: "/", hint: "   enter keep  esc drop", text: m.filter(),
		typed: m.setFilter,
		drop:  func() { m.setFilter("") },
	}
	return nil
}

// typeKey takes a key of the prompt.
func (m *model) typeKey(key tea.KeyMsg) tea.Cmd {
	p := m.prompt
	switch key.Type {
	case tea.KeyEnter:
		m.prompt = nil
		if p.enter != nil {
			return p.enter(p.text)
		}
		return nil
	case tea.KeyEsc:
		m.prompt = nil
		if p.drop != nil {
			p.drop()
		}
		return nil
	case tea.KeyBackspace:
		if r := []rune(p.text); len(r) > 0 {
			p.text = string(r[:len(r)-1])
		}
	case tea.KeyCtrlU:
		p.text = ""
	case tea.KeyRunes, tea.KeySpace:
		p.text = head(p.text+clean(string(key.Runes)), previewBytes)
	}
	if p.typed != nil {
		p.typed(p.text)
	}
	return nil
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
