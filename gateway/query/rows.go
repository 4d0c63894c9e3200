package query

import (
	"encoding/json"
	"math"
	"strconv"

	"gw/gateway"
	"gw/schema"
)

// batchRows is how many rows are handed over at once: while the child reads some, the next are written.
const batchRows = 2048

// A sheet collects rows of one table, column by column: those docs of the layout that are wanted.
type sheet struct {
	table   int
	docs    []int
	extra   int
	cells   []cell
	columns [][]byte
	rows    int
}

func newSheet(l *layout, w want) *sheet {
	s := &sheet{table: w.Table, docs: w.Docs, extra: l.extra, cells: l.cells}
	s.begin()
	return s
}

// begin makes every column an array that is still open.
func (s *sheet) begin() {
	size := 64
	if s.rows > 0 {
		size = len(s.columns[0]) + len(s.columns[0])/8
	}
	s.columns, s.rows = make([][]byte, len(s.docs)), 0
	for i := range s.columns {
		s.columns[i] = append(make([]byte, 0, size), '[')
	}
}

// record adds the cells of r.
func (s *sheet) record(r schema.Record) {
	for i, n := range s.docs {
		if n >= s.extra {
			s.columns[i] = s.cells[n-s.extra].append(s.columns[i], r)
		}
	}
}

// tick adds what is said of a tick besides its value.
func (s *sheet) tick(t *gateway.Tick) {
	for i, n := range s.docs {
		switch {
		case n >= s.extra:
			return
		case n == 0:
			s.columns[i] = strconv.AppendInt(s.columns[i], t.Time.Std().UnixMicro(), 10)
		case n == 1:
			s.columns[i] = strconv.AppendUint(s.columns[i], t.Cycle, 10)
		case n == 2:
			s.columns[i] = appendText(s.columns[i], t.Key)
		}
	}
}

// row ends a row, and hands a full sheet to send.
func (s *sheet) row(send func(batch) error) error {
	for i, c := range s.columns {
		s.columns[i] = append(c, ',')
	}
	if s.rows++; s.rows < batchRows {
		return nil
	}
	return s.rest(send)
}

// rest hands what there is to send.
func (s *sheet) rest(send func(batch) error) error {
	if s.rows == 0 {
		return nil
	}
	for _, c := range s.columns {
		c[len(c)-1] = ']' // the comma of the last row
	}
	b := batch{s.table, s.columns}
	s.begin()
	return send(b)
}

// append writes the cell of r as the JSON that the doc's type is read from.
func (c cell) append(dst []byte, r schema.Record) []byte {
	switch c.column.Kind {
	case schema.Time, schema.Stamp:
		if t, ok := c.column.Time(r); ok {
			return strconv.AppendInt(dst, t.UnixMicro(), 10)
		}
	case schema.Day:
		if n, ok := c.column.Int64(r); ok {
			return strconv.AppendInt(dst, n, 10)
		}
	case schema.Duration:
		if n, ok := c.column.Int64(r); ok {
			return strconv.AppendInt(dst, n/1000, 10)
		}
	case schema.Float:
		if x, ok := c.column.Float64(r); ok {
			return appendFloat(dst, x)
		}
	default:
		return c.column.AppendJSON(dst, r)
	}
	return append(dst, "null"...)
}

// appendFloat writes what JSON has no number for as a text that DuckDB reads as one.
func appendFloat(dst []byte, x float64) []byte {
	switch {
	case math.IsNaN(x):
		return append(dst, `"NaN"`...)
	case math.IsInf(x, 1):
		return append(dst, `"Infinity"`...)
	case math.IsInf(x, -1):
		return append(dst, `"-Infinity"`...)
	}
	return strconv.AppendFloat(dst, x, 'g', -1, 64)
}

// appendText writes any text as JSON.
func appendText(dst []byte, s string) []byte {
	text, err := json.Marshal(s)
	if err != nil {
		return append(dst, "null"...)
	}
	return append(dst, text...)
}
