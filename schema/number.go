package schema

import (
	"math"
	"reflect"
	"strconv"
	"time"
)

const kindFloat32 = reflect.Float32

// appendFloat appends x as the reference's writer (the Ryu printer of serde_json) does: the shortest digits that
// read back, always with a point or an exponent, plain from 1e-5 up to 1e16. NaN and infinities are null.
func appendFloat(dst []byte, x float64, bits int) []byte {
	a := math.Abs(x)
	switch {
	case math.IsNaN(x) || math.IsInf(x, 0):
		return append(dst, "null"...)
	case a != 0 && (a < 1e-5 || a >= 1e16):
		start := len(dst)
		return trimExponent(strconv.AppendFloat(dst, x, 'e', -1, bits), start)
	case a < 1<<53 && a == math.Trunc(a) && a != 0:
		return append(strconv.AppendInt(dst, int64(x), 10), ".0"...)
	}
	start := len(dst)
	dst = strconv.AppendFloat(dst, x, 'f', -1, bits)
	for _, c := range dst[start:] {
		if c == '.' {
			return dst
		}
	}
	return append(dst, ".0"...)
}

// trimExponent turns 1e+22 into 1e22 and 1e-07 into 1e-7.
func trimExponent(dst []byte, start int) []byte {
	e := len(dst) - 1
	for e > start && dst[e] != 'e' {
		e--
	}
	digits := dst[e+1:]
	out := dst[:e+1]
	if digits[0] == '-' {
		out = append(out, '-')
	}
	digits = digits[1:]
	for len(digits) > 1 && digits[0] == '0' {
		digits = digits[1:]
	}
	return append(out, digits...)
}

// pythonFloat returns x as Python's str does: what a number becomes in a text field.
func pythonFloat(x float64) string {
	a := math.Abs(x)
	switch {
	case math.IsNaN(x):
		return "nan"
	case math.IsInf(x, 1):
		return "inf"
	case math.IsInf(x, -1):
		return "-inf"
	case a != 0 && (a < 1e-4 || a >= 1e16):
		return strconv.FormatFloat(x, 'e', -1, 64)
	}
	return string(appendFloat(nil, x, 64))
}

// seconds returns d in seconds, the float nearest to it.
func seconds(d time.Duration) float64 {
	if d%time.Microsecond == 0 {
		return float64(d/time.Microsecond) / 1e6
	}
	return float64(d) / 1e9
}

// parseInt reads an optional minus and decimal digits; ok is false if there is more or it exceeds int64.
func parseInt(text []byte) (n int64, ok bool) {
	digits := text
	if len(digits) > 0 && digits[0] == '-' {
		digits = digits[1:]
	}
	if len(digits) == 0 || len(digits) > 19 {
		return 0, false
	}
	var u uint64
	for _, c := range digits {
		if c < '0' || c > '9' {
			return 0, false
		}
		u = u*10 + uint64(c-'0')
	}
	if len(digits) < len(text) {
		return -int64(u), u <= 1<<63
	}
	return int64(u), u < 1<<63
}
