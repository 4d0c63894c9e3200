package tui

// The least screen that holds the frame and some lines of a page, and the least that has a border around the page.
const (
	minWidth   = 20
	minHeight  = 8
	roomWidth  = 50
	roomHeight = 12
)

// View draws the screen: top line, page in its panel, replay bar, bottom line, and what lies over them.
func (m *model) View() string {
	p := &m.p
	p.begin(m.width)
	if m.width < minWidth || m.height < minHeight {
		p.put("", "too small")
		p.end()
		return p.screen()
	}
	s := m.d.currentStatus()
	p.line(m.topLine(s))
	foot := m.height - 1
	if s.Mode == "replay" {
		foot--
	}
	m.paintPanel(p, foot)
	if s.Mode == "replay" {
		p.line(m.replayLine(s))
	}
	p.line(m.bottomLine())
	return m.overlay(p.screen())
}

// paintPage draws the page in h lines and tells what the panel around it says.
func (m *model) paintPage(p *painter, h int) caption {
	defer m.d.lock()()
	switch {
	case m.tick != nil:
		return m.tick.paint(p, &m.look, h)
	case m.page == channelsPage:
		return m.channels.paint(p, &m.look, m.d, h)
	case m.page == tablePage:
		return m.table.paint(p, &m.look, m.d, h)
	}
	return m.graph.paint(p, &m.look, m.d, h)
}

// paintWaiting says why a page has nothing to show.
func paintWaiting(p *painter, look *theme, text string) {
	p.end()
	p.put(look.faint, "  "+text)
	p.end()
}
