package schema

import (
	"unicode/utf16"
	"unicode/utf8"
)

// escaped reads the string that opens at byte open and has an escape, into s.text.
func (s *scanner) escaped(open int) ([]byte, bool) {
	s.pos = open + 1
	s.text = s.text[:0]
	for s.pos < len(s.data) {
		c := s.data[s.pos]
		switch {
		case c == '"':
			s.pos++
			return s.text, true
		case c == '\\':
			if !s.escape() {
				return nil, false
			}
		case c < ' ':
			return nil, s.fail(s.pos, "Invalid control character")
		case c < utf8.RuneSelf:
			s.text = append(s.text, c)
			s.pos++
		default:
			r, n := utf8.DecodeRune(s.data[s.pos:])
			if r == utf8.RuneError && n == 1 {
				return nil, s.fail(s.pos, "Invalid UTF-8")
			}
			s.text = append(s.text, s.data[s.pos:s.pos+n]...)
			s.pos += n
		}
	}
	return nil, s.fail(open, "Unterminated string")
}

// escape reads one escape at the backslash.
func (s *scanner) escape() bool {
	const from, to = `"\/bfnrt`, "\"\\/\b\f\n\r\t"
	c := s.at(s.pos + 1)
	if c == 'u' {
		return s.unicode()
	}
	for i := range len(from) {
		if from[i] == c {
			s.text = append(s.text, to[i])
			s.pos += 2
			return true
		}
	}
	return s.fail(s.pos, `Invalid \escape`)
}

// unicode reads \uXXXX, or a pair of them for a character beyond 16 bits.
func (s *scanner) unicode() bool {
	r, ok := s.hex4(s.pos + 2)
	if !ok {
		return s.fail(s.pos, `Invalid \uXXXX escape`)
	}
	n := 6
	if utf16.IsSurrogate(r) {
		low, ok := s.hex4(s.pos + 8)
		if r = utf16.DecodeRune(r, low); !ok || s.at(s.pos+6) != '\\' || s.at(s.pos+7) != 'u' || r == utf8.RuneError {
			return s.fail(s.pos, "Lone surrogate")
		}
		n = 12
	}
	s.text = utf8.AppendRune(s.text, r)
	s.pos += n
	return true
}

// hex4 reads four hex digits at byte i.
func (s *scanner) hex4(i int) (r rune, ok bool) {
	for _, c := range [4]byte{s.at(i), s.at(i + 1), s.at(i + 2), s.at(i + 3)} {
		switch {
		case c >= '0' && c <= '9':
			c -= '0'
		case c >= 'a' && c <= 'f':
			c -= 'a' - 10
		case c >= 'A' && c <= 'F':
			c -= 'A' - 10
		default:
			return 0, false
		}
		r = r<<4 | rune(c)
	}
	return r, true
}
