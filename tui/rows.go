package tui

import (
	"bytes"
	"encoding/json"
	"sort"
	"strings"
	"time"

	"github.com/valyala/fastjson"

	"gw/client"
)

// maxRows bounds the ticks that a table keeps; the oldest go first.
const maxRows = 100_000

// rows is the ticks of one channel, a row for each value. Each row has a number that stays its own while older rows go.
type rows struct {
	channel string
	columns []column
	keyed   bool
	list    []row
	first   uint64            // number of list[0]
	seen    map[string]uint64 // number of the last tick by key, so that a snapshot repeats nothing
	missed  uint64            // ticks that the gateway left out
	filter  string            // lower case; "" lets all pass
	match   []uint64          // numbers of the rows that pass the filter, ascending; unused without one
	parser  fastjson.Parser
}

// row is one value of a tick.
type row struct {
	tick   *client.Tick
	index  int      // which of the tick's values this is
	record []byte   // its JSON
	cells  []string // by column, made when first drawn
}

// column is one column of the values. width only grows, so that the table stands still.
type column struct {
	name  string
	path  []string
	width int
	right bool // all values so far are numbers, or text that is one
	typed bool // there was a value
}

func newRows(info client.Channel) *rows {
	r := &rows{channel: info.Name, keyed: info.Kind == "basket", seen: map[string]uint64{}}
	var base []column
	for _, f := range info.Fields {
		c := newColumn(f.Name)
		if isBase(f.Name) {
			base = append(base, c)
			continue
		}
		r.columns = append(r.columns, c)
	}
	r.columns = append(r.columns, base...)
	return r
}

func newColumn(name string) column {
	return column{name: name, path: strings.Split(name, "."), width: width(clean(name))}
}

// add appends a tick's values.
func (r *rows) add(t *client.Tick) {
	n := r.seen[t.Key]
	if t.N <= n {
		return
	}
	if n > 0 {
		r.missed += t.N - n - 1
	}
	r.seen[t.Key] = t.N
	for i, record := range records(t.Data) {
		r.list = append(r.list, row{tick: t, index: i, record: record})
		if r.filter != "" && r.passes(len(r.list)-1) {
			r.match = append(r.match, r.first+uint64(len(r.list)-1))
		}
	}
	r.trim()
}

// reset drops all rows; numbers go on.
func (r *rows) reset() {
	r.first += uint64(len(r.list))
	r.list, r.match, r.missed = nil, nil, 0
	clear(r.seen)
}

// records splits the JSON array of a tick.
func records(data []byte) [][]byte {
	var split []json.RawMessage
	if json.Unmarshal(data, &split) != nil {
		return [][]byte{data}
	}
	if len(split) == 0 {
		return [][]byte{data} // an empty list is a tick too
	}
	out := make([][]byte, len(split))
	for i, s := range split {
		out[i] = s
	}
	return out
}

// trim lets the oldest rows go, some at a time so that it costs little a row.
func (r *rows) trim() {
	if len(r.list) <= maxRows+maxRows/8 {
		return
	}
	gone := len(r.list) - maxRows
	kept := copy(r.list, r.list[gone:])
	clear(r.list[kept:])
	r.list = r.list[:kept]
	r.first += uint64(gone)
	i := sort.Search(len(r.match), func(i int) bool { return r.match[i] >= r.first })
	r.match = append(r.match[:0], r.match[i:]...)
}

// setFilter shows only rows whose key or JSON holds the text, in any case.
func (r *rows) setFilter(text string) {
	r.filter, r.match = strings.ToLower(text), r.match[:0]
	if r.filter == "" {
		return
	}
	for i := range r.list {
		if r.passes(i) {
			r.match = append(r.match, r.first+uint64(i))
		}
	}
}

func (r *rows) passes(i int) bool {
	w := &r.list[i]
	return bytes.Contains(bytes.ToLower(w.record), []byte(r.filter)) || strings.Contains(strings.ToLower(w.tick.Key), r.filter)
}

// len is how many rows pass the filter.
func (r *rows) len() int {
	if r.filter == "" {
		return len(r.list)
	}
	return len(r.match)
}

// number is that of the i-th row that passes, oldest first.
func (r *rows) number(i int) uint64 {
	if r.filter == "" {
		return r.first + uint64(i)
	}
	return r.match[i]
}

// index finds the first row that passes with this number or a later one.
func (r *rows) index(number uint64) int {
	if r.filter == "" {
		if number < r.first {
			return 0
		}
		return min(int(number-r.first), len(r.list))
	}
	return sort.Search(len(r.match), func(i int) bool { return r.match[i] >= number })
}

// at is the i-th row that passes, with its cells made.
func (r *rows) at(i int) *row {
	w := &r.list[r.number(i)-r.first]
	if w.cells == nil {
		r.fill(w)
	}
	return w
}

// fill makes a row's cells and lets the columns grow to them.
func (r *rows) fill(w *row) {
	v, err := r.parser.ParseBytes(w.record)
	if err != nil {
		w.cells = []string{string(w.record)}
		return
	}
	if len(r.columns) == 0 && v.Type() != fastjson.TypeArray {
		r.learn(v)
	}
	w.cells = make([]string, len(r.columns))
	for i := range r.columns {
		c := &r.columns[i]
		item := c.find(v)
		if item == nil || item.Type() == fastjson.TypeNull {
			continue
		}
		w.cells[i] = clean(head(scalar(item), previewBytes))
		c.right = (c.right || !c.typed) && isNumber(w.cells[i])
		c.typed = true
		c.width = max(c.width, width(w.cells[i]))
	}
}

// isNumber reports whether text begins as a number does and holds nothing that none has.
func isNumber(s string) bool {
	if s == "" || s[0] != '-' && (s[0] < '0' || s[0] > '9') {
		return false
	}
	return strings.Trim(s, "0123456789.eE+-") == ""
}

// learn takes the columns from a value, for a channel whose fields are not declared.
func (r *rows) learn(v *fastjson.Value) {
	o, err := v.Object()
	if err != nil {
		r.columns = []column{{name: "value"}}
		return
	}
	o.Visit(func(key []byte, _ *fastjson.Value) { r.columns = append(r.columns, newColumn(string(key))) })
}

// find gives the column's value: the field of that name, or the nested one that the dots lead to.
func (c *column) find(v *fastjson.Value) *fastjson.Value {
	if c.path == nil {
		return v
	}
	if item := v.Get(c.name); item != nil || len(c.path) == 1 {
		return item
	}
	return v.Get(c.path...)
}

// time is the engine time of the row's tick.
func (w *row) time() time.Time { return w.tick.Time }
