package tui

import (
	"cmp"
	"slices"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// sorting is a column to sort the channels by.
type sorting uint8

const (
	byOrder sorting = iota // as declared
	byName
	byTicks
	byRate
	byLast
	sortings
)

// channelsView is the page of all channels.
type channelsView struct {
	list
	filter  string
	sort    sorting
	turned  bool
	at      string // name of the channel under the cursor, which the cursor follows
	names   []string
	columns channelColumns
}

func (v *channelsView) move(how motion) {
	v.list.move(how, len(v.names))
	if len(v.names) > 0 {
		v.at = v.names[v.cursor]
	}
}

func (m *model) nextSort() tea.Cmd {
	v := &m.channels
	v.sort, v.turned = (v.sort+1)%sortings, false
	return nil
}

func (m *model) turnSort() tea.Cmd {
	m.channels.turned = !m.channels.turned
	return nil
}

// openChannel shows the ticks of the channel under the cursor.
func (m *model) openChannel() tea.Cmd {
	name := m.channels.at
	if m.page == graphPage {
		name = m.graph.channel()
	}
	if name == "" || !m.d.showRows(name) {
		m.note = "no channel under the cursor"
		return nil
	}
	m.table = tableView{channel: name, follow: true, newestFirst: m.table.newestFirst}
	m.showPage(tablePage)
	return nil
}

// pick gives the channels that pass the filter, sorted. Equal ones keep the gateway's order.
func (v *channelsView) pick(d *data, now time.Time) []*channel {
	shown := make([]*channel, 0, len(d.channels))
	want := strings.ToLower(v.filter)
	for _, c := range d.channels {
		if strings.Contains(strings.ToLower(c.info.Name), want) {
			shown = append(shown, c)
		}
	}
	if v.sort != byOrder {
		slices.SortStableFunc(shown, func(a, b *channel) int { return v.sort.compare(a, b, now) })
	}
	if v.turned {
		slices.Reverse(shown)
	}
	return shown
}

// compare sorts names upwards and everything else with the most on top.
func (s sorting) compare(a, b *channel, now time.Time) int {
	switch s {
	case byName:
		return cmp.Compare(a.info.Name, b.info.Name)
	case byTicks:
		return cmp.Compare(b.total(), a.total())
	case byRate:
		return cmp.Compare(b.rate.rate(now), a.rate.rate(now))
	}
	return b.lastTime().Compare(a.lastTime())
}

// paint draws the page in h lines. The reader's lock is held.
func (v *channelsView) paint(p *painter, look *theme, d *data, h int) caption {
	now := d.now()
	shown := v.pick(d, now)
	v.follow(shown)
	v.columns.fit(d.channels, p.width, d.days())
	v.paintHeader(p, look)
	from, to := v.show(len(shown), h-p.lines)
	p.scrolled(from, to, len(shown), h-p.lines)
	switch {
	case !d.known && len(shown) == 0:
		paintWaiting(p, look, "waiting for the gateway …")
	case len(d.channels) == 0:
		paintWaiting(p, look, "the gateway has no channels")
	case len(shown) == 0:
		paintWaiting(p, look, "no channel matches /"+v.filter+" (esc drops the filter)")
	}
	for i := from; i < to; i++ {
		v.columns.paintRow(p, look, shown[i], now, i == v.cursor)
	}
	return v.caption(look, len(d.channels), from, to)
}

func (v *channelsView) caption(look *theme, all, from, to int) caption {
	c := caption{place: inSight(from, to, len(v.names)), info: []remark{{"", some(all, "channel")}}}
	if v.filter != "" {
		c.info = []remark{{look.warn, "/" + v.filter}, {"", count(uint64(len(v.names))) + " of " + some(all, "channel")}}
	}
	return c
}

// follow keeps the cursor on its channel while the others move.
func (v *channelsView) follow(shown []*channel) {
	v.names = v.names[:0]
	for i, c := range shown {
		v.names = append(v.names, c.info.Name)
		if c.info.Name == v.at {
			v.cursor = i
		}
	}
	v.clamp(len(shown))
	if len(shown) > 0 {
		v.at = v.names[v.cursor]
	}
}

func (v *channelsView) paintHeader(p *painter, look *theme) {
	title := func(s sorting, text string) string {
		switch {
		case v.sort != s:
			return text
		case v.turned == (s == byName):
			return text + " ▼"
		}
		return text + " ▲"
	}
	c := &v.columns
	p.gap(1)
	p.cell(look.faint, title(byName, "CHANNEL"), c.name, false)
	if c.kind > 0 {
		p.gap(1)
		p.cell(look.faint, "KIND", c.kind, false)
	}
	p.gap(1)
	p.cell(look.faint, title(byTicks, "TICKS"), c.ticks, true)
	p.gap(1)
	p.cell(look.faint, title(byRate, "RATE"), c.rate, true)
	p.gap(c.spark + min(c.spark, 1))
	if c.last > 0 {
		p.gap(2)
		p.cell(look.faint, title(byLast, "LAST"), c.last, false)
	}
	p.gap(2)
	p.put(look.faint, "VALUE")
	p.end()
}
