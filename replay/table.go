package replay

import (
	"bufio"
	"io"
)

// table is what a first look at all cells of a CSV file tells: it turns rows of cells into JSON objects.
type table struct {
	sep     byte
	header  bool // the first row names the columns
	columns []column
	keys    [][]byte // the names, as JSON
}

// readTable reads a whole CSV file and learns its columns. A damaged end is left to the passes that count rows.
func readTable(r *bufio.Reader, sep byte) *table {
	t := &table{sep: sep}
	rows := newCSVReader(r, sep)
	for {
		var at row
		if rows.next(&at) != nil {
			break
		}
		if at.bad != "" {
			continue
		}
		if t.columns == nil {
			t.columns, t.header = headerOf(at.cells)
			rows.width = len(t.columns)
			if t.header {
				continue
			}
		}
		for i, cell := range at.cells {
			t.columns[i].observe(cell)
		}
	}
	for _, c := range t.columns {
		t.keys = append(t.keys, append(appendString(nil, []byte(c.name)), ':'))
	}
	return t
}

// tableReader reads the rows of a CSV file as JSON objects; a cell without a value is no member.
type tableReader struct {
	*table
	rows *csvReader
	buf  []byte
	past bool // behind the header
}

func newTableReader(r *bufio.Reader, t *table) *tableReader {
	rows := newCSVReader(r, t.sep)
	rows.width = len(t.columns)
	return &tableReader{table: t, rows: rows}
}

var _ rowReader = (*tableReader)(nil)

func (t *tableReader) next(r *row) error {
	if len(t.columns) == 0 {
		return io.EOF
	}
	if err := t.rows.next(r); err != nil || r.bad != "" {
		return err
	}
	if !t.past && t.header {
		t.past = true
		return t.next(r)
	}
	t.past = true
	t.buf = append(t.buf[:0], '{')
	for i := range t.columns {
		before := len(t.buf)
		if before > 1 {
			t.buf = append(t.buf, ',')
		}
		var ok bool
		if t.buf, ok = t.columns[i].appendCell(append(t.buf, t.keys[i]...), r.cells[i]); !ok {
			t.buf = t.buf[:before]
		}
	}
	t.buf = append(t.buf, '}')
	r.text = t.buf
	return nil
}
