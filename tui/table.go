package tui

import (
	tea "github.com/charmbracelet/bubbletea"
)

// tableView is the page of one channel's ticks.
type tableView struct {
	list
	channel     string
	filter      string
	follow      bool // the newest tick stays in sight
	newestFirst bool
	cursorRow   uint64 // numbers of the rows at cursor and top, which stay while rows come and go
	topRow      uint64
	left        int // columns scrolled out on the left
	shown       int // columns in sight
}

// place turns a row's index, oldest first, into its line, and back.
func (v *tableView) place(i, n int) int {
	if v.newestFirst {
		return n - 1 - i
	}
	return i
}

// settle puts cursor and top where their rows are now.
func (v *tableView) settle(r *rows, height int) (from, to int) {
	n := r.len()
	if v.follow && n > 0 {
		v.cursor = v.place(n-1, n)
		v.top = max(v.cursor-height+1, 0)
	} else {
		v.cursor = v.place(min(r.index(v.cursorRow), n-1), n)
		v.top = v.place(min(r.index(v.topRow), n-1), n)
	}
	from, to = v.show(n, height)
	v.remember(r)
	return from, to
}

func (v *tableView) remember(r *rows) {
	if n := r.len(); n > 0 {
		v.cursorRow = r.number(v.place(v.cursor, n))
		v.topRow = r.number(v.place(v.top, n))
	}
}

// move moves the cursor. Away from the newest tick it stops following; the key that goes there starts it again.
func (v *tableView) move(d *data, how motion) {
	defer d.lock()()
	if d.rows == nil {
		return
	}
	n := d.rows.len()
	v.settle(d.rows, v.height)
	v.list.move(how, n)
	newest := v.cursor == v.place(n-1, n)
	toNewest := how == toEnd && !v.newestFirst || how == toTop && v.newestFirst
	v.follow = newest && (v.follow || toNewest)
	v.remember(d.rows)
}

func (v *tableView) setFilter(d *data, text string) {
	defer d.lock()()
	v.filter = text
	if d.rows != nil {
		d.rows.setFilter(text)
	}
}

func (m *model) toggleFollow() tea.Cmd {
	m.table.follow = !m.table.follow
	return nil
}

func (m *model) turnOrder() tea.Cmd {
	v := &m.table
	v.newestFirst = !v.newestFirst
	defer m.d.lock()()
	if m.d.rows != nil && m.d.rows.len() > 0 {
		v.topRow = v.cursorRow
	}
	return nil
}

func (m *model) columnLeft() tea.Cmd {
	m.table.left = max(m.table.left-1, 0)
	return nil
}

func (m *model) columnRight() tea.Cmd {
	defer m.d.lock()()
	v := &m.table
	if m.d.rows != nil && v.left+v.shown < len(m.d.rows.columns) {
		v.left++
	}
	return nil
}

// paint draws the page in h lines. The reader's lock is held.
func (v *tableView) paint(p *painter, look *theme, d *data, h int) caption {
	r := d.rows
	if r == nil {
		paintWaiting(p, look, "no channel chosen: press 1, go to a channel, press enter")
		return caption{}
	}
	from, to := v.settle(r, h-1)
	lines := make([]*row, 0, to-from)
	for i := from; i < to; i++ { // first all cells, so that the columns have their widths
		lines = append(lines, r.at(v.place(i, r.len())))
	}
	g := v.grid(r, lines, p.width, d.days())
	v.shown = g.to - g.from
	g.paintHeader(p, look)
	if len(lines) == 0 {
		text := "no tick yet"
		if v.filter != "" {
			text = "no tick holds /" + v.filter + " (esc drops the filter)"
		}
		paintWaiting(p, look, text)
	}
	p.scrolled(from, to, r.len(), h-p.lines)
	for i, w := range lines {
		g.paintRow(p, look, w, from+i == v.cursor)
	}
	return caption{path: v.channel, info: v.info(look, r), below: v.hidden(len(r.columns)), place: inSight(from, to, r.len())}
}

// info says what is left out and what moves.
func (v *tableView) info(look *theme, r *rows) []remark {
	var out []remark
	if r.missed > 0 {
		out = append(out, remark{look.warn, count(r.missed) + " left out (too fast)"})
	}
	if v.filter != "" {
		out = append(out, remark{look.warn, "/" + v.filter}, remark{"", count(uint64(r.len())) + " of " + count(uint64(len(r.list)))})
	}
	if v.follow {
		out = append(out, remark{look.good, "following"})
	}
	if v.newestFirst {
		return append(out, remark{look.faint, "newest first"})
	}
	return append(out, remark{look.faint, "newest last"})
}

// hidden says how many columns are out of sight on the left and on the right.
func (v *tableView) hidden(columns int) string {
	text := ""
	if v.left > 0 {
		text = "◂ " + count(uint64(v.left)) + " "
	}
	if more := columns - v.left - v.shown; more > 0 {
		text += count(uint64(more)) + " ▸ "
	}
	if text == "" {
		return ""
	}
	return text + "columns"
}
