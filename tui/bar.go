package tui

import "strings"

// bar is one line of the chrome: pieces from the left, then perhaps one at the right edge. Text is cleaned and cut to
// what is left of the width.
type bar struct {
	width int
	used  int
	out   strings.Builder
}

func (b *bar) room() int { return b.width - b.used }

// add puts a piece after those that are there.
func (b *bar) add(with brush, text string) {
	text = cut(clean(head(text, 8*b.width)), b.room()-2*with.padding)
	if text == "" {
		return
	}
	b.out.WriteString(with.render(text))
	b.used += width(text) + 2*with.padding
}

// draw puts a drawing of the program's own, which is clean and takes n cells, if there is room for it.
func (b *bar) draw(with brush, drawing string, n int) {
	if n > 0 && n <= b.room() {
		b.out.WriteString(with.render(drawing))
		b.used += n
	}
}

// gap leaves n cells free.
func (b *bar) gap(n int) {
	n = min(n, b.room())
	b.out.WriteString(pad(n))
	b.used += max(n, 0)
}

// right puts a piece at the right edge, if there is room for it and a blank before it.
func (b *bar) right(with brush, text string) bool {
	text = clean(head(text, 8*b.width))
	n := width(text) + 2*with.padding
	if text == "" || n+1 > b.room() {
		return false
	}
	b.gap(b.room() - n)
	b.add(with, text)
	return true
}
