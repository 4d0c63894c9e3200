package tui

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// maxMarks is how many combining marks a letter may carry; more would paint over the lines around it.
const maxMarks = 4

// isPlain reports whether s is printable ASCII: one cell a byte and nothing to clean.
func isPlain(s string) bool {
	for i := range len(s) {
		if s[i] < 0x20 || s[i] > 0x7e {
			return false
		}
	}
	return true
}

// clean makes text from outside harmless: control characters become their pictures (␛), what else cannot be seen
// (bidirectional overrides, zero-width characters, unassigned ones) its number, broken UTF-8 the replacement character.
// What comes out holds no control character and has a width that terminals agree on.
func clean(s string) string {
	if isPlain(s) {
		return s
	}
	var b strings.Builder
	marks := 0
	for _, r := range s {
		switch {
		case r >= 0xFE00 && r <= 0xFE0F: // variation selectors: terminals disagree on what they do to the width
			continue
		case unicode.In(r, unicode.Mn, unicode.Me):
			if marks++; marks > maxMarks || b.Len() == 0 {
				continue
			}
		default:
			marks = 0
		}
		writeVisible(&b, r)
	}
	return b.String()
}

func writeVisible(b *strings.Builder, r rune) {
	switch {
	case r < 0x20:
		b.WriteRune(0x2400 + r)
	case r == 0x7f:
		b.WriteRune(0x2421)
	case r < 0xa0 && r > 0x7f:
		fmt.Fprintf(b, `\x%02x`, r)
	case unicode.Is(unicode.Zs, r):
		b.WriteByte(' ')
	case !unicode.IsGraphic(r):
		fmt.Fprintf(b, `\u{%X}`, r)
	default:
		b.WriteRune(r)
	}
}

// width is how many cells clean text takes.
func width(s string) int {
	if isPlain(s) {
		return len(s)
	}
	return ansi.StringWidth(s)
}

// appendCut appends clean text in at most w cells, ending in … if it was cut, and returns how many cells it took.
func appendCut(dst []byte, s string, w int) ([]byte, int) {
	if w <= 0 {
		return dst, 0
	}
	if isPlain(s) {
		if len(s) <= w {
			return append(dst, s...), len(s)
		}
		return append(append(dst, s[:w-1]...), "…"...), w
	}
	n := ansi.StringWidth(s)
	if n > w {
		s = ansi.Truncate(s, w, "…")
		n = ansi.StringWidth(s)
	}
	return append(dst, s...), n
}

// cut gives at most w cells of clean text.
func cut(s string, w int) string {
	b, _ := appendCut(nil, s, w)
	return string(b)
}

// head is the first part of a long text, at most n bytes and whole characters: enough for any screen, cheap to clean.
func head(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}
