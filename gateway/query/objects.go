package query

import (
	"io"
	"strconv"

	"github.com/apache/arrow-go/v18/arrow"
)

// writeObjects writes rows as a JSON array of objects, or as an object a line. The members are in the order of the
// columns; a column whose name another has already is NAME_1 and so on.
func writeObjects(w io.Writer, f Format, s *arrow.Schema, recs []arrow.RecordBatch) error {
	keys := columnNames(s)
	for i, k := range keys {
		keys[i] = string(append(appendText(nil, k), ':'))
	}
	open, between, shut := "[", ",", "]"
	if f == Lines {
		open, between, shut = "", "\n", "\n"
	}
	row, n := []byte(open), 0
	for _, rec := range recs {
		for i := range int(rec.NumRows()) {
			if n > 0 {
				row = append(row, between...)
			}
			n++
			row = appendObject(row, keys, rec, i)
			if _, err := w.Write(row); err != nil {
				return err
			}
			row = row[:0]
		}
	}
	if f == Lines && n == 0 {
		return nil
	}
	_, err := w.Write(append(row, shut...))
	return err
}

func appendObject(dst []byte, keys []string, rec arrow.RecordBatch, row int) []byte {
	dst = append(dst, '{')
	for i, k := range keys {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = appendJSON(append(dst, k...), rec.Column(i), row)
	}
	return append(dst, '}')
}

// columnNames are the names of an answer's columns, each once.
func columnNames(s *arrow.Schema) []string {
	taken := map[string]bool{}
	var all []string
	for _, f := range s.Fields() {
		name := f.Name
		for i := 1; taken[name]; i++ {
			name = f.Name + "_" + strconv.Itoa(i)
		}
		taken[name] = true
		all = append(all, name)
	}
	return all
}
