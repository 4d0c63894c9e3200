package schema

import (
	"fmt"
	"unicode/utf8"
)

// maxDepth is how deep objects and arrays may be nested.
const maxDepth = 64

// scanner reads JSON text strictly (RFC 8259), plus the three words NaN, Infinity and -Infinity that Python's
// reader takes. Methods return false after the first error, which is then in err.
type scanner struct {
	data  []byte
	pos   int
	depth int
	text  []byte // strings with escapes are unescaped to here
	err   syntaxError
}

// syntaxError says what is wrong with the text and at which byte.
type syntaxError struct {
	at  int
	msg string
}

// Error returns "MSG at byte N".
func (e *syntaxError) Error() string { return fmt.Sprintf("%s at byte %d", e.msg, e.at) }

// fail records the first error.
func (s *scanner) fail(at int, msg string) bool {
	if s.err.msg == "" {
		s.err = syntaxError{at, msg}
	}
	return false
}

// peek skips white space and returns the next byte, 0 at the end.
func (s *scanner) peek() byte {
	for s.pos < len(s.data) {
		switch c := s.data[s.pos]; c {
		case ' ', '\n', '\t', '\r':
			s.pos++
		default:
			return c
		}
	}
	return 0
}

// end reports whether nothing but white space is left.
func (s *scanner) end() bool {
	if s.peek(); s.pos < len(s.data) {
		return s.fail(s.pos, "Extra data")
	}
	return true
}

// token reads one scalar. Objects and arrays are skipped: of those only kind and raw text count.
func (s *scanner) token() (t token, ok bool) {
	c := s.peek()
	start := s.pos
	switch {
	case c == '"':
		t.kind = tokString
		t.text, ok = s.str()
	case c == '-' || c >= '0' && c <= '9' || c == 'N' || c == 'I':
		t, ok = s.number()
	case c == 't':
		t.kind, ok = tokTrue, s.word("true")
	case c == 'f':
		t.kind, ok = tokFalse, s.word("false")
	case c == 'n':
		t.kind, ok = tokNull, s.word("null")
	case c == '{':
		t.kind, ok = tokObject, s.skipObject()
	case c == '[':
		t.kind, ok = tokArray, s.skipArray()
	default:
		ok = s.fail(s.pos, "Expecting value")
	}
	t.raw = s.data[start:s.pos]
	return t, ok
}

func (s *scanner) word(w string) bool {
	if len(s.data)-s.pos < len(w) || string(s.data[s.pos:s.pos+len(w)]) != w {
		return s.fail(s.pos, "Expecting value")
	}
	s.pos += len(w)
	return true
}

// number reads a number or one of the three words.
func (s *scanner) number() (t token, ok bool) {
	start := s.pos
	t.kind = tokInt
	if s.data[s.pos] == '-' {
		s.pos++
	}
	switch c := s.at(s.pos); {
	case c == 'N' && s.pos == start:
		ok = s.word("NaN")
		t.kind = tokFloat
	case c == 'I':
		ok = s.word("Infinity")
		t.kind = tokFloat
	case c == '0':
		s.pos++
		ok = true
	default:
		ok = s.digits()
	}
	if !ok {
		return t, s.fail(start, "Expecting value")
	}
	if t.kind == tokInt && !s.fraction(&t) {
		return t, false
	}
	t.text = s.data[start:s.pos]
	return t, true
}

// fraction reads what may follow the integer part.
func (s *scanner) fraction(t *token) bool {
	if s.at(s.pos) == '.' {
		t.kind = tokFloat
		s.pos++
		if !s.digits() {
			return s.fail(s.pos, "Expecting a digit")
		}
	}
	if c := s.at(s.pos); c == 'e' || c == 'E' {
		t.kind = tokFloat
		s.pos++
		if c := s.at(s.pos); c == '+' || c == '-' {
			s.pos++
		}
		if !s.digits() {
			return s.fail(s.pos, "Expecting a digit")
		}
	}
	return true
}

// digits reads one digit or more.
func (s *scanner) digits() bool {
	start := s.pos
	for s.pos < len(s.data) && s.data[s.pos]-'0' <= 9 {
		s.pos++
	}
	return s.pos > start
}

// at returns the byte at i, 0 behind the end.
func (s *scanner) at(i int) byte {
	if i < len(s.data) {
		return s.data[i]
	}
	return 0
}

// enter steps over the bracket that opens an object or array.
func (s *scanner) enter() bool {
	if s.depth == maxDepth {
		return s.fail(s.pos, fmt.Sprintf("Nested deeper than %d", maxDepth))
	}
	s.depth++
	s.pos++
	return true
}

// first reports whether an object or array has a member; if not, it steps over the closing bracket.
func (s *scanner) first(closing byte) bool {
	if s.peek() != closing {
		return true
	}
	s.pos++
	s.depth--
	return false
}

// more steps over the comma to the next member, or over the closing bracket.
func (s *scanner) more(closing byte) (more, ok bool) {
	switch s.peek() {
	case ',':
		s.pos++
		return true, true
	case closing:
		s.pos++
		s.depth--
		return false, true
	}
	return false, s.fail(s.pos, "Expecting ',' delimiter")
}

// name reads the name of a member and the colon. The name holds until the next string is read.
func (s *scanner) name() (name []byte, ok bool) {
	if s.peek() != '"' {
		return nil, s.fail(s.pos, "Expecting property name enclosed in double quotes")
	}
	if name, ok = s.str(); !ok {
		return nil, false
	}
	if s.peek() != ':' {
		return nil, s.fail(s.pos, "Expecting ':' delimiter")
	}
	s.pos++
	return name, true
}

func (s *scanner) skipObject() bool {
	if !s.enter() {
		return false
	}
	for more, ok := s.first('}'), true; more; {
		if _, ok = s.name(); !ok {
			return false
		}
		if _, ok = s.token(); !ok {
			return false
		}
		if more, ok = s.more('}'); !ok {
			return false
		}
	}
	return true
}

func (s *scanner) skipArray() bool {
	if !s.enter() {
		return false
	}
	for more, ok := s.first(']'), true; more; {
		if _, ok = s.token(); !ok {
			return false
		}
		if more, ok = s.more(']'); !ok {
			return false
		}
	}
	return true
}

// str reads a string. What it returns is part of data or of text: it holds until the next string is read.
func (s *scanner) str() ([]byte, bool) {
	open := s.pos
	s.pos++
	start, high := s.pos, byte(0)
	for s.pos < len(s.data) {
		c := s.data[s.pos]
		switch {
		case c == '"':
			text := s.data[start:s.pos]
			s.pos++
			if high >= utf8.RuneSelf && !s.valid(text, start) {
				return nil, false
			}
			return text, true
		case c == '\\':
			return s.escaped(open)
		case c < ' ':
			return nil, s.fail(s.pos, "Invalid control character")
		}
		high |= c
		s.pos++
	}
	return nil, s.fail(open, "Unterminated string")
}

// valid reports whether text, which starts at byte at, is UTF-8.
func (s *scanner) valid(text []byte, at int) bool {
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRune(text[i:])
		if r == utf8.RuneError && n == 1 {
			return s.fail(at+i, "Invalid UTF-8")
		}
		i += n
	}
	return true
}
