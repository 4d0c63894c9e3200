package schema

import "encoding/json"

// canonical returns raw JSON, which was read once without an error, as the API writes it: no white space, floats
// and strings as elsewhere, NaN and infinities null, of duplicate members the last (in the place of the first).
func canonical(raw []byte) json.RawMessage {
	s := scanner{data: raw}
	return appendCanonical(make([]byte, 0, len(raw)), &s)
}

func appendCanonical(dst []byte, s *scanner) []byte {
	switch s.peek() {
	case '{':
		return appendCanonicalObject(dst, s)
	case '[':
		s.enter()
		dst = append(dst, '[')
		for i, more := 0, s.first(']'); more; i++ {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = appendCanonical(dst, s)
			more, _ = s.more(']')
		}
		return append(dst, ']')
	}
	t, _ := s.token()
	switch t.kind {
	case tokString:
		return appendString(dst, viewString(t.text))
	case tokFloat:
		return appendFloat(dst, parseFloat(t.text), 64)
	case tokInt:
		if string(t.text) == "-0" {
			return append(dst, '0')
		}
	}
	return append(dst, t.raw...)
}

func appendCanonicalObject(dst []byte, s *scanner) []byte {
	type member struct{ from, to int }
	s.enter()
	places := map[string]int{}
	var members []member
	start := len(dst)
	for more := s.first('}'); more; {
		key, _ := s.name()
		name := string(key)
		m := member{from: len(dst)}
		dst = append(appendString(dst, name), ':')
		dst = appendCanonical(dst, s)
		m.to = len(dst)
		if i, again := places[name]; again {
			members[i] = m
		} else {
			places[name] = len(members)
			members = append(members, m)
		}
		more, _ = s.more('}')
	}
	body := append([]byte(nil), dst[start:]...)
	dst = append(dst[:start], '{')
	for i, m := range members {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = append(dst, body[m.from-start:m.to-start]...)
	}
	return append(dst, '}')
}
