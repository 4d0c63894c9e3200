package tui

import (
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"gw/client"
)

// wire is one line of the graph page: a channel with its modules, or a module with its channels.
type wire struct {
	name     string
	from, to []string
	feedback []string // those of from (channel) or to (module) that arrive one cycle later
	channel  bool
}

// graphView is the page of the wiring.
type graphView struct {
	list
	filter  string
	modules bool // a line a module instead of a line a channel
	wires   []wire
}

func (m *model) turnGraph() tea.Cmd {
	m.graph.modules = !m.graph.modules
	m.graph.cursor, m.graph.top = 0, 0
	return nil
}

func (v *graphView) move(how motion) { v.list.move(how, len(v.wires)) }

// channel is the one under the cursor, "" on a module.
func (v *graphView) channel() string {
	if v.cursor < len(v.wires) && v.wires[v.cursor].channel {
		return v.wires[v.cursor].name
	}
	return ""
}

// channelWires is a line a channel: who sets it, who reads it.
func channelWires(g client.Graph) []wire {
	out := make([]wire, 0, len(g.Channels))
	for _, c := range g.Channels {
		out = append(out, wire{c.Name, c.Setters, c.Getters, c.Feedback, true})
	}
	return out
}

// moduleWires is a line a module: what it reads, what it sets.
func moduleWires(g client.Graph) []wire {
	out := make([]wire, 0, len(g.Modules))
	for _, name := range g.Modules {
		w := wire{name: name}
		for _, c := range g.Channels {
			if names(c.Getters, name) {
				w.from = append(w.from, c.Name)
			}
			if names(c.Setters, name) {
				w.to = append(w.to, c.Name)
			}
			if names(c.Feedback, name) {
				w.feedback = append(w.feedback, c.Name)
			}
		}
		out = append(out, w)
	}
	return out
}

// names reports whether a module is among those of a channel; of a basket they are named with the key, as Module<A>.
func names(modules []string, name string) bool {
	return slices.ContainsFunc(modules, func(s string) bool {
		return s == name || strings.HasPrefix(s, name+"<") && strings.HasSuffix(s, ">")
	})
}

// holds reports whether any name on the line holds the text.
func (w *wire) holds(text string) bool {
	text = strings.ToLower(text)
	for _, names := range [][]string{{w.name}, w.from, w.to} {
		for _, n := range names {
			if strings.Contains(strings.ToLower(n), text) {
				return true
			}
		}
	}
	return false
}

// left and right are the names as they are shown: ↺ marks what arrives one cycle later.
func (w *wire) left() []string {
	if w.channel {
		return w.marked(w.from)
	}
	return w.from
}

func (w *wire) right() []string {
	if w.channel {
		return w.to
	}
	return w.marked(w.to)
}

func (w *wire) marked(names []string) []string {
	out := slices.Clone(names)
	for i, n := range out {
		if slices.Contains(w.feedback, n) {
			out[i] = "↺ " + n
		}
	}
	return out
}

// paint draws the list and, under it, the line under the cursor as a drawing, in h lines. The reader's lock is held.
func (v *graphView) paint(p *painter, look *theme, d *data, h int) caption {
	all := channelWires(d.graph)
	titles := [3]string{"SET BY", "CHANNEL", "READ BY"}
	if v.modules {
		all = moduleWires(d.graph)
		titles = [3]string{"READS", "MODULE", "SETS"}
	}
	v.wires = v.wires[:0]
	for _, w := range all {
		if w.holds(v.filter) {
			v.wires = append(v.wires, w)
		}
	}
	v.clamp(len(v.wires))
	if len(v.wires) == 0 {
		paintWaiting(p, look, v.empty(d))
		return v.caption(look, d, 0, 0)
	}
	picture := draw(&v.wires[v.cursor], p.width, h/2)
	if h-len(picture) < 5 {
		picture = nil
	}
	from, to := v.paintList(p, look, titles, d, h-len(picture))
	p.fillTo(h - len(picture))
	for _, line := range picture {
		line.paint(p, look)
	}
	return v.caption(look, d, from, to)
}

func (v *graphView) caption(look *theme, d *data, from, to int) caption {
	view := "by channel"
	if v.modules {
		view = "by module"
	}
	c := caption{place: inSight(from, to, len(v.wires)), info: []remark{
		{"", some(len(d.graph.Modules), "module")}, {"", some(len(d.graph.Channels), "channel")}, {look.faint, view},
	}}
	if v.filter != "" {
		c.info = append([]remark{{look.warn, "/" + v.filter}}, c.info...)
	}
	return c
}

func (v *graphView) empty(d *data) string {
	switch {
	case v.filter != "":
		return "nothing here matches /" + v.filter + " (esc drops the filter)"
	case !d.known:
		return "waiting for the gateway …"
	}
	return "no wiring is known of this gateway"
}

// graphColumns is the widths of the list; rate is 0 where there is none.
type graphColumns struct{ side, middle, rate int }

func (v *graphView) columns(screen int) graphColumns {
	c := graphColumns{middle: 10}
	for i := range v.wires {
		c.middle = max(c.middle, width(clean(v.wires[i].name)))
	}
	c.middle = min(c.middle, screen/3)
	if !v.modules && screen >= 60 {
		c.rate = 8
	}
	c.side = (screen - c.middle - c.rate - 8) / 2
	return c
}

func (v *graphView) paintList(p *painter, look *theme, titles [3]string, d *data, foot int) (from, to int) {
	c := v.columns(p.width)
	p.gap(1)
	p.cell(look.faint, titles[0], c.side, true)
	p.gap(3)
	p.cell(look.faint, titles[1], c.middle, false)
	if c.rate > 0 {
		p.cell(look.faint, "RATE", c.rate, true)
	}
	p.gap(3)
	p.put(look.faint, titles[2])
	p.end()
	from, to = v.show(len(v.wires), foot-p.lines)
	p.scrolled(from, to, len(v.wires), foot-p.lines)
	for i := from; i < to; i++ {
		c.paintRow(p, look, &v.wires[i], d, i == v.cursor)
	}
	return from, to
}

func (c graphColumns) paintRow(p *painter, look *theme, w *wire, d *data, marked bool) {
	sign := " "
	if marked {
		p.mark(look.selected)
		sign = "▸"
	}
	p.put("", sign)
	p.cell("", strings.Join(w.left(), ", "), c.side, true)
	p.put(look.faint, arrow(len(w.from) > 0))
	p.cell(look.bold, w.name, c.middle, false)
	if c.rate > 0 {
		rate := ""
		if ch, ok := d.byName[w.name]; ok {
			rate = perSecond(ch.rate.rate(d.now()))
		}
		p.cell(look.accent, rate, c.rate, true)
	}
	p.put(look.faint, arrow(len(w.to) > 0))
	p.put("", strings.Join(w.right(), ", "))
	p.end()
}

func arrow(there bool) string {
	if there {
		return " → "
	}
	return "   "
}
