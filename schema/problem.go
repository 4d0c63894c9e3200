package schema

import (
	"encoding/json"
	"fmt"
	"strings"
)

// Problem is one thing wrong with an input, in the shape clients of the API know (a 422 "detail" entry).
type Problem struct {
	// Type is the machine's word for it, e.g. "int_parsing".
	Type string `json:"type"`
	// Loc is the path to it: the caller's prefix, then field names and list indexes.
	Loc []any `json:"loc"`
	// Msg is the text for people.
	Msg string `json:"msg"`
	// Input is what was given, ready for encoding/json.
	Input any `json:"input"`
	// Ctx holds further facts of the type, e.g. {"le": 127}.
	Ctx map[string]any `json:"ctx,omitempty"`
}

// String returns the problem as `body.0.x: MSG (got INPUT)`; the input is cut at 80 bytes.
func (p Problem) String() string {
	var b strings.Builder
	for i, l := range p.Loc {
		if i > 0 {
			b.WriteByte('.')
		}
		fmt.Fprint(&b, l)
	}
	if b.Len() > 0 {
		b.WriteString(": ")
	}
	b.WriteString(p.Msg)
	if in, err := json.Marshal(p.Input); err == nil && p.Type != "json_invalid" {
		b.WriteString(" (got " + cut(string(in), 80) + ")")
	}
	return b.String()
}

func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return strings.ToValidUTF8(s[:n], "") + "..."
}

// Problems is every problem of one input. It is an error; take Err to get a nil error from an empty list.
type Problems []Problem

var _ error = Problems(nil)

// Error returns the problems joined by "; ".
func (p Problems) Error() string {
	texts := make([]string, len(p))
	for i := range p {
		texts[i] = p[i].String()
	}
	return strings.Join(texts, "; ")
}

// Err returns p as an error, nil if there is no problem.
func (p Problems) Err() error {
	if len(p) == 0 {
		return nil
	}
	return p
}
