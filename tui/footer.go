package tui

// bottomLine is the prompt, a message, or the keys of this page.
func (m *model) bottomLine() string {
	b := bar{width: m.width}
	b.gap(1)
	bad, note := m.messages()
	switch {
	case m.asking:
		b.add(m.look.strong, "quit and stop the gateway?")
		b.add(m.look.soft, "  y yes   any other key: no")
	case m.prompt != nil:
		m.addPrompt(&b)
	case bad != "":
		b.add(m.look.wrong, bad)
	case note != "":
		b.add(m.look.note, note)
	default:
		m.addKeys(&b)
	}
	return b.out.String()
}

// addPrompt shows what is typed, its end rather than its beginning.
func (m *model) addPrompt(b *bar) {
	b.add(m.look.key, m.prompt.label)
	text := clean(m.prompt.text)
	for width(text) > max(b.room()-2, 1) {
		text = text[len(head(text[1:], 1))+1:]
	}
	b.add(m.look.plain, text)
	b.add(brush{on: m.look.badges[calm].on}, " ")
	if hint := m.prompt.hint; width(hint) <= b.room() {
		b.add(m.look.soft, hint)
	}
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

// addKeys shows the keys of this page that are worth a place, as many as fit; help and quit are always there.
func (m *model) addKeys(b *bar) {
	where, over := m.where(), m.d.currentStatus().Over()
	if m.help != nil {
		b.add(m.look.soft, m.helpHint())
		return
	}
	tail := width("? help  q quit  ")
	for i := range m.keys {
		k := &m.keys[i]
		if k.short == "" || !k.applies(where) || (k.keys[0] == "esc" && m.page == channelsPage) {
			continue
		}
		if over && (k.scope&onReplay != 0 || k.show == "space") {
			continue
		}
		need := width(k.show) + 1 + width(k.short)
		last := k.show == "?" || k.show == "q"
		if !last && need+2+tail > b.room() {
			continue
		}
		b.add(m.look.key, k.show)
		b.add(m.look.soft, " "+k.short)
		b.gap(2)
	}
}
