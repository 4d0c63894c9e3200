package replay

import "strings"

// pickTimeOfDay chooses the field that tells the time of day beside a field of dates; the empty path if the dates have
// times already or there is no such field.
func pickTimeOfDay(fields []*field, date string) path {
	for _, f := range fields {
		if f.path == date && count(f.tokens, isDate) < len(f.tokens) {
			return path{}
		}
	}
	for _, f := range fields {
		if f.path != date && f.depth == 1 && strings.Contains(strings.ToLower(f.path), "time") && 2*count(f.tokens, isTimeOfDay) > len(f.tokens) {
			return newPath(f.path)
		}
	}
	return path{}
}

func count(tokens [][]byte, is func([]byte) bool) int {
	n := 0
	for _, t := range tokens {
		if is(t) {
			n++
		}
	}
	return n
}

func isDate(token []byte) bool {
	_, rest, _, ok := takeDate(unquote(token))
	return ok && len(rest) == 0
}

func isTimeOfDay(token []byte) bool {
	_, ok := timeOfDay(token)
	return ok
}

// timeOfDay reads 9:30, 09:30:00 or 093000.123 as nanoseconds since midnight.
func timeOfDay(token []byte) (int64, bool) {
	token = unquote(token)
	if len(token) > 1 && token[1] == ':' {
		token = append([]byte{'0'}, token...)
	}
	ns, rest, ok := takeTimeOfDay(token)
	return ns, ok && len(rest) == 0
}
