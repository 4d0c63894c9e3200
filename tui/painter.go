package tui

import "strings"

// painter writes the lines of a screen or of a page into a buffer that is used again for the next. Everything it writes
// is clean and inside its width; whatever is beyond is cut.
type painter struct {
	buf   []byte
	width int
	col   int
	lines int
	base  style // when set, the ground of everything in this line
	begun bool  // this line has its left edge

	edge, bar     string // what is left and right of each line, and right of those in thumb; "" for none
	thumb, thumbs int    // lines that show which part of a list is in sight
}

// begin empties the painter for lines of a width, without edges.
func (p *painter) begin(width int) {
	*p = painter{buf: p.buf[:0], width: width}
}

// room is how many cells are left in the line.
func (p *painter) room() int { return p.width - p.col }

// put writes text where the line stands.
func (p *painter) put(st style, s string) { p.span(st, s, p.room()) }

// span writes text in at most w cells and returns how many it took.
func (p *painter) span(st style, s string, w int) int {
	p.start()
	s = clean(head(s, 8*p.width))
	if s == "" {
		return 0
	}
	p.on(st)
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
	p.start()
	n = min(n, p.room())
	for range n {
		p.buf = append(p.buf, ' ')
	}
	p.col += max(n, 0)
}

// rule draws n cells of a line.
func (p *painter) rule(st style, cell string, n int) {
	p.start()
	n = max(min(n, p.room()), 0)
	p.on(st)
	for range n {
		p.buf = append(p.buf, cell...)
	}
	p.col += n
	p.off(st)
}

// on turns a look on; off goes back to that of the line.
func (p *painter) on(st style) { p.buf = append(p.buf, st...) }

func (p *painter) off(st style) {
	if st != "" {
		p.buf = append(append(p.buf, reset...), p.base...)
	}
}

// mark gives the rest of the line a ground, up to its end.
func (p *painter) mark(st style) {
	p.start()
	p.buf = append(p.buf, st...)
	p.base = st
}

// start writes the line's left edge.
func (p *painter) start() {
	if !p.begun {
		p.begun = true
		p.buf = append(p.buf, p.edge...)
	}
}

// end finishes the line; one with a ground or edges is filled.
func (p *painter) end() {
	p.start()
	if p.base != "" || p.edge != "" {
		p.gap(p.room())
	}
	if p.base != "" {
		p.base = ""
		p.buf = append(p.buf, reset...)
	}
	right := p.edge
	if p.lines >= p.thumb && p.lines < p.thumbs {
		right = p.bar
	}
	p.buf = append(append(p.buf, right...), '\n')
	p.col, p.begun = 0, false
	p.lines++
}

// line writes a whole line that is ready.
func (p *painter) line(s string) {
	p.buf = append(append(p.buf, s...), '\n')
	p.lines++
}

// fillTo adds empty lines until there are n.
func (p *painter) fillTo(n int) {
	for p.lines < n {
		p.end()
	}
}

// scrolled shows at the right edge of the next h lines which part of n is in sight.
func (p *painter) scrolled(from, to, n, h int) {
	if p.edge == "" || n <= to-from || h < 2 {
		return
	}
	size := max(h*(to-from)/n, 1)
	at := 0
	if rest := n - (to - from); rest > 0 {
		at = from * (h - size) / rest
	}
	p.thumb, p.thumbs = p.lines+at, p.lines+at+size
}

// screen is what was painted.
func (p *painter) screen() string {
	return strings.TrimSuffix(string(p.buf), "\n")
}
