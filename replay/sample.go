package replay

import "strings"

const (
	sampleBytes = 4 << 20 // of a file that are looked at before its passes
	sampleRows  = 2000    // of them that decide on fields
)

// sample is the start of a file: rows that are objects, taken apart, and the times that stand before them.
type sample struct {
	rows     [][]member
	prefixes [][]byte
	firstBad row // the first row that is no object, for the message if all are
}

// takeSample reads rows until there are enough.
func takeSample(rows rowReader, f format) *sample {
	s := &sample{}
	for len(s.rows) < sampleRows {
		var r row
		if rows.next(&r) != nil {
			break
		}
		if r.bad == skipBlank {
			continue
		}
		if !s.take(&r, f) && s.firstBad.line == 0 {
			s.firstBad = row{line: r.line, text: append([]byte(nil), r.text...)}
		}
	}
	return s
}

func (s *sample) take(r *row, f format) bool {
	if r.bad != "" {
		return false
	}
	text := append([]byte(nil), r.text...)
	var at []byte
	if f == formatPrefix {
		var ok bool
		if at, text, ok = splitPrefix(trimBlanks(text)); !ok {
			return false
		}
	}
	ms, err := objectOrFinite(text, []member{})
	if err != nil {
		return false
	}
	s.rows = append(s.rows, ms)
	s.prefixes = append(s.prefixes, at)
	return true
}

// objectOrFinite is object for rows that may hold NaN and Infinity.
func objectOrFinite(text []byte, dst []member) ([]member, error) {
	ms, err := object(text, dst)
	if err == nil {
		return ms, nil
	}
	if plain, ok := finite(text); ok {
		return object(plain, dst[:0])
	}
	return ms, err
}

// field is what the sample knows of one field, at the top or one object deep.
type field struct {
	path   string
	depth  int
	tokens [][]byte // values that are texts or numbers
	row    []int    // where each stands
}

// fields lists the fields of the sample in the order of first sight.
func (s *sample) fields() []*field {
	var list []*field
	byPath := map[string]*field{}
	add := func(path string, depth, row int, value []byte) {
		f := byPath[path]
		if f == nil {
			if len(list) >= 4096 {
				return
			}
			f = &field{path: path, depth: depth}
			byPath[path] = f
			list = append(list, f)
		}
		if !isNull(value) && (value[0] == '"' || value[0] == '-' || isDigit(value[0])) {
			f.tokens = append(f.tokens, value)
			f.row = append(f.row, row)
		}
	}
	for i, ms := range s.rows {
		for _, m := range ms {
			name := string(unescape(m.key))
			add(name, 1, i, m.value)
			if m.value[0] != '{' || strings.Contains(name, ".") {
				continue
			}
			inner, _ := object(m.value, []member{})
			for _, n := range inner {
				add(name+"."+string(unescape(n.key)), 2, i, n.value)
			}
		}
	}
	return list
}
