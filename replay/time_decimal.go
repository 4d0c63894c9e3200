package replay

import "math"

// number is a decimal number taken apart: digits of whole and fraction, and a power of ten.
type number struct {
	negative    bool
	whole, frac []byte
	exp         int
}

// digit returns the i-th digit of whole and fraction read as one.
func (n *number) digit(i int) int64 {
	if i < len(n.whole) {
		return int64(n.whole[i] - '0')
	}
	if i -= len(n.whole); i < len(n.frac) {
		return int64(n.frac[i] - '0')
	}
	return 0
}

// takeNumber reads a decimal number that fills all of b: [+-]digits[.digits][e[+-]digits].
func takeNumber(b []byte) (n number, ok bool) {
	if len(b) > 0 && (b[0] == '-' || b[0] == '+') {
		n.negative = b[0] == '-'
		b = b[1:]
	}
	n.whole, b = takeDigits(b)
	if len(b) > 0 && b[0] == '.' {
		n.frac, b = takeDigits(b[1:])
	}
	if len(n.whole)+len(n.frac) == 0 {
		return n, false
	}
	if len(b) > 0 && (b[0] == 'e' || b[0] == 'E') {
		return takeExponent(n, b[1:])
	}
	return n, len(b) == 0
}

func takeExponent(n number, b []byte) (number, bool) {
	sign := 1
	if len(b) > 0 && (b[0] == '-' || b[0] == '+') {
		if b[0] == '-' {
			sign = -1
		}
		b = b[1:]
	}
	digits, rest := takeDigits(b)
	if len(digits) == 0 || len(digits) > 4 || len(rest) > 0 {
		return n, false
	}
	for _, d := range digits {
		n.exp = n.exp*10 + int(d-'0')
	}
	n.exp *= sign
	return n, true
}

func takeDigits(b []byte) (digits, rest []byte) {
	i := 0
	for i < len(b) && isDigit(b[i]) {
		i++
	}
	return b[:i], b[i:]
}

func isNumber(b []byte) bool {
	_, ok := takeNumber(b)
	return ok
}

// decimal reads the number b and returns it times ten to the power of scale, exactly, what is left behind the decimal
// point cut off. It reports false for what is no number or does not fit.
func decimal(b []byte, scale int) (int64, bool) {
	n, ok := takeNumber(b)
	if !ok {
		return 0, false
	}
	var v int64
	for i := range len(n.whole) + n.exp + scale {
		d := n.digit(i)
		if v > (math.MaxInt64-d)/10 {
			return 0, false
		}
		v = v*10 + d
		if v == 0 && i > len(n.whole)+len(n.frac) {
			break // nothing but zeros
		}
	}
	if n.negative {
		v = -v
	}
	return v, true
}
