package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// flatten makes cells of a JSON value in its order: nested objects as a.b, arrays and what is no object as their JSON. An
// object with a member whose name is no name of a field, such as {"5":1}, is a map: it has other members each time.
func flatten(v json.RawMessage) []cell { return flattenInto(nil, "", v) }

func flattenInto(cells []cell, path string, v json.RawMessage) []cell {
	dec := json.NewDecoder(bytes.NewReader(v))
	if open, err := dec.Token(); err != nil || open != json.Delim('{') {
		return append(cells, cell{path, scalarText(v)})
	}
	if path != "" && isMap(v) {
		return append(cells, cell{path, string(v)})
	}
	for dec.More() {
		name, err := dec.Token()
		if err != nil {
			return cells
		}
		var inner json.RawMessage
		if dec.Decode(&inner) != nil {
			return cells
		}
		at, _ := name.(string)
		if path != "" {
			at = path + "." + at
		}
		cells = flattenInto(cells, at, inner)
	}
	return cells
}

// isMap reports whether an object is none with fields.
func isMap(v json.RawMessage) bool {
	var members map[string]json.RawMessage
	if json.Unmarshal(v, &members) != nil {
		return true
	}
	for name := range members {
		if name == "" || !unicode.IsLetter(rune(name[0])) && name[0] != '_' && name[0] < utf8.RuneSelf {
			return true
		}
	}
	return len(members) == 0
}

// scalarText is a JSON string without its quotes, nothing for null, all else as it stands.
func scalarText(v json.RawMessage) string {
	var s string
	switch {
	case string(v) == "null":
		return ""
	case json.Unmarshal(v, &s) == nil:
		return s
	}
	return string(v)
}

// visible replaces what a terminal would obey, or what would hide text from its reader, by its code: control characters,
// escapes, marks of writing direction.
func visible(s string) string {
	if !strings.ContainsFunc(s, obeyed) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if obeyed(r) {
			fmt.Fprintf(&b, `\u%04x`, r)
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

func obeyed(r rune) bool {
	return unicode.IsControl(r) || r == unicode.ReplacementChar || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Zl, r) || unicode.Is(unicode.Zp, r)
}
