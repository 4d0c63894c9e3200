package config

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/xrash/smetrics"
)

// Pos is the place of a value: a file with line and column, or the argument that set it. Lines and columns count
// from 1; 0 means the whole of File.
type Pos struct {
	File      string
	Line, Col int
}

// String returns "file:line:col".
func (p Pos) String() string {
	if p.Line == 0 {
		return p.File
	}
	return p.File + ":" + strconv.Itoa(p.Line) + ":" + strconv.Itoa(p.Col)
}

// Diagnostic is one thing wrong with a configuration.
type Diagnostic struct {
	Pos Pos
	// Path is the dotted path of the key, "" where no key is concerned.
	Path string
	// Msg says what is wrong, what it got and what it wants.
	Msg string
	// Hint says what to do, "" if Msg does already.
	Hint string
}

// String returns "file:line:col: key.path: what is wrong", without the hint.
func (d Diagnostic) String() string {
	var parts []string
	for _, part := range []string{d.Pos.String(), d.Path, d.Msg} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, ": ")
}

// Diagnostics is everything wrong with a configuration, in the order of its files and lines. It is an error.
type Diagnostics []Diagnostic

// Error returns one line for each, with its hint in brackets.
func (ds Diagnostics) Error() string {
	lines := make([]string, len(ds))
	for i, d := range ds {
		lines[i] = d.String()
		if d.Hint != "" {
			lines[i] += " (" + d.Hint + ")"
		}
	}
	return strings.Join(lines, "\n")
}

// err returns ds as an error, sorted and without repetitions; nil if there is none.
func (ds Diagnostics) err() error {
	if len(ds) == 0 {
		return nil
	}
	slices.SortStableFunc(ds, func(a, b Diagnostic) int {
		return cmp.Or(cmp.Compare(a.Pos.File, b.Pos.File), cmp.Compare(a.Pos.Line, b.Pos.Line), cmp.Compare(a.Pos.Col, b.Pos.Col))
	})
	return slices.Compact(ds)
}

// report collects diagnostics.
type report struct{ found Diagnostics }

// add notes what is wrong with the value n under path.
func (r *report) add(n *node, path, hint, format string, args ...any) {
	r.at(n.pos, path, hint, format, args...)
}

func (r *report) at(pos Pos, path, hint, format string, args ...any) {
	r.found = append(r.found, Diagnostic{Pos: pos, Path: path, Msg: fmt.Sprintf(format, args...), Hint: hint})
}

// didYouMean is the hint that names the nearest of the known words, or all of them if they are few and none is near.
func didYouMean(word string, known []string) string {
	if hint := suggestion(word, known); hint != "" {
		return hint
	}
	if len(known) == 0 || len(known) > 24 {
		return ""
	}
	return "there are " + strings.Join(known, ", ")
}

// suggestion is the hint that names the nearest of the known words, "" if none is near.
func suggestion(word string, known []string) string {
	if near := nearest(word, known); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	return ""
}

// nearest returns the known word that is most likely meant, "" if none is.
func nearest(word string, known []string) string {
	best, distance := "", 1+(len(word)+1)/5
	for _, k := range known {
		if d := smetrics.WagnerFischer(strings.ToLower(word), strings.ToLower(k), 1, 1, 1); d < distance || d == distance && best == "" {
			best, distance = k, d
		}
	}
	if distance >= len(word) {
		return ""
	}
	return best
}

// clip cuts a quoted value at 80 bytes.
func clip(s string) string {
	if len(s) > 80 {
		return strings.ToValidUTF8(s[:80], "") + "…"
	}
	return s
}
