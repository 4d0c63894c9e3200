package tui

// The least screen that holds the frame and some lines of a page.
const (
	minWidth  = 20
	minHeight = 8
)

// View draws the screen: top line, tabs, page, replay bar, bottom line.
func (m *model) View() string {
	p := &m.p
	p.begin(m.width)
	if m.width < minWidth || m.height < minHeight {
		p.put("", "too small")
		p.end()
		return p.screen()
	}
	s := m.d.currentStatus()
	m.paintTop(p, s)
	m.paintTabs(p)
	foot := m.height - 1
	if s.Mode == "replay" {
		foot--
	}
	m.paintBody(p, foot)
	p.fillTo(foot)
	if s.Mode == "replay" {
		m.paintReplay(p, s)
	}
	m.paintFooter(p)
	return p.screen()
}

// paintBody draws what fills the screen between tabs and foot.
func (m *model) paintBody(p *painter, foot int) {
	if m.help != nil {
		m.paintHelp(p, foot)
		return
	}
	defer m.d.lock()()
	switch {
	case m.tick != nil:
		m.tick.paint(p, &m.look, foot)
	case m.page == channelsPage:
		m.channels.paint(p, &m.look, m.d, foot)
	case m.page == tablePage:
		m.table.paint(p, &m.look, m.d, foot)
	default:
		m.graph.paint(p, &m.look, m.d, foot)
	}
}

func (m *model) paintTabs(p *painter) {
	for i, name := range [pageCount]string{"1 Channels", "2 Table", "3 Graph"} {
		p.gap(1)
		st := m.look.faint
		if pageID(i) == m.page {
			st = m.look.tab
		}
		p.put(st, " "+name+" ")
	}
	if m.page == tablePage && m.table.channel != "" {
		p.put(m.look.title, "  "+m.table.channel)
	}
	p.end()
}

// paintWaiting says why a page has nothing to show.
func paintWaiting(p *painter, look *theme, text string) {
	p.end()
	p.put(look.faint, "  "+text)
	p.end()
}
