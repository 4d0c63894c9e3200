package query

import (
	"bytes"
	"encoding/csv"
	"io"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
)

// writeCSV writes a line of names and a line a row. A cell that is NULL is empty; lists, maps and structs are JSON.
func writeCSV(w io.Writer, s *arrow.Schema, recs []arrow.RecordBatch) error {
	out := csv.NewWriter(w)
	if err := out.Write(columnNames(s)); err != nil {
		return err
	}
	cells := make([]string, s.NumFields())
	for _, rec := range recs {
		for row := range int(rec.NumRows()) {
			for i := range cells {
				cells[i] = string(appendCell(nil, rec.Column(i), row))
			}
			if err := out.Write(cells); err != nil {
				return err
			}
		}
	}
	out.Flush()
	return out.Error()
}

// appendCell writes a cell as text: as in JSON, but texts and times as they are and nothing for NULL.
func appendCell(dst []byte, a arrow.Array, i int) []byte {
	if a.IsNull(i) {
		return dst
	}
	switch a := a.(type) {
	case *array.String:
		return append(dst, a.Value(i)...)
	case *array.Dictionary:
		return appendCell(dst, a.Dictionary(), a.GetValueIndex(i))
	}
	if t, layout, ok := timeOf(a, i); ok {
		return t.AppendFormat(dst, layout)
	}
	return bytes.Trim(appendJSON(dst, a, i), `"`)
}
