package modules

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/expr-lang/expr/types"

	"gw/config"
	"gw/engine"
	"gw/gateway"
	"gw/schema"
)

// Window makes a value of the last values of a channel, at each of them: aggregates such as
// sum(rows, .price * .size) / sum(rows, .size). It costs the length of the window a tick.
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
	return pipe(bus, nameOf(m), w.from, w.to, func(n *engine.Node, r schema.Record) (schema.Record, bool, error) {
		fill(w.maker.env, r, w.names)
		w.maker.env["now"] = n.Now().Std()
		w.maker.env["rows"] = w.rows(r, n.Now())
		made, err := w.maker.make(r, n.Now())
		return made, err == nil, err
	})
}

// windows are the windows of a Window, by their key.
type windows struct {
	*Window
	from, to lane
	maker    *maker
	names    []string
	by       []*schema.Column
	byKey    map[string]*window
}

type window struct {
	rows  []map[string]any
	times []engine.Time
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
	row := types.Map{}
	for _, f := range w.from.port.Type.Fields {
		row[f.Name] = typeOf(f)
	}
	w.maker, err = m.Set.newMaker(newScope(w.from.port.Type).with("rows", types.Array(row)), w.to.port.Type)
	if err == nil {
		w.names = w.maker.uses()
	}
	return w, err
}

// rows adds a value to its window and returns what the window then holds.
func (w *windows) rows(r schema.Record, now engine.Time) []map[string]any {
	key := w.key(r)
	one := w.byKey[key]
	if one == nil {
		one = &window{}
		w.byKey[key] = one
	}
	one.rows, one.times = append(one.rows, rowOf(r)), append(one.times, now)
	limit := w.Last
	if limit == 0 {
		limit = 1000
	}
	first := max(0, len(one.rows)-limit)
	if w.Over > 0 {
		for one.times[first] <= now-engine.Time(w.Over) {
			first++
		}
	}
	one.rows, one.times = one.rows[first:], one.times[first:]
	return one.rows
}

func (w *windows) key(r schema.Record) string {
	var b strings.Builder
	for _, c := range w.by {
		text, _ := c.String(r)
		fmt.Fprintf(&b, "%d:%s", len(text), text)
	}
	return b.String()
}
