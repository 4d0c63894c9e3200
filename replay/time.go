package replay

import "math"

// unit is the unit of a time that is written as a number: the power of ten that turns it into nanoseconds.
type unit uint8

const (
	nanoseconds  unit = 0
	microseconds unit = 3
	milliseconds unit = 6
	seconds      unit = 9
)

// unitNames maps the words of --map unit=... and of the printed mapping.
func (u unit) String() string {
	switch u {
	case seconds:
		return "s"
	case milliseconds:
		return "ms"
	case microseconds:
		return "us"
	default:
		return "ns"
	}
}

func parseUnit(s string) (unit, bool) {
	for _, u := range []unit{seconds, milliseconds, microseconds, nanoseconds} {
		if u.String() == s {
			return u, true
		}
	}
	return 0, false
}

// unitOf guesses the unit of an epoch number by its magnitude: each unit covers the years 1973 to 5138 in its own way
// and no two of them overlap there.
func unitOf(whole int64) unit {
	if whole < 0 {
		whole = -max(whole, -math.MaxInt64)
	}
	switch {
	case whole < 1e11:
		return seconds
	case whole < 1e14:
		return milliseconds
	case whole < 1e17:
		return microseconds
	default:
		return nanoseconds
	}
}

// clock reads the times of one file. The zero clock reads texts and nanosecond numbers.
type clock struct {
	unit    unit // of numbers
	compact bool // numbers of eight digits are dates: 20240809
	numbers bool // there were numbers to tell the unit by, or the user told it
}

// parse reads a time out of a JSON token (quoted or not), a CSV cell or a line's prefix. The number of nanoseconds is
// exact: nothing goes through a floating point number, fractions beyond a nanosecond are cut.
func (c clock) parse(token []byte) (int64, bool) {
	token = unquote(token)
	if isNumber(token) {
		if c.compact && len(token) == 8 {
			return parseISO(token)
		}
		return decimal(token, int(c.unit))
	}
	return parseISO(token)
}

// unquote cuts the blanks and the quotes around a time's token. Escapes do not occur in times.
func unquote(token []byte) []byte {
	token = trimBlanks(token)
	if n := len(token); n >= 2 && token[0] == '"' && token[n-1] == '"' {
		token = trimBlanks(token[1 : n-1])
	}
	return token
}

func trimBlanks(b []byte) []byte {
	for len(b) > 0 && isBlank(b[0]) {
		b = b[1:]
	}
	for len(b) > 0 && isBlank(b[len(b)-1]) {
		b = b[:len(b)-1]
	}
	return b
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\r' || c == '\n' }

func isDigit(c byte) bool { return c >= '0' && c <= '9' }
