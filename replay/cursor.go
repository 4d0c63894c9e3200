package replay

import (
	"bufio"
	"context"
	"errors"
	"io"
)

// cursor reads the usable rows of one file in order.
type cursor struct {
	plan  *plan
	in    *input
	rows  rowReader
	skip  func(reason string, line int) // told about each row that is not usable
	entry entry
	row   row
	turn  int
	line  int
}

// open starts a pass over the file. Give it to close afterwards.
func (p *plan) open(skip func(reason string, line int)) (*cursor, error) {
	in, err := openInput(p.path)
	if err != nil {
		return nil, err
	}
	return &cursor{plan: p, in: in, rows: p.reader(in.text), skip: skip}, nil
}

// reader makes the reader of rows for the plan's format.
func (p *plan) reader(r *bufio.Reader) rowReader {
	switch p.format {
	case formatCSV:
		return newTableReader(r, p.table)
	case formatValues:
		return newValueReader(r)
	default:
		return newLineReader(r)
	}
}

func (c *cursor) close() error { return c.in.close() }

// next returns the next usable row, valid until the call after. At the end it returns io.EOF; a file that is damaged
// ends at the damage, which counts as one skipped row. Other errors are the context's.
func (c *cursor) next(ctx context.Context) (*entry, error) {
	for {
		if c.turn++; c.turn&1023 == 0 && ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		if err := c.rows.next(&c.row); err != nil {
			if !errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
				c.skip(damage(err), c.line+1)
			}
			return nil, io.EOF
		}
		c.line = c.row.line
		reason := c.plan.read(&c.row, &c.entry)
		switch {
		case reason == "":
			return &c.entry, nil
		case c.row.whole || c.row.bad == skipTooLong:
			c.skip(reason, c.row.line)
		}
	}
}
