package modules

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"gw/config"
	"gw/engine"
	"gw/engine/stats"
	"gw/gateway"
	"gw/schema"
)

// Window makes a value of the last values of a channel, at each of them: aggregates such as
// sum(rows, .price * .size) / sum(rows, .size). len(rows), sum(rows, X), count(rows, X) and mean, min, max, median, stddev and variance
// of map(rows, X), where X names fields of the row only, are kept up to date as values come and go: a tick costs the same however long the
// window is. They pass over what is missing. Any other expression over rows may stand beside them and costs what it does with the whole window.
type Window struct {
	Base
	// From is the channel to read: NAME, or NAME/KEY of a basket.
	From string `ref:"channel" must:"true"`
	// To is the channel to set.
	To string `ref:"channel" must:"true"`
	// By are fields: each combination of their values has a window of its own.
	By []string
	// Over is how far back the window reaches, the edge excluded; 0 means as far as Last says.
	Over time.Duration
	// Last is the most values that a window holds, the newest.
	Last int `default:"1000"`
	// Set gives the fields of the new value: FIELD to EXPRESSION over rows (the window, oldest first), the fields of the
	// newest value, and now.
	Set Assignments `must:"true"`
}

// maxWindow bounds Last.
const maxWindow = 1_000_000

// Check compiles the expressions.
func (m *Window) Check(c *config.Checking) {
	if knows(c, m.From, m.To) {
		_, err := m.prepare(c.Channel)
		fail(c, err)
	}
}

// Connect reads From and sets To.
func (m *Window) Connect(bus *gateway.Bus) error {
	w, err := m.prepare(portOf(bus))
	if err != nil {
		return err
	}
	return pipe(bus, nameOf(m), []wire{{w.from, w.to}}, func(n *engine.Node, r schema.Record) (schema.Record, bool, error) {
		fill(w.maker.env, r, w.names)
		w.maker.env["now"] = n.Now().Std()
		if err := w.take(r, n.Now()); err != nil {
			return schema.Record{}, false, err
		}
		made, err := w.maker.make(r, n.Now())
		return made, err == nil, err
	})
}

// windows are the windows of a Window, by their key.
type windows struct {
	*Window
	from, to lane
	maker    *maker
	names    []string // fields that expressions of the whole or of a row name
	by       []*schema.Column
	byKey    map[string]*window
	aggregates
}

// A window is the values of one key, oldest first.
type window struct {
	times   []engine.Time
	numbers [][]float64      // what each gives to the aggregates
	rows    []map[string]any // none unless an expression needs them
	running []*stats.Running
}

func (m *Window) prepare(port func(string) *gateway.Port) (*windows, error) {
	w := &windows{Window: m, byKey: map[string]*window{}}
	var err error
	if w.from, err = single("from", m.From, port); err != nil {
		return nil, err
	}
	if w.to, err = single("to", m.To, port); err != nil {
		return nil, err
	}
	for _, name := range m.By {
		c, ok := w.from.port.Type.Column(name)
		if !ok {
			return nil, &wrongOption{"by", "", fmt.Errorf("%s has no field %q (has: %s)", w.from.port.Type.Name, name, fieldNames(w.from.port.Type))}
		}
		w.by = append(w.by, c)
	}
	if m.Last < 0 || m.Last > maxWindow {
		return nil, &wrongOption{"last", "", fmt.Errorf("got %d, want 1 to %d", m.Last, maxWindow)}
	}
	if m.Over < 0 {
		return nil, &wrongOption{"over", "", errors.New("got a duration below 0")}
	}
	w.typ = w.from.port.Type
	w.maker, err = m.Set.newMaker(w.newScope(), w.to.port.Type, w.compile)
	if err != nil {
		return nil, err
	}
	w.names = w.maker.uses()
	for _, g := range w.all {
		if g.of != nil {
			w.names = append(w.names, g.of.uses...)
		}
	}
	for _, kind := range spread {
		w.maker.env[kind] = spreadOf(kind)
	}
	return w, nil
}

// take adds a value to its window, whose fields are in the maker's env already, and puts the aggregates there.
func (w *windows) take(r schema.Record, now engine.Time) error {
	one := w.of(r)
	row := make([]float64, len(w.all))
	for i := range w.all {
		x, err := w.all[i].number(w.maker.env)
		if err != nil {
			return err
		}
		row[i] = x
		one.running[i].Add(x)
	}
	one.numbers, one.times = append(one.numbers, row), append(one.times, now)
	if w.rows {
		one.rows = append(one.rows, rowOf(r))
	}
	w.shorten(one, now)
	for i := range w.all {
		w.maker.env[w.all[i].name] = w.all[i].value(one.running[i])
	}
	w.maker.env["rows"] = one.rows
	return nil
}

// of returns the window that a value belongs to.
func (w *windows) of(r schema.Record) *window {
	key := w.key(r)
	one := w.byKey[key]
	if one == nil {
		one = &window{}
		for _, g := range w.all {
			one.running = append(one.running, stats.NewRunning(g.kind))
		}
		w.byKey[key] = one
	}
	return one
}

// shorten lets go of what has become too old or too much.
func (w *windows) shorten(one *window, now engine.Time) {
	limit := w.Last
	if limit == 0 {
		limit = 1000
	}
	first := max(0, len(one.times)-limit)
	if w.Over > 0 {
		for one.times[first] <= now-engine.Time(w.Over) {
			first++
		}
	}
	for i, s := range one.running {
		for _, row := range one.numbers[:first] {
			s.Remove(row[i])
		}
		if s.Stale() {
			s.Clear()
			for _, row := range one.numbers[first:] {
				s.Add(row[i])
			}
		}
	}
	one.numbers, one.times = one.numbers[first:], one.times[first:]
	if w.rows {
		one.rows = one.rows[first:]
	}
}

func (w *windows) key(r schema.Record) string {
	var b strings.Builder
	for _, c := range w.by {
		text, _ := c.String(r)
		fmt.Fprintf(&b, "%d:%s", len(text), text)
	}
	return b.String()
}
