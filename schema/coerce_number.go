package schema

import (
	"bytes"
	"math"
	"strconv"
	"unicode"
)

func intType() *fault { return &fault{kind: "int_type", msg: "Input should be a valid integer"} }
func intParsing() *fault {
	return &fault{kind: "int_parsing", msg: "Input should be a valid integer, unable to parse string as an integer"}
}
func intSize() *fault {
	return &fault{kind: "int_parsing_size", msg: "Unable to parse input string as an integer, exceeded maximum size"}
}

// intOf reads t as an integer.
func intOf(t token) (int64, *fault) {
	switch t.kind {
	case tokInt:
		if n, ok := parseInt(t.text); ok {
			return n, nil
		}
		return 0, intSize()
	case tokFloat:
		return intOfFloat(t.text)
	case tokString:
		return intOfText(t.text)
	case tokTrue:
		return 1, nil
	case tokFalse:
		return 0, nil
	}
	return 0, intType()
}

func intOfFloat(text []byte) (int64, *fault) {
	x := parseFloat(text)
	switch {
	case math.IsNaN(x) || math.IsInf(x, 0):
		return 0, &fault{kind: "finite_number", msg: "Input should be a finite number"}
	case x != math.Trunc(x):
		return 0, &fault{kind: "int_from_float", msg: "Input should be a valid integer, got a number with a fractional part"}
	case x < -(1<<63) || x >= 1<<63:
		return 0, intSize()
	}
	return int64(x), nil
}

// intOfText reads white space, sign, digits with single underscores between them, and a fraction of zeros.
func intOfText(text []byte) (int64, *fault) {
	text = bytes.TrimFunc(text, unicode.IsSpace)
	sign := text
	if len(text) > 0 && (text[0] == '+' || text[0] == '-') {
		text = text[1:]
	}
	digits, fraction, point := bytes.Cut(text, []byte{'.'})
	if point && (len(fraction) == 0 || len(bytes.Trim(fraction, "0")) > 0) {
		return 0, intParsing()
	}
	digits, ok := withoutUnderscores(digits)
	if !ok {
		return 0, intParsing()
	}
	for _, c := range digits {
		if c < '0' || c > '9' {
			return 0, intParsing()
		}
	}
	for len(digits) > 1 && digits[0] == '0' {
		digits = digits[1:]
	}
	if sign[0] == '-' {
		digits = append([]byte{'-'}, digits...)
	}
	n, ok := parseInt(digits)
	if !ok {
		return 0, intSize()
	}
	return n, nil
}

// withoutUnderscores removes single underscores between other bytes; ok is false for any other underscore and
// for empty text.
func withoutUnderscores(text []byte) ([]byte, bool) {
	if len(text) == 0 || text[0] == '_' || text[len(text)-1] == '_' || bytes.Contains(text, []byte("__")) {
		return nil, false
	}
	if bytes.IndexByte(text, '_') < 0 {
		return text, true
	}
	return bytes.ReplaceAll(text, []byte{'_'}, nil), true
}

// floatOf reads t as a number.
func floatOf(t token) (float64, *fault) {
	switch t.kind {
	case tokInt, tokFloat:
		return parseFloat(t.text), nil
	case tokTrue:
		return 1, nil
	case tokFalse:
		return 0, nil
	case tokString:
		if x, ok := floatOfText(t.text); ok {
			return x, nil
		}
		return 0, &fault{kind: "float_parsing", msg: "Input should be a valid number, unable to parse string as a number"}
	}
	return 0, &fault{kind: "float_type", msg: "Input should be a valid number"}
}

// floatOfText reads a number as people write it: white space around, a sign, underscores between digits, and the
// words nan, inf and infinity in any case.
func floatOfText(text []byte) (float64, bool) {
	text, ok := withoutUnderscores(bytes.TrimFunc(text, unicode.IsSpace))
	if !ok || bytes.ContainsAny(text, "xXpP") {
		return 0, false
	}
	if len(text) == 4 && (text[0] == '-' || text[0] == '+') && bytes.EqualFold(text[1:], []byte("nan")) {
		return math.NaN(), true
	}
	x, err := strconv.ParseFloat(viewString(text), 64)
	return x, err == nil || math.IsInf(x, 0)
}

// parseFloat reads a number of JSON; one too big is infinite.
func parseFloat(text []byte) float64 {
	if len(text) < 16 {
		if n, ok := parseInt(text); ok && (n != 0 || text[0] != '-') {
			return float64(n)
		}
	}
	x, _ := strconv.ParseFloat(viewString(text), 64)
	return x
}

func boolOf(t token) (bool, *fault) {
	switch t.kind {
	case tokTrue:
		return true, nil
	case tokFalse:
		return false, nil
	case tokInt:
		if n, ok := parseInt(t.text); ok && (n == 0 || n == 1) {
			return n == 1, nil
		}
	case tokFloat:
		if x := parseFloat(t.text); x == 0 || x == 1 {
			return x == 1, nil
		}
		return false, boolType()
	case tokString:
		if b, ok := boolOfText(t.text); ok {
			return b, nil
		}
	default:
		return false, boolType()
	}
	return false, &fault{kind: "bool_parsing", msg: "Input should be a valid boolean, unable to interpret input"}
}

func boolType() *fault { return &fault{kind: "bool_type", msg: "Input should be a valid boolean"} }

func boolOfText(text []byte) (value, ok bool) {
	if len(text) > 5 {
		return false, false
	}
	switch string(bytes.ToLower(text)) {
	case "true", "yes", "on", "1", "t", "y":
		return true, true
	case "false", "no", "off", "0", "f", "n":
		return false, true
	}
	return false, false
}

// textOf reads t as a text: numbers become what Python's str makes of them.
func textOf(t token) (string, *fault) {
	switch t.kind {
	case tokString:
		return string(t.text), nil
	case tokInt:
		if string(t.text) == "-0" {
			return "0", nil
		}
		return string(t.text), nil
	case tokFloat:
		return pythonFloat(parseFloat(t.text)), nil
	}
	return "", &fault{kind: "string_type", msg: "Input should be a valid string"}
}
