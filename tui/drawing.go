package tui

import (
	"strconv"
	"strings"
)

// stroke is one line of a drawing, in its parts.
type stroke struct {
	left, join, middle, fork, right string
}

func (s *stroke) paint(p *painter, look *theme) {
	p.put("", s.left)
	p.put(look.faint, s.join)
	p.put(look.title, s.middle)
	p.put(look.faint, s.fork)
	p.put("", s.right)
	p.end()
}

// draw shows a channel between its setters and getters (or a module between its channels), in at most h lines:
//
//	  Feed ──┬─▶ trades ──┬─▶ VWAP
//	↺ Back ──┘            └─▶ Print
func draw(w *wire, screen, h int) []stroke {
	const around = 16 // cells for lines and arrows
	name := cut(clean(w.name), screen/3)
	side := (screen - width(name) - around) / 2
	if h < 3 || side < 4 {
		return nil
	}
	left, right := fork{names: most(w.left(), h-2)}, fork{names: most(w.right(), h-2)}
	n := max(len(left.names), len(right.names), 1)
	left.place(n, side)
	right.place(n, side)
	lines := make([]stroke, n+2) // an empty one above and below
	for i := range n {
		s := &lines[i+1]
		item, here := left.at(i), i == left.center
		s.left = "  " + pad(left.width-width(item)) + item
		s.join = left.line(i, item != "", here, " ──", "─▶ ")
		s.middle = pad(width(name))
		if here {
			s.middle = name
		}
		item = right.at(i)
		s.fork = right.line(i, here, item != "", " ──", "─▶ ")
		s.right = item
	}
	return lines
}

// fork is the names on one side of a drawing and the line that joins them.
type fork struct {
	names          []string
	width          int
	first, center  int // line of the first name, and of what they are joined to
	lowest, uppest int // ends of the line that joins
}

// place puts the names in the middle of n lines, in at most w cells.
func (f *fork) place(n, w int) {
	for i, name := range f.names {
		f.names[i] = cut(clean(name), w)
		f.width = max(f.width, width(f.names[i]))
	}
	f.first, f.center = (n-len(f.names))/2, (n-1)/2
	f.uppest = min(f.first, f.center)
	f.lowest = max(f.first+len(f.names)-1, f.center)
}

// at is the name on line i, "" if there is none.
func (f *fork) at(i int) string {
	if i < f.first || i >= f.first+len(f.names) {
		return ""
	}
	return f.names[i-f.first]
}

// line is the joint on line i: what comes from the left, the corner, what goes on to the right.
func (f *fork) line(i int, fromLeft, toRight bool, in, out string) string {
	if len(f.names) == 0 {
		return ""
	}
	lead, tail := pad(len([]rune(in))), pad(len([]rune(out)))
	if fromLeft {
		lead = in
	}
	if toRight {
		tail = out
	}
	return lead + corner(fromLeft, toRight, i > f.uppest && i <= f.lowest, i < f.lowest && i >= f.uppest) + tail
}

// corner is the box character that reaches to these sides.
func corner(left, right, up, down bool) string {
	i := 0
	for bit, on := range [4]bool{left, right, up, down} {
		if on {
			i |= 1 << bit
		}
	}
	return [16]string{" ", "─", "─", "─", "│", "┘", "└", "┴", "│", "┐", "┌", "┬", "│", "┤", "├", "┼"}[i]
}

// most gives at most n names, the last saying how many more there are.
func most(names []string, n int) []string {
	if len(names) <= n {
		return append([]string(nil), names...)
	}
	out := append([]string(nil), names[:n-1]...)
	return append(out, "… "+strconv.Itoa(len(names)-n+1)+" more")
}

func pad(n int) string { return strings.Repeat(" ", max(n, 0)) }
