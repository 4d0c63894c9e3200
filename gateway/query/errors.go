package query

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Reason says why a query has no answer.
type Reason uint8

// The reasons: the SQL is wrong or not allowed; the query, its tables or its answer are larger than the limits; it was
// not done by the deadline; too many others run and wait; this program cannot run queries.
const (
	Refused Reason = iota
	TooLarge
	TooLate
	Busy
	Unable
)

// Error is why a query has no answer, in words for who asked. Position is where in the SQL, in bytes from 0, and less
// than 0 if it is no place.
type Error struct {
	Reason   Reason
	Msg      string
	Position int
}

// Error returns the message.
func (e *Error) Error() string { return e.Msg }

func refuse(position int, format string, args ...any) *Error {
	return &Error{Refused, fmt.Sprintf(format, args...), position}
}

func fail(why Reason, format string, args ...any) *Error {
	return &Error{why, fmt.Sprintf(format, args...), -1}
}

// In returns the message and the place in sql that it is about, by line and column from 1.
func (e *Error) In(sql string) string {
	if e.Position < 0 || e.Position > len(sql) {
		return e.Msg
	}
	before := sql[:e.Position]
	line := 1 + strings.Count(before, "\n")
	column := 1 + utf8.RuneCountInString(before[strings.LastIndexByte(before, '\n')+1:])
	return fmt.Sprintf("%s (line %d, column %d)", e.Msg, line, column)
}
