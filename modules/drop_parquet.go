package modules

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/ipc"
	"github.com/parquet-go/parquet-go"

	"gw/gateway"
	"gw/schema"
)

// parquetBatch is how many rows are read at once.
const parquetBatch = 256

// parquetRows bounds a file: columns may be packed so well that its size says nothing.
const parquetRows = 10_000_000

// decodeParquet reads a value a row.
func decodeParquet(p *gateway.Port, data []byte) (all drop, err error) {
	defer whole(&err)
	f, err := parquet.OpenFile(bytes.NewReader(data), int64(len(data)), parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true))
	if err != nil {
		return nil, fmt.Errorf("is no whole Parquet file: %w", err)
	}
	for _, c := range f.Root().Columns() {
		if _, ok := p.Type.Field(c.Name()); !ok {
			return nil, fmt.Errorf("%s has no field %q (has: %s)", p.Type.Name, c.Name(), fieldNames(p.Type))
		}
	}
	root, err := newParquetNode(f.Root(), durationsOf(f))
	if err != nil {
		return nil, err
	}
	size := 0
	take := func(row parquet.Row) error {
		text, err := root.row(row)
		if err != nil {
			return err
		}
		if size += len(text); size > fileLimit || len(all) == parquetRows {
			return fmt.Errorf("holds too much (want at most %d rows, and %d bytes as JSON)", parquetRows, fileLimit)
		}
		rec, problems := p.Type.Decode(text, schema.DecodeOptions{})
		if problems != nil {
			return problems.Err()
		}
		all = append(all, map[string][]schema.Record{"": {rec}})
		return nil
	}
	for _, group := range f.RowGroups() {
		if err := eachRow(group, func(row parquet.Row) error {
			if err := take(row); err != nil {
				return fmt.Errorf("row %d: %w", len(all), err)
			}
			return nil
		}); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// whole makes an error of a panic: the library panics at some files that are broken.
func whole(err *error) {
	if v := recover(); v != nil {
		*err = fmt.Errorf("is no whole Parquet file: %v", v)
	}
}

// eachRow calls f with the rows of a group in their order, until f fails. A row is only good during the call.
func eachRow(group parquet.RowGroup, f func(parquet.Row) error) error {
	rows := group.Rows()
	defer func() { _ = rows.Close() }() // reads memory: nothing is lost
	batch := make([]parquet.Row, parquetBatch)
	for {
		n, err := readRows(rows, batch)
		for _, row := range batch[:n] {
			if err := f(row); err != nil {
				return err
			}
		}
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err == nil && n == 0:
			err = io.ErrNoProgress
		}
		if err != nil {
			return brokenColumn(group, err)
		}
	}
}

func readRows(rows parquet.Rows, batch []parquet.Row) (n int, err error) {
	defer whole(&err)
	return rows.ReadRows(batch)
}

// brokenColumn says which column it was that could not be read; the library does not.
func brokenColumn(group parquet.RowGroup, err error) error {
	paths := group.Schema().Columns()
	for i, chunk := range group.ColumnChunks() {
		if why := readChunk(chunk); why != nil {
			return fmt.Errorf("column %q: %w", pathText(paths[i]), why)
		}
	}
	return err
}

// readChunk reads a column to its end, for the error.
func readChunk(chunk parquet.ColumnChunk) (err error) {
	defer whole(&err)
	pages := chunk.Pages()
	defer func() { _ = pages.Close() }() // reads memory: nothing is lost
	values := make([]parquet.Value, parquetBatch)
	for {
		page, err := pages.ReadPage()
		for in := (parquet.ValueReader)(nil); err == nil; {
			if in == nil {
				in = page.Values()
			}
			_, err = in.ReadValues(values)
			if errors.Is(err, io.EOF) {
				break
			}
		}
		switch {
		case err == nil || errors.Is(err, io.EOF) && page != nil:
			parquet.Release(page)
		case errors.Is(err, io.EOF):
			return nil
		default:
			return err
		}
	}
}

// durationsOf tells the units of the columns that are durations. Parquet has no such type: Arrow, and so pandas, writes
// whole numbers and notes in the file what they are.
func durationsOf(f *parquet.File) map[string]time.Duration {
	units := map[string]time.Duration{}
	note, _ := f.Lookup("ARROW:schema")
	text, err := base64.StdEncoding.DecodeString(note)
	if err != nil {
		return units
	}
	r, err := ipc.NewReader(bytes.NewReader(text))
	if err != nil {
		return units // no note, or one that nobody can read
	}
	defer r.Release()
	for _, field := range r.Schema().Fields() {
		if d, ok := field.Type.(*arrow.DurationType); ok {
			units[field.Name] = d.Unit.Multiplier()
		}
	}
	return units
}

// row is a row as a JSON object.
func (n *parquetNode) row(row parquet.Row) ([]byte, error) {
	columns := make([][]parquet.Value, 0, n.leaves)
	row.Range(func(_ int, values []parquet.Value) bool {
		columns = append(columns, values)
		return true
	})
	v, err := n.value(columns)
	if err != nil {
		return nil, err
	}
	return json.Marshal(v)
}
