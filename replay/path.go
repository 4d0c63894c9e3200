package replay

import "strings"

// path is where a field stands in a row: one name, or names of nested objects. A dot in a name at the top wins over
// nesting.
type path struct {
	text  string
	names []string
}

func newPath(text string) path {
	if text == "" {
		return path{}
	}
	return path{text: text, names: strings.Split(text, ".")}
}

func (p path) empty() bool { return p.text == "" }

// last returns the innermost name.
func (p path) last() string { return p.names[len(p.names)-1] }

// in returns the value at the path in an object taken apart; nil if there is none.
func (p path) in(ms []member) []byte {
	if p.empty() {
		return nil
	}
	if v := find(ms, p.text); v != nil || len(p.names) == 1 {
		return v
	}
	v := find(ms, p.names[0])
	for _, name := range p.names[1:] {
		if len(v) == 0 || v[0] != '{' {
			return nil
		}
		inner, err := object(v, make([]member, 0, 16))
		if err != nil {
			return nil
		}
		v = find(inner, name)
	}
	return v
}

// isNull reports whether there is no value: no member, null or an empty text.
func isNull(token []byte) bool {
	return len(token) == 0 || string(token) == "null" || string(token) == `""`
}
