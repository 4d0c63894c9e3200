package replay

import (
	"bufio"
	"bytes"
	"errors"
	"io"
)

// valueReader reads the objects of one JSON array, or objects that follow each other, however they are laid out over
// lines. It goes by brackets and strings alone; whether a row is JSON is for others to say.
type valueReader struct {
	r    *bufio.Reader
	line int
	buf  []byte
	err  error
	max  int
}

func newValueReader(r *bufio.Reader) *valueReader {
	if bom, _ := r.Peek(3); bytes.Equal(bom, []byte("\xef\xbb\xbf")) {
		_, _ = r.Discard(3)
	}
	return &valueReader{r: r, line: 1, max: maxRow}
}

var _ rowReader = (*valueReader)(nil)

func (v *valueReader) next(r *row) error {
	*r = row{}
	if v.err != nil {
		return v.err
	}
	c, err := v.start()
	if err != nil {
		v.err = err
		return err
	}
	r.line = v.line
	v.buf = append(v.buf[:0], c)
	if c == '{' {
		err = v.object()
	} else {
		err = v.scalar()
		r.bad = skipNotObject
	}
	if err != nil {
		v.err = err
		if c == '{' {
			r.bad = skipTorn
		}
	}
	r.text, r.whole = v.buf, err == nil || errors.Is(err, io.EOF)
	if len(v.buf) > v.max {
		r.text, r.bad = nil, skipTooLong
	}
	return nil
}

// start skips what stands between values and returns the first byte of the next one.
func (v *valueReader) start() (byte, error) {
	for {
		c, err := v.read()
		if err != nil {
			return 0, err
		}
		switch c {
		case ' ', '\t', '\r', '\n', ',', '[', ']':
		default:
			return c, nil
		}
	}
}

// object reads up to the brace that closes the one just read.
func (v *valueReader) object() error {
	depth, quoted := 1, false
	for depth > 0 {
		c, err := v.read()
		if err != nil {
			return err
		}
		v.keep(c)
		switch {
		case quoted && c == '\\':
			if c, err = v.read(); err != nil {
				return err
			}
			v.keep(c)
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[':
			depth++
		case c == '}' || c == ']':
			depth--
		}
	}
	return nil
}

// scalar reads what is no object, to the next comma or line end.
func (v *valueReader) scalar() error {
	for {
		c, err := v.read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if c == ',' || c == '\n' || c == ']' {
			return nil
		}
		v.keep(c)
	}
}

func (v *valueReader) keep(c byte) {
	if len(v.buf) <= v.max {
		v.buf = append(v.buf, c)
	}
}

func (v *valueReader) read() (byte, error) {
	c, err := v.r.ReadByte()
	if c == '\n' && err == nil {
		v.line++
	}
	return c, err
}
