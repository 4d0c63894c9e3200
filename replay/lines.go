package replay

import (
	"bufio"
	"bytes"
	"errors"
	"io"
)

// maxRow bounds a row in memory; longer ones are skipped and counted.
const maxRow = 64 << 20

// row is one row of a file as it stands there. Its slices are valid until the next row is read.
type row struct {
	line  int      // where it starts, counted from 1
	text  []byte   // what stands there, without the line end
	cells [][]byte // of a CSV file
	whole bool     // ended by a line end, or by the end of an undamaged file
	open  bool     // the file stops behind it, without a line end
	bad   string   // why it is unusable already now, "" if it is not
}

// rowReader reads a file row by row. The error is io.EOF at the end of the file; any other means that the rest of the
// file cannot be read.
type rowReader interface {
	next(*row) error
}

// lineReader reads lines of any length.
type lineReader struct {
	r    *bufio.Reader
	line int
	buf  []byte
	err  error
	max  int
}

func newLineReader(r *bufio.Reader) *lineReader { return &lineReader{r: r, max: maxRow} }

var _ rowReader = (*lineReader)(nil)

func (l *lineReader) next(r *row) error {
	*r = row{}
	if l.err != nil {
		return l.err
	}
	text, err := l.read()
	if err != nil {
		l.err = err
		if len(text) == 0 {
			return err
		}
	}
	if l.line++; l.line == 1 {
		text = bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))
	}
	r.line = l.line
	r.whole = err == nil || errors.Is(err, io.EOF)
	r.open = err != nil
	r.text = bytes.TrimSuffix(text, []byte("\r"))
	switch {
	case len(text) > l.max:
		r.text, r.bad = nil, skipTooLong
	case len(trimBlanks(r.text)) == 0:
		r.bad = skipBlank
	}
	return nil
}

// read returns the next line without its end. It keeps one byte more than the bound of a line that is too long.
func (l *lineReader) read() ([]byte, error) {
	part, err := l.r.ReadSlice('\n')
	if err == nil {
		return part[:len(part)-1], nil
	}
	l.buf = append(l.buf[:0], part...)
	for errors.Is(err, bufio.ErrBufferFull) {
		part, err = l.r.ReadSlice('\n')
		if len(l.buf) <= l.max {
			l.buf = append(l.buf, part...)
		}
	}
	if err == nil {
		return bytes.TrimSuffix(l.buf, []byte("\n")), nil
	}
	return l.buf, err
}
