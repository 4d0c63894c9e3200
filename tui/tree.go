package tui

import (
	"strconv"

	"github.com/valyala/fastjson"
)

// foldFrom is the number of parts from which a list starts closed.
const foldFrom = 50

// branch is a value of a JSON tree.
type branch struct {
	name  string // field name or [index]; "" for the root
	value *fastjson.Value
	up    *branch
	depth int
	open  bool
	parts []*branch // made when first opened
}

// isContainer reports whether there is something in it to open.
func (b *branch) isContainer() bool { return b.size() > 0 }

// size is the number of parts.
func (b *branch) size() int {
	switch b.value.Type() {
	case fastjson.TypeObject:
		o, _ := b.value.Object()
		return o.Len()
	case fastjson.TypeArray:
		a, _ := b.value.Array()
		return len(a)
	}
	return 0
}

// unfold opens it, and what is in it unless that is much.
func (b *branch) unfold() {
	b.open = true
	if b.parts != nil {
		return
	}
	part := func(name string, v *fastjson.Value) {
		kid := &branch{name: name, value: v, up: b, depth: b.depth + 1}
		b.parts = append(b.parts, kid)
	}
	switch b.value.Type() {
	case fastjson.TypeObject:
		o, _ := b.value.Object()
		o.Visit(func(key []byte, v *fastjson.Value) { part(string(key), v) })
	case fastjson.TypeArray:
		a, _ := b.value.Array()
		for i, v := range a {
			part("["+strconv.Itoa(i)+"]", v)
		}
	}
	for _, kid := range b.parts {
		if n := kid.size(); n > 0 && n < foldFrom && len(b.parts) < foldFrom && kid.depth < 6 {
			kid.unfold()
		}
	}
}

// lines appends the branch and what is open in it.
func (b *branch) lines(to []*branch) []*branch {
	to = append(to, b)
	if b.open {
		for _, kid := range b.parts {
			to = kid.lines(to)
		}
	}
	return to
}

// json is the branch's value as JSON.
func (b *branch) json() string { return string(b.value.MarshalTo(nil)) }

// paint draws the branch as a line.
func (b *branch) paint(p *painter, look *theme, marked bool) {
	if marked {
		p.mark(look.selected)
		p.put("", "›")
	}
	p.gap(1 + 2*min(b.depth, p.width/4) - p.col)
	sign := "  "
	switch {
	case b.isContainer() && b.open:
		sign = "▾ "
	case b.isContainer():
		sign = "▸ "
	}
	p.put(look.accent, sign)
	if b.name != "" {
		p.put(look.bold, b.name)
		p.put(look.faint, ": ")
	}
	b.paintValue(p, look)
	p.end()
}

func (b *branch) paintValue(p *painter, look *theme) {
	n := strconv.Itoa(b.size())
	switch b.value.Type() {
	case fastjson.TypeObject:
		p.put(look.faint, "{"+n+"}")
	case fastjson.TypeArray:
		p.put(look.faint, "["+n+"]")
	case fastjson.TypeNumber:
		p.put(look.number, b.json())
	case fastjson.TypeString:
		p.put(look.text, `"`+scalar(b.value)+`"`)
	default:
		p.put(look.word, b.json())
	}
}
