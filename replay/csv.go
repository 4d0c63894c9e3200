package replay

import (
	"bufio"
	"bytes"
	"errors"
	"io"
)

// csvReader reads rows of cells (RFC 4180, any one-byte separator): a cell in quotes may hold separators, line ends and
// doubled quotes.
type csvReader struct {
	lines *lineReader
	sep   byte
	width int // cells of the header, 0 before it is known
	cells [][]byte
	buf   []byte
	ends  []int
}

func newCSVReader(r *bufio.Reader, sep byte) *csvReader {
	return &csvReader{lines: newLineReader(r), sep: sep}
}

var _ rowReader = (*csvReader)(nil)

func (c *csvReader) next(r *row) error {
	if err := c.lines.next(r); err != nil || r.bad != "" {
		return err
	}
	if bytes.IndexByte(r.text, '"') < 0 {
		c.plain(r.text)
	} else if err := c.quoted(r); err != nil {
		return err
	}
	r.cells = c.cells
	switch {
	case r.bad != "":
	case !r.whole:
		r.bad = skipTorn // the file is damaged here: even a full row may end in half a cell
	case c.width == 0 || len(c.cells) == c.width:
	case r.open && len(c.cells) < c.width:
		r.bad = skipTorn
	default:
		r.bad = skipCells
	}
	return nil
}

func (c *csvReader) plain(text []byte) {
	c.cells = c.cells[:0]
	for {
		i := bytes.IndexByte(text, c.sep)
		if i < 0 {
			c.cells = append(c.cells, text)
			return
		}
		c.cells = append(c.cells, text[:i])
		text = text[i+1:]
	}
}

// quoted splits a row with quotes in it, reading further lines while one is open.
func (c *csvReader) quoted(r *row) error {
	c.buf, c.ends = c.buf[:0], c.ends[:0]
	text, open := r.text, false
	for {
		open = c.split(text, open)
		if !open {
			break
		}
		more := row{}
		if err := c.lines.next(&more); err != nil {
			r.bad = skipTorn
			if !errors.Is(err, io.EOF) {
				r.whole = false
			}
			break
		}
		if c.buf = append(c.buf, '\n'); len(c.buf) > c.lines.max {
			r.bad = skipTooLong
			break
		}
		text, r.whole, r.open = more.text, more.whole, more.open
	}
	c.cells = c.cells[:0]
	from := 0
	for _, end := range append(c.ends, len(c.buf)) {
		c.cells = append(c.cells, c.buf[from:end])
		from = end
	}
	return nil
}

// split appends the cells of a line to buf; open says whether a quote is open at its start and at its end.
func (c *csvReader) split(text []byte, open bool) bool {
	atStart := !open
	for i := 0; i < len(text); i++ {
		b := text[i]
		switch {
		case open && b == '"' && i+1 < len(text) && text[i+1] == '"':
			c.buf = append(c.buf, '"')
			i++
		case open && b == '"':
			open = false
		case open:
			c.buf = append(c.buf, b)
		case b == '"' && atStart:
			open = true
		case b == c.sep:
			c.ends = append(c.ends, len(c.buf))
			atStart = true
			continue
		default:
			c.buf = append(c.buf, b)
		}
		atStart = false
	}
	return open
}
