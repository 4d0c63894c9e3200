package replay

import (
	"fmt"
	"strings"
)

// InputError says why a recording cannot be replayed: one sentence with the place, what is wrong and what to do.
type InputError struct {
	// Path is the file, Line the line in it, counted from 1; 0 means the whole file.
	Path string
	Line int
	// What is wrong.
	What string
	// Do is what the user can do about it.
	Do string
	// Err is the cause, if there is one; it is part of What already.
	Err error
}

// Error returns "path:line: what; do".
func (e *InputError) Error() string {
	var b strings.Builder
	b.WriteString(e.Path)
	if e.Line > 0 {
		fmt.Fprintf(&b, ":%d", e.Line)
	}
	b.WriteString(": " + e.What)
	if e.Do != "" {
		b.WriteString("; " + e.Do)
	}
	return b.String()
}

// Unwrap returns the cause.
func (e *InputError) Unwrap() error { return e.Err }

// MapError says what is wrong with Options.Map.
type MapError struct {
	// Entry is the part of the text that is wrong.
	Entry string
	// What is wrong with it and what is accepted.
	What string
}

// Error returns `map: "entry": what`.
func (e *MapError) Error() string { return fmt.Sprintf("map: %q: %s", clip(e.Entry), e.What) }

// clip cuts a text of the user's so that a message stays one line.
func clip(s string) string { return clipTo(s, 80) }

func clipTo(s string, n int) string {
	if len(s) > n {
		s = strings.ToValidUTF8(s[:n], "") + "..."
	}
	return s
}

// The reasons for which a row becomes no tick, as Summary counts them.
const (
	skipBlank     = "blank"
	skipNotJSON   = "not json"
	skipTorn      = "torn line"
	skipNotObject = "not an object"
	skipNoTime    = "no time"
	skipBadTime   = "bad time"
	skipWrongType = "wrong type"
	skipNoTick    = "no tick"
	skipTooLong   = "too long"
	skipCells     = "wrong number of cells"
	skipTruncated = "truncated"
	skipCorrupt   = "corrupt"
)
