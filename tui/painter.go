package tui

import "strings"

// painter writes one screen, line by line, into a buffer that is used again for the next. Everything it writes is
// clean and inside the screen's width; whatever is beyond is cut.
type painter struct {
	buf   []byte
	width int
	col   int
	lines int
	base  style // when set, the look of everything in this line
}

// begin empties the painter for a screen of a width.
func (p *painter) begin(width int) {
	p.buf, p.width, p.col, p.lines, p.base = p.buf[:0], width, 0, 0, ""
}

// room is how many cells are left in the line.
func (p *painter) room() int { return p.width - p.col }

// put writes text where the line stands.
func (p *painter) put(st style, s string) { p.span(st, s, p.room()) }

// span writes text in at most w cells and returns how many it took.
func (p *painter) span(st style, s string, w int) int {
	s = clean(head(s, 8*p.width))
	if s == "" {
		return 0
	}
	st = p.on(st)
	var n int
	p.buf, n = appendCut(p.buf, s, min(w, p.room()))
	p.col += n
	p.off(st)
	return n
}

// cell writes text in exactly w cells, to the left or right of them.
func (p *painter) cell(st style, s string, w int, right bool) {
	w = min(w, p.room())
	if w <= 0 {
		return
	}
	if right {
		s = clean(head(s, 8*p.width))
		if n := width(s); n < w {
			p.gap(w - n)
			w = n
		}
	}
	p.gap(w - p.span(st, s, w))
}

// gap writes n blanks.
func (p *painter) gap(n int) {
	n = min(n, p.room())
	if n <= 0 {
		return
	}
	st := p.on("")
	for range n {
		p.buf = append(p.buf, ' ')
	}
	p.col += n
	p.off(st)
}

// right writes text at the end of the line, if there is room for it and a blank before it.
func (p *painter) right(st style, s string) bool {
	s = clean(head(s, 8*p.width))
	n := width(s)
	if n == 0 || n+1 > p.room() {
		return false
	}
	p.gap(p.room() - n)
	p.put(st, s)
	return true
}

// on turns a look on, unless the line has its own; off undoes what on returned.
func (p *painter) on(st style) style {
	if p.base != "" {
		return ""
	}
	p.buf = append(p.buf, st...)
	return st
}

func (p *painter) off(st style) {
	if st != "" {
		p.buf = append(p.buf, reset...)
	}
}

// mark gives the rest of the line one look, up to its end.
func (p *painter) mark(st style) {
	p.buf = append(p.buf, st...)
	p.base = st
}

// end finishes the line; a marked one is filled to the screen's edge.
func (p *painter) end() {
	if p.base != "" {
		p.gap(p.room())
		p.base = ""
		p.buf = append(p.buf, reset...)
	}
	p.buf = append(p.buf, '\n')
	p.col = 0
	p.lines++
}

// fillTo adds empty lines until there are n.
func (p *painter) fillTo(n int) {
	for p.lines < n {
		p.end()
	}
}

// screen is what was painted.
func (p *painter) screen() string {
	return strings.TrimSuffix(string(p.buf), "\n")
}
