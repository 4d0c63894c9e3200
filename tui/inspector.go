package tui

import (
	"fmt"
	"strconv"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/valyala/fastjson"

	"gw/client"
)

// maxCopy bounds what is copied: terminals ignore more.
const maxCopy = 74_994

// inspector shows one tick as a tree of JSON.
type inspector struct {
	list
	tick *client.Tick
	// resume says that the table followed the newest tick and will again.
	resume bool
	root   *branch
	tree   []*branch // the lines
}

// inspect opens a tick with the cursor on one of its values.
func inspect(t *client.Tick, index int) *inspector {
	v, err := fastjson.ParseBytes(t.Data) // its own parser: the tree keeps the values
	if err != nil {
		v = fastjson.MustParse(strconv.Quote(clean(string(t.Data))))
	}
	i := &inspector{tick: t, root: &branch{value: v}}
	if items, err := v.Array(); err == nil && len(items) == 1 {
		i.root.value = items[0]
		index = -1
	}
	i.root.unfold()
	i.layOut()
	for n, b := range i.tree {
		if b.up == i.root && index >= 0 && b.name == "["+strconv.Itoa(index)+"]" {
			i.cursor = n
			b.unfold()
		}
	}
	i.layOut()
	return i
}

func (i *inspector) layOut() {
	i.tree = i.root.lines(i.tree[:0])
	i.clamp(len(i.tree))
}

func (i *inspector) move(how motion) { i.list.move(how, len(i.tree)) }

// here is the branch under the cursor.
func (i *inspector) here() *branch { return i.tree[i.cursor] }

// paint draws the tree in h lines.
func (i *inspector) paint(p *painter, look *theme, h int) caption {
	from, to := i.show(len(i.tree), h)
	p.scrolled(from, to, len(i.tree), h)
	for n := from; n < to; n++ {
		i.tree[n].paint(p, look, n == i.cursor)
	}
	t := i.tick
	path := t.Channel
	if t.Key != "" {
		path += " › " + t.Key
	}
	c := caption{path: path + " › tick " + count(t.N), place: inSight(from, to, len(i.tree))}
	c.info = append(c.info, remark{look.word, t.Time.UTC().Format(fullTime)})
	if t.Cycle > 0 {
		c.info = append(c.info, remark{look.faint, "cycle " + count(t.Cycle)})
	}
	return c
}

func (m *model) openTick() tea.Cmd {
	defer m.d.lock()()
	r := m.d.rows
	if r == nil || r.len() == 0 {
		m.note = "no tick under the cursor"
		return nil
	}
	v := &m.table
	v.settle(r, v.height)
	w := r.at(v.place(v.cursor, r.len()))
	m.tick = inspect(w.tick, w.index)
	m.tick.resume, v.follow = v.follow, false // the rows would run away under the tick
	return nil
}

func (m *model) closeTick() {
	m.table.follow = m.table.follow || m.tick.resume
	m.tick = nil
}

func (m *model) toggleFold() tea.Cmd {
	b := m.tick.here()
	if b.open {
		b.open = false
	} else if b.isContainer() {
		b.unfold()
	}
	m.tick.layOut()
	return nil
}

// foldIn closes what is open under the cursor, or goes to what holds it.
func (m *model) foldIn() tea.Cmd {
	b := m.tick.here()
	switch {
	case b.open:
		b.open = false
		m.tick.layOut()
	case b.up != nil:
		for n, other := range m.tick.tree {
			if other == b.up {
				m.tick.cursor = n
			}
		}
	}
	return nil
}

func (m *model) foldOut() tea.Cmd {
	if b := m.tick.here(); !b.open && b.isContainer() {
		b.unfold()
		m.tick.layOut()
	}
	return nil
}

func (m *model) nextTick() tea.Cmd  { return m.otherTick(+1) }
func (m *model) priorTick() tea.Cmd { return m.otherTick(-1) }

// otherTick looks into the row after or before, in the order of time.
func (m *model) otherTick(by int) tea.Cmd {
	how := lineDown
	if (by < 0) != m.table.newestFirst {
		how = lineUp
	}
	before := m.table.cursorRow
	m.table.move(m.d, how)
	if m.table.cursorRow == before {
		m.note = "no more ticks here"
		return nil
	}
	return m.openTick()
}

// copyValue copies the row of the table, or the value under the inspector's cursor.
func (m *model) copyValue() tea.Cmd {
	text := ""
	if m.tick != nil {
		text = m.tick.here().json()
	} else {
		text = m.rowJSON()
	}
	switch {
	case text == "":
		m.note = "nothing to copy"
		return nil
	case len(text) > maxCopy:
		m.bad = fmt.Sprintf("too long to copy (%s bytes, the clipboard takes %s)", count(uint64(len(text))), count(maxCopy))
		return nil
	}
	write := m.copy
	return func() tea.Msg {
		if err := write(text); err != nil {
			return copyMsg{bad: "copy: " + err.Error()}
		}
		return copyMsg{note: "copied " + count(uint64(len(text))) + " bytes"}
	}
}

func (m *model) rowJSON() string {
	defer m.d.lock()()
	r := m.d.rows
	if r == nil || r.len() == 0 {
		return ""
	}
	m.table.settle(r, m.table.height)
	return string(r.at(m.table.place(m.table.cursor, r.len())).record)
}
