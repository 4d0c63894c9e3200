package replay

import (
	"bytes"
	"encoding/json"
	"errors"
	"unicode/utf8"
)

// errTorn says that a JSON text stops before its end, errSyntax that it is none.
var (
	errTorn   = errors.New("the JSON text stops in the middle")
	errSyntax = errors.New("not JSON")
)

// maxDepth bounds how deep objects and arrays may nest, so that a hostile line cannot eat the stack.
const maxDepth = 200

// member is one member of a JSON object: both slices point into the text. The key is without its quotes and may still
// hold escapes.
type member struct{ key, value []byte }

// object checks that text is one JSON object and nothing else, and appends its members to dst, which must not be nil.
func object(text []byte, dst []member) ([]member, error) {
	i := skipBlanks(text, 0)
	if i == len(text) {
		return dst, errTorn
	}
	if text[i] != '{' {
		return dst, errSyntax
	}
	dst, i, err := members(text, i, 0, dst)
	if err != nil {
		return dst, err
	}
	if skipBlanks(text, i) != len(text) {
		return dst, errSyntax
	}
	return dst, nil
}

// members reads the object that starts at i. A nil dst only checks.
func members(b []byte, i, depth int, dst []member) ([]member, int, error) {
	i = skipBlanks(b, i+1)
	if i < len(b) && b[i] == '}' {
		return dst, i + 1, nil
	}
	for {
		key, j, err := stringAt(b, i)
		if err != nil {
			return dst, j, err
		}
		if i, err = expect(b, j, ':'); err != nil {
			return dst, i, err
		}
		if j, err = skipValue(b, i, depth+1); err != nil {
			return dst, j, err
		}
		if dst != nil {
			dst = append(dst, member{key, b[i:j]})
		}
		i = skipBlanks(b, j)
		switch {
		case i == len(b):
			return dst, i, errTorn
		case b[i] == '}':
			return dst, i + 1, nil
		case b[i] != ',':
			return dst, i, errSyntax
		}
		i = skipBlanks(b, i+1)
	}
}

// elements calls f with each element of the JSON array that text is. The text was checked before.
func elements(text []byte, f func(element []byte) bool) error {
	i := skipBlanks(text, 0)
	if i == len(text) || text[i] != '[' {
		return errSyntax
	}
	i = skipBlanks(text, i+1)
	if i < len(text) && text[i] == ']' {
		return nil
	}
	for {
		j, err := skipValue(text, i, 0)
		if err != nil {
			return err
		}
		if !f(text[i:j]) {
			return nil
		}
		if i = skipBlanks(text, j); i == len(text) {
			return errTorn
		}
		if text[i] != ',' {
			return nil
		}
		i = skipBlanks(text, i+1)
	}
}

func expect(b []byte, i int, c byte) (int, error) {
	if i = skipBlanks(b, i); i == len(b) {
		return i, errTorn
	}
	if b[i] != c {
		return i, errSyntax
	}
	return skipBlanks(b, i+1), nil
}

func skipBlanks(b []byte, i int) int {
	for i < len(b) && isBlank(b[i]) {
		i++
	}
	return i
}

// find returns the value of the last member with that key, nil if there is none.
func find(ms []member, key string) []byte {
	for i := len(ms) - 1; i >= 0; i-- {
		if keyIs(ms[i].key, key) {
			return ms[i].value
		}
	}
	return nil
}

func keyIs(raw []byte, key string) bool {
	return string(raw) == key || bytes.IndexByte(raw, '\\') >= 0 && string(unescape(raw)) == key
}

// unescape returns the text of a JSON string given without its quotes.
func unescape(raw []byte) []byte {
	if bytes.IndexByte(raw, '\\') < 0 {
		return raw
	}
	var text string
	if json.Unmarshal(append(append([]byte{'"'}, raw...), '"'), &text) != nil {
		return raw
	}
	return []byte(text)
}

// appendString appends s as a JSON string. Bytes that are no UTF-8 become U+FFFD.
func appendString(dst, s []byte) []byte {
	dst = append(dst, '"')
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case c == '"' || c == '\\':
			dst = append(dst, '\\', c)
		case c < ' ':
			const hex = "0123456789abcdef"
			dst = append(dst, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		case c < utf8.RuneSelf:
			dst = append(dst, c)
		default:
			r, n := utf8.DecodeRune(s[i:])
			dst = utf8.AppendRune(dst, r)
			i += n
			continue
		}
		i++
	}
	return append(dst, '"')
}
