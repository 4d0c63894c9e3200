package tui

// paintFooter draws the bottom line: a question, the prompt, a message, or the keys of this page.
func (m *model) paintFooter(p *painter) {
	p.gap(1)
	bad, note := m.messages()
	switch {
	case m.asking:
		p.put(m.look.alert, " quit and stop the gateway? ")
		p.put("", "  y yes   any other key: no")
	case m.prompt != nil:
		p.put(m.look.accent, "/")
		p.put("", m.prompt.text)
		p.put(m.look.reverse, " ")
		p.put(m.look.faint, "   enter keep  esc drop")
	case bad != "":
		p.put(m.look.bad, bad)
	case note != "":
		p.put(m.look.good, note)
	default:
		m.paintKeys(p)
	}
	p.end()
}

// messages are what went wrong and what is to be said.
func (m *model) messages() (bad, note string) {
	defer m.d.lock()()
	switch {
	case m.bad != "":
		return m.bad, ""
	case m.note != "":
		return "", m.note
	case m.d.lost != nil:
		return "trying again: " + reason(m.d.lost), ""
	case m.d.refused != nil:
		return reason(m.d.refused), ""
	}
	return "", ""
}

// paintKeys draws the keys of this page that are worth a place, as many as fit; help and quit are always there.
func (m *model) paintKeys(p *painter) {
	where := m.where()
	if m.help != nil {
		p.put(m.look.faint, m.helpHint())
		return
	}
	const always = "?/q"
	tail := width("? help  q quit  ")
	for i := range m.keys {
		b := &m.keys[i]
		if b.short == "" || !b.applies(where) || (b.keys[0] == "esc" && m.page == channelsPage) {
			continue
		}
		need := width(b.show) + 1 + width(b.short)
		last := b.show == always[:1] || b.show == always[2:]
		if !last && need+2+tail > p.room() {
			continue
		}
		p.put(m.look.accent, b.show)
		p.put(m.look.faint, " "+b.short)
		p.gap(2)
	}
}
