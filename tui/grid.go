package tui

// grid is the columns of a table that are in sight, with their widths.
type grid struct {
	columns  []column
	from, to int // columns in sight
	time     int // widths of what is always there; 0: not
	cycle    int
	key      int
	last     int // width of the last column in sight
}

const (
	widest   = 32 // cells of a column, except the last in sight
	leastCut = 8  // cells under which a text column is not begun
)

// grid chooses what fits a screen, from the first column that is not scrolled out.
func (v *tableView) grid(r *rows, lines []*row, screen int, days bool) grid {
	g := grid{columns: r.columns, from: min(v.left, len(r.columns)), time: clockWidth(days, screen, 15)}
	if screen >= 100 {
		g.cycle = 5
		for _, w := range lines {
			g.cycle = max(g.cycle, len(count(w.tick.Cycle)))
		}
		if len(lines) > 0 && lines[0].tick.Cycle == 0 { // the gateway does not tell
			g.cycle = 0
		}
	}
	if r.keyed {
		g.key = 3
		for _, w := range lines {
			g.key = max(g.key, min(width(clean(head(w.tick.Key, previewBytes))), 16))
		}
	}
	room := screen - 1 - g.time - 1
	if g.cycle > 0 {
		room -= g.cycle + 1
	}
	if g.key > 0 {
		room -= g.key + 1
	}
	g.choose(room)
	return g
}

// choose takes columns while there is room: numbers whole, a text cut if need be.
func (g *grid) choose(room int) {
	g.to = g.from
	for ; g.to < len(g.columns); g.to++ {
		c := &g.columns[g.to]
		w := min(c.width, widest)
		least := w
		if !c.right {
			least = min(w, leastCut)
		}
		room--
		if room < least && g.to > g.from {
			return
		}
		g.last = min(w, max(room, 0))
		if g.to == len(g.columns)-1 {
			g.last = min(c.width, max(room, 0))
		}
		room -= w
		if room <= 0 {
			g.to++
			return
		}
	}
}

func (g *grid) width(i int) int {
	if i == g.to-1 {
		return g.last
	}
	return min(g.columns[i].width, widest)
}

func (g *grid) paintHeader(p *painter, look *theme) {
	p.gap(1)
	p.cell(look.faint, "TIME", g.time, false)
	if g.cycle > 0 {
		p.gap(1)
		p.cell(look.faint, "CYCLE", g.cycle, true)
	}
	if g.key > 0 {
		p.gap(1)
		p.cell(look.faint, "KEY", g.key, false)
	}
	for i := g.from; i < g.to; i++ {
		p.gap(1)
		p.cell(look.faint, g.columns[i].name, g.width(i), g.columns[i].right)
	}
	p.end()
}

func (g *grid) paintRow(p *painter, look *theme, w *row, marked bool) {
	sign := " "
	if marked {
		p.mark(look.selected)
		sign = "▸"
	}
	p.put("", sign)
	p.cell(look.word, clock(w.time(), g.time), g.time, false)
	if g.cycle > 0 {
		p.gap(1)
		p.cell(look.faint, count(w.tick.Cycle), g.cycle, true)
	}
	if g.key > 0 {
		p.gap(1)
		p.cell(look.bold, w.tick.Key, g.key, false)
	}
	for i := g.from; i < g.to; i++ {
		text := ""
		if i < len(w.cells) {
			text = w.cells[i]
		}
		p.gap(1)
		p.cell("", text, g.width(i), g.columns[i].right)
	}
	p.end()
}
