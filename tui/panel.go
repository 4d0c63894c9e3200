package tui

import (
	"github.com/charmbracelet/lipgloss"
)

// caption is what a page says in the border of its panel.
type caption struct {
	path  string   // what is on the page: a channel, a tick
	info  []remark // how it is shown, most important first
	below string   // what is out of sight
	place string   // which lines are in sight
}

// remark is one piece of a caption.
type remark struct {
	st   style
	text string
}

// paintPanel draws tabs, page and border down to line foot. On a small screen there is no border.
func (m *model) paintPanel(p *painter, foot int) {
	page, edges := &m.body, m.width >= roomWidth && m.height >= roomHeight
	page.begin(m.width)
	h := foot - p.lines - 1
	if edges {
		page.begin(m.width - 2)
		page.edge = string(m.look.border) + lipgloss.RoundedBorder().Left + stop(m.look.border)
		page.bar = string(m.look.accent) + "┃" + stop(m.look.accent)
		h--
	}
	c := m.paintPage(page, h)
	page.fillTo(h)
	m.paintTabs(p, c, edges)
	p.buf = append(p.buf, page.buf...)
	p.lines += page.lines
	if edges {
		m.paintBelow(p, c)
	}
}

func stop(st style) string {
	if st == "" {
		return ""
	}
	return reset
}

// paintTabs draws the upper border with the pages, where one is, and how it is shown.
func (m *model) paintTabs(p *painter, c caption, edges bool) {
	b, end := bar{width: m.width}, 0
	if edges {
		b.width, end = m.width-3, 3
		p.put(m.look.border, lipgloss.RoundedBorder().TopLeft+"─")
	}
	for i, name := range [pageCount]string{"1 Channels", "2 Table", "3 Graph"} {
		st := m.look.tab
		if pageID(i) == m.page {
			st = m.look.tabOn
		}
		b.add(st, name)
	}
	p.buf = append(p.buf, b.out.String()...)
	p.col += b.used
	if c.path != "" && p.room() > end+10 {
		p.put(m.look.faint, " › ")
		p.span(m.look.title, c.path, p.room()-end-1)
		p.gap(1)
	}
	m.paintInfo(p, c.info, edges)
}

// paintInfo ends the upper border with as many remarks as there is room for.
func (m *model) paintInfo(p *painter, info []remark, edges bool) {
	line, end := " ", ""
	if edges {
		line, end = lipgloss.RoundedBorder().Top, lipgloss.RoundedBorder().Top+lipgloss.RoundedBorder().TopRight
	}
	text, n := 0, 0 // cells of the remarks: each with a blank before and a dot or a blank after it
	for n < len(info) && text+width(clean(info[n].text))+3+width(end) <= p.room() {
		text += width(clean(info[n].text)) + 3
		n++
	}
	p.rule(m.look.border, line, p.room()-max(text-1, 0)-width(end))
	for i, r := range info[:n] {
		if i > 0 {
			p.put(m.look.border, "·")
		}
		p.gap(1)
		p.put(r.st, r.text)
		p.gap(1)
	}
	p.put(m.look.border, end)
	p.end()
}

// paintBelow draws the lower border with what is out of sight and which lines are in sight.
func (m *model) paintBelow(p *painter, c caption) {
	border := lipgloss.RoundedBorder()
	p.put(m.look.border, border.BottomLeft+border.Bottom)
	rest := width(c.place) + 4
	if c.below != "" && width(c.below)+rest+3 < p.room() {
		p.put(m.look.accent, " "+c.below+" ")
	}
	if c.place != "" && rest+1 < p.room() {
		p.rule(m.look.border, border.Bottom, p.room()-rest)
		p.put(m.look.faint, " "+c.place+" ")
	}
	p.rule(m.look.border, border.Bottom, p.room()-1)
	p.put(m.look.border, border.BottomRight)
	p.end()
}

// inSight says which of n lines are shown, "" if there is none.
func inSight(from, to, n int) string {
	if n == 0 || to <= from {
		return ""
	}
	return count(uint64(from+1)) + "–" + count(uint64(to)) + " of " + count(uint64(n))
}
