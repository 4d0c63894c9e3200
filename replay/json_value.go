package replay

import "bytes"

// skipValue returns where the value that starts at i ends.
func skipValue(b []byte, i, depth int) (int, error) {
	if i == len(b) {
		return i, errTorn
	}
	if depth > maxDepth {
		return i, errSyntax
	}
	switch b[i] {
	case '{':
		_, j, err := members(b, i, depth, nil)
		return j, err
	case '[':
		return skipArray(b, i, depth)
	case '"':
		_, j, err := stringAt(b, i)
		return j, err
	case 't':
		return word(b, i, "true")
	case 'f':
		return word(b, i, "false")
	case 'n':
		return word(b, i, "null")
	default:
		return numberEnd(b, i)
	}
}

func skipArray(b []byte, i, depth int) (int, error) {
	i = skipBlanks(b, i+1)
	if i < len(b) && b[i] == ']' {
		return i + 1, nil
	}
	for {
		j, err := skipValue(b, i, depth+1)
		if err != nil {
			return j, err
		}
		i = skipBlanks(b, j)
		switch {
		case i == len(b):
			return i, errTorn
		case b[i] == ']':
			return i + 1, nil
		case b[i] != ',':
			return i, errSyntax
		}
		i = skipBlanks(b, i+1)
	}
}

// stringAt reads the string that starts at i and returns it without quotes, escapes as they are.
func stringAt(b []byte, i int) (s []byte, end int, err error) {
	if i >= len(b) {
		return nil, len(b), errTorn
	}
	if b[i] != '"' {
		return nil, i, errSyntax
	}
	for j := i + 1; j < len(b); j++ {
		switch c := b[j]; {
		case c == '"':
			return b[i+1 : j], j + 1, nil
		case c == '\\':
			if j, err = escapeEnd(b, j+1); err != nil {
				return nil, j, err
			}
		case c < ' ':
			return nil, j, errSyntax
		}
	}
	return nil, len(b), errTorn
}

// escapeEnd checks the escape whose letter is at i and returns the index of its last byte.
func escapeEnd(b []byte, i int) (int, error) {
	if i >= len(b) {
		return i, errTorn
	}
	switch b[i] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return i, nil
	case 'u':
	default:
		return i, errSyntax
	}
	for n := range 4 {
		if i++; i >= len(b) {
			return i, errTorn
		}
		if c := b[i] | 0x20; !isDigit(b[i]) && (c < 'a' || c > 'f') {
			return i - n, errSyntax
		}
	}
	return i, nil
}

func word(b []byte, i int, w string) (int, error) {
	rest := b[i:]
	if len(rest) >= len(w) && string(rest[:len(w)]) == w {
		return i + len(w), nil
	}
	if len(rest) < len(w) && string(rest) == w[:len(rest)] {
		return len(b), errTorn
	}
	return i, errSyntax
}

// numberEnd checks the number that starts at i against JSON's grammar.
func numberEnd(b []byte, i int) (int, error) {
	j := i
	if b[j] == '-' {
		j++
	}
	whole, rest := takeDigits(b[j:])
	switch {
	case len(whole) == 0 && len(rest) == 0:
		return len(b), errTorn
	case len(whole) == 0, len(whole) > 1 && whole[0] == '0':
		return j, errSyntax
	}
	j += len(whole)
	if j < len(b) && b[j] == '.' {
		n, err := digitsEnd(b, j+1)
		if err != nil {
			return n, err
		}
		j = n
	}
	if j < len(b) && (b[j] == 'e' || b[j] == 'E') {
		j++
		if j < len(b) && (b[j] == '+' || b[j] == '-') {
			j++
		}
		return digitsEnd(b, j)
	}
	return j, nil
}

func digitsEnd(b []byte, i int) (int, error) {
	d, rest := takeDigits(b[i:])
	if len(d) > 0 {
		return i + len(d), nil
	}
	if len(rest) == 0 {
		return len(b), errTorn
	}
	return i, errSyntax
}

// finite returns text with the numbers that JSON does not have but Python writes (NaN, Infinity, -Infinity) replaced by
// null, and whether there was one.
func finite(text []byte) ([]byte, bool) {
	var out []byte
	from := 0
	for i := 0; i < len(text); {
		if text[i] == '"' {
			_, j, _ := stringAt(text, i)
			i = max(j, i+1)
			continue
		}
		n := 0
		for _, w := range []string{"NaN", "Infinity", "-Infinity"} {
			if bytes.HasPrefix(text[i:], []byte(w)) {
				n = len(w)
			}
		}
		if n == 0 {
			i++
			continue
		}
		out = append(append(out, text[from:i]...), "null"...)
		i += n
		from = i
	}
	return append(out, text[from:]...), from > 0
}
