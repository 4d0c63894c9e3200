package schema

import (
	"bytes"
	"encoding/json"
)

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

// member is where a member of an object was written: its name ends, and the value begins, at mid.
type member struct{ from, mid, to int }

func appendCanonicalObject(dst []byte, s *scanner) []byte {
	s.enter()
	dst = append(dst, '{')
	var few [16]member
	members := few[:0]
	for more := s.first('}'); more; {
		if len(members) > 0 {
			dst = append(dst, ',')
		}
		m := member{from: len(dst)}
		key, _ := s.name()
		dst = append(appendString(dst, viewString(key)), ':')
		m.mid = len(dst)
		dst = appendCanonical(dst, s)
		m.to = len(dst)
		members = append(members, m)
		more, _ = s.more('}')
	}
	dst = append(dst, '}')
	if !repeats(dst, members) {
		return dst
	}
	last := make(map[string]int, len(members))
	for i, m := range members {
		last[string(dst[m.from:m.mid])] = i
	}
	return lastOfEach(dst, members, last)
}

// repeats reports whether a name came twice.
func repeats(dst []byte, members []member) bool {
	if len(members) > 16 {
		names := make(map[string]bool, len(members))
		for _, m := range members {
			names[string(dst[m.from:m.mid])] = true
		}
		return len(names) < len(members)
	}
	for i, m := range members {
		for _, n := range members[:i] {
			if bytes.Equal(dst[m.from:m.mid], dst[n.from:n.mid]) {
				return true
			}
		}
	}
	return false
}

// lastOfEach writes the object anew with each name once, where it stood first, and its last value.
func lastOfEach(dst []byte, members []member, last map[string]int) []byte {
	start := members[0].from
	body := append([]byte(nil), dst[start:]...)
	dst = dst[:start]
	for _, m := range members {
		name := body[m.from-start : m.mid-start]
		i, first := last[string(name)]
		if !first {
			continue
		}
		delete(last, string(name))
		if len(dst) > start {
			dst = append(dst, ',')
		}
		dst = append(dst, body[members[i].from-start:members[i].to-start]...)
	}
	return append(dst, '}')
}
