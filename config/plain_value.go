package config

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"
)

// plain is n as Go values: nil, bool, int64, float64, string, []any and map[string]any.
func (n *node) plain() any {
	switch n.kind {
	case list:
		all := make([]any, len(n.items))
		for i, item := range n.items {
			all[i] = item.plain()
		}
		return all
	case dict:
		m := make(map[string]any, len(n.fields))
		for _, f := range n.fields {
			m[f.key] = f.value.plain()
		}
		return m
	}
	return n.value
}

// json is n as JSON, members in the order in which they were written. NaN and infinities, which JSON has not, are null.
func (n *node) json() []byte { return n.appendJSON(nil) }

func (n *node) appendJSON(b []byte) []byte {
	switch n.kind {
	case list:
		b = append(b, '[')
		for i, item := range n.items {
			if i > 0 {
				b = append(b, ',')
			}
			b = item.appendJSON(b)
		}
		return append(b, ']')
	case dict:
		b = append(b, '{')
		for i, f := range n.fields {
			if i > 0 {
				b = append(b, ',')
			}
			b = append(append(b, quoteJSON(f.key)...), ':')
			b = f.value.appendJSON(b)
		}
		return append(b, '}')
	}
	if f, ok := n.value.(float64); ok && (math.IsNaN(f) || math.IsInf(f, 0)) {
		return append(b, "null"...)
	}
	text, _ := json.Marshal(n.value) // a bool, a finite number or text
	return append(b, text...)
}

func quoteJSON(s string) string {
	text, _ := json.Marshal(s) // text always has a form
	return string(text)
}

// float is a scalar as a number; text that is one counts.
func (n *node) float() (float64, bool) {
	switch v := n.value.(type) {
	case int64:
		return float64(v), n.kind == scalar
	case float64:
		return v, n.kind == scalar
	case string:
		f, err := strconv.ParseFloat(strings.TrimSpace(v), 64)
		return f, err == nil && n.kind == scalar
	}
	return 0, false
}

func equalFold(a, b string) bool { return strings.EqualFold(a, b) }

// alternatives joins words as "a, b or c".
func alternatives(words []string) string {
	last := len(words) - 1
	if last < 1 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:last], ", ") + " or " + words[last]
}
