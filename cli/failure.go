package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"gw/config"
)

// Exit codes of every command.
const (
	exitDone        = 0
	exitNo          = 1
	exitUsage       = 2
	exitInput       = 3
	exitReach       = 4
	exitRun         = 5
	exitInterrupted = 130
)

// A failure is why a command ends with another exit code than 0: what went wrong, where, and what to do about it.
type failure struct {
	code int
	err  error
	hint string
}

// Error gives the sentence without the hint.
func (f *failure) Error() string { return f.err.Error() }

// Unwrap gives the cause.
func (f *failure) Unwrap() error { return f.err }

func usage(hint, format string, args ...any) *failure {
	return &failure{exitUsage, fmt.Errorf(format, args...), hint}
}

// asFailure gives err's exit code: its own, 130 for an interrupt, otherwise code.
func asFailure(err error, code int, hint string) error {
	var known *failure
	switch {
	case err == nil:
		return nil
	case errors.As(err, &known):
		return known
	case errors.Is(err, context.Canceled):
		return &failure{exitInterrupted, errors.New("interrupted before it was done"), ""}
	}
	return &failure{code, err, hint}
}

// report writes err the way every command does and returns its exit code.
func report(w io.Writer, name string, err error) int {
	if err == nil {
		return exitDone
	}
	f := &failure{exitUsage, err, ""}
	errors.As(err, &f)
	var wrong config.Diagnostics
	if errors.As(err, &wrong) {
		reportAll(w, name, wrong)
		return f.code
	}
	fmt.Fprintf(w, "%s: %s\n", name, oneLine(f.Error()))
	if f.hint != "" {
		fmt.Fprintf(w, "%s: hint: %s\n", name, oneLine(f.hint))
	}
	return f.code
}

// reportAll writes everything that is wrong with a configuration, each with its hint.
func reportAll(w io.Writer, name string, wrong config.Diagnostics) {
	for _, d := range wrong {
		fmt.Fprintf(w, "%s: %s\n", name, oneLine(d.String()))
		if d.Hint != "" {
			fmt.Fprintf(w, "%s: hint: %s\n", name, oneLine(d.Hint))
		}
	}
}

// oneLine keeps an error on one line: causes joined by line breaks become one sentence.
func oneLine(s string) string {
	return printable(strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == '\n' || r == '\r' }), "; "))
}

// printable escapes what a terminal would obey or hide. Texts of a recording, a file's name, or the user come through it.
func printable(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '\n' || strconv.IsPrint(r):
			b.WriteRune(r)
		case r == '\t':
			b.WriteByte(' ')
		default:
			escaped := strconv.QuoteRune(r)
			b.WriteString(escaped[1 : len(escaped)-1])
		}
	}
	return b.String()
}
