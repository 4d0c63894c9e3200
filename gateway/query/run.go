package query

import (
	"context"
	"errors"
	"io"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/ipc"
	"github.com/marcboeker/go-duckdb"
)

// check has DuckDB bind the query, which its parser has found to be one SELECT, and say once more what it is.
func (c *child) check() error {
	stmt, err := c.db.conn.Prepare(c.q.SQL)
	if err != nil {
		return err
	}
	kind, err := stmt.(*duckdb.Stmt).StatementType()
	if err == nil && kind != duckdb.STATEMENT_TYPE_SELECT {
		err = refuse(-1, "only one SELECT is answered here")
	}
	if err == nil && stmt.NumInput() > 0 {
		err = refuse(-1, "got %d parameters, want a statement without any", stmt.NumInput())
	}
	return errors.Join(err, stmt.Close())
}

// run runs the query and writes the answer.
func (c *child) run() error {
	a, err := duckdb.NewArrowFromConn(c.db.conn)
	if err != nil {
		return err
	}
	rows, err := a.QueryContext(context.Background(), c.q.SQL)
	if err != nil {
		return err
	}
	defer rows.Release()
	return c.write(rows)
}

// write sends as many rows as were asked for.
func (c *child) write(rows array.RecordReader) error {
	var recs []arrow.RecordBatch
	var h header
	for rows.Next() {
		rec := rows.RecordBatch()
		if left := int64(c.q.Rows - h.Rows); rec.NumRows() > left {
			rec = rec.NewSlice(0, left)
			h.Truncated = true
		}
		rec.Retain()
		recs = append(recs, rec)
		h.Rows += int(rec.NumRows())
		if h.Truncated {
			break
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	if err := writeJSON(c.out, begins, h); err != nil {
		return err
	}
	out := &pieces{out: c.out, left: c.q.Output}
	if err := write(out, c.q.Format, rows.Schema(), recs); err != nil {
		return err
	}
	if err := out.flush(); err != nil {
		return err
	}
	return writeFrame(c.out, ends, nil)
}

func write(w io.Writer, f Format, s *arrow.Schema, recs []arrow.RecordBatch) error {
	switch f {
	case Arrow:
		return writeArrow(w, s, recs)
	case CSV:
		return writeCSV(w, s, recs)
	}
	return writeObjects(w, f, s, recs)
}

func writeArrow(w io.Writer, s *arrow.Schema, recs []arrow.RecordBatch) error {
	stream := ipc.NewWriter(w, ipc.WithSchema(s))
	for _, rec := range recs {
		if err := stream.Write(rec); err != nil {
			return err
		}
	}
	return stream.Close()
}

// pieces sends what is written to it as frames, up to a bound.
type pieces struct {
	out  io.Writer
	buf  []byte
	left int64
}

const pieceSize = 1 << 18

func (p *pieces) Write(b []byte) (int, error) {
	if p.left -= int64(len(b)); p.left < 0 {
		return 0, fail(TooLarge, "the answer is too large; ask for fewer rows or columns")
	}
	p.buf = append(p.buf, b...)
	if len(p.buf) < pieceSize {
		return len(b), nil
	}
	return len(b), p.flush()
}

func (p *pieces) flush() error {
	for len(p.buf) > 0 {
		n := min(len(p.buf), pieceSize)
		if err := writeFrame(p.out, data, p.buf[:n]); err != nil {
			return err
		}
		p.buf = p.buf[n:]
	}
	p.buf = p.buf[:0]
	return nil
}
