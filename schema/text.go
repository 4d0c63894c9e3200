package schema

import (
	"time"
	"unicode/utf8"
)

// appendString appends s as a JSON string: only what must be escaped is, and bytes that are no UTF-8 become
// U+FFFD.
func appendString(dst []byte, s string) []byte {
	dst = append(dst, '"')
	start := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c >= ' ' && c != '"' && c != '\\' && c < utf8.RuneSelf {
			i++
			continue
		}
		if c >= utf8.RuneSelf {
			r, n := utf8.DecodeRuneInString(s[i:])
			if r != utf8.RuneError || n > 1 {
				i += n
				continue
			}
		}
		dst = append(dst, s[start:i]...)
		dst = appendEscape(dst, c)
		i++
		start = i
	}
	dst = append(dst, s[start:]...)
	return append(dst, '"')
}

func appendEscape(dst []byte, c byte) []byte {
	const hex = "0123456789abcdef"
	switch c {
	case '"', '\\':
		return append(dst, '\\', c)
	case '\b':
		return append(dst, `\b`...)
	case '\t':
		return append(dst, `\t`...)
	case '\n':
		return append(dst, `\n`...)
	case '\f':
		return append(dst, `\f`...)
	case '\r':
		return append(dst, `\r`...)
	}
	if c >= utf8.RuneSelf {
		return append(dst, "\uFFFD"...)
	}
	return append(dst, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
}

// appendStamp appends the built-in timestamp: UTC, no offset, six digits of fraction or none.
func appendStamp(dst []byte, t time.Time) []byte { return appendClock(dst, t.UTC()) }

// appendTime appends any other datetime: without offset if it was given without, else with Z or +05:30.
func appendTime(dst []byte, t time.Time) []byte {
	dst = appendClock(dst, t)
	if t.Location() == Naive {
		return dst
	}
	_, offset := t.Zone()
	if offset/60 == 0 {
		return append(dst, 'Z')
	}
	sign := byte('+')
	if offset < 0 {
		sign, offset = '-', -offset
	}
	dst = append(dst, sign)
	dst = appendDigits(dst, offset/3600, 2)
	dst = append(dst, ':')
	return appendDigits(dst, offset/60%60, 2)
}

func appendClock(dst []byte, t time.Time) []byte {
	y, m, d := t.Date()
	dst = appendDay(dst, y, int(m), d)
	hour, minute, second := t.Clock()
	dst = append(dst, 'T')
	dst = appendDigits(dst, hour, 2)
	dst = append(dst, ':')
	dst = appendDigits(dst, minute, 2)
	dst = append(dst, ':')
	dst = appendDigits(dst, second, 2)
	if micro := t.Nanosecond() / 1000; micro != 0 {
		dst = append(dst, '.')
		dst = appendDigits(dst, micro, 6)
	}
	return dst
}

func appendDate(dst []byte, d Date) []byte {
	y, m, day := d.Time().Date()
	return appendDay(dst, y, int(m), day)
}

func appendDay(dst []byte, y, m, d int) []byte {
	dst = appendDigits(dst, y, 4)
	dst = append(dst, '-')
	dst = appendDigits(dst, m, 2)
	dst = append(dst, '-')
	return appendDigits(dst, d, 2)
}

// appendDigits appends n with at least the given number of digits.
func appendDigits(dst []byte, n, digits int) []byte {
	if n < 0 {
		dst = append(dst, '-')
		n = -n
	}
	var buf [20]byte
	i := len(buf)
	for ; n > 0 || digits > 0; digits-- {
		i--
		buf[i] = byte('0' + n%10)
		n /= 10
	}
	return append(dst, buf[i:]...)
}
