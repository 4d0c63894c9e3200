package config

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// A valueError says what is wrong with the value of an override.
type valueError struct{ msg, hint string }

// valueParser reads the value of an override: a scalar, 'text', "text", [a,b] or {a:1,b:2}, nested as deep as one likes.
type valueParser struct {
	text  string
	at    int
	pos   Pos
	depth int
	err   *valueError
}

// parseValue reads the text behind the = of an override. Nothing is null; text without quotes may hold anything but a
// comma, and in a list or a map no bracket or colon either.
func parseValue(text string, pos Pos) (*node, *valueError) {
	p := &valueParser{text: text, pos: pos}
	v := p.value("")
	p.blanks()
	if p.err == nil && p.at < len(p.text) {
		hint := "put it in quotes if it is text"
		if p.text[p.at] == ',' {
			hint = "write [a,b] for a list; sweeps over several values are not supported"
		}
		p.fail(hint, "got %q behind the value", clip(p.text[p.at:]))
	}
	return v, p.err
}

func (p *valueParser) fail(hint, format string, args ...any) {
	if p.err == nil {
		p.err = &valueError{fmt.Sprintf(format, args...), hint}
	}
	p.at = len(p.text)
}

func (p *valueParser) blanks() {
	for p.at < len(p.text) && (p.text[p.at] == ' ' || p.text[p.at] == '\t') {
		p.at++
	}
}

func (p *valueParser) peek() byte {
	if p.at < len(p.text) {
		return p.text[p.at]
	}
	return 0
}

// value reads one value; text without quotes ends before one of stop.
func (p *valueParser) value(stop string) *node {
	p.blanks()
	if p.depth++; p.depth > maxDepth {
		p.fail("", "is nested too deeply (want at most %d levels)", maxDepth)
	}
	defer func() { p.depth-- }()
	switch p.peek() {
	case '[':
		return p.list()
	case '{':
		return p.dict()
	case '\'', '"':
		return p.quoted()
	}
	return p.bare(stop + ",")
}

func (p *valueParser) list() *node {
	l := &node{pos: p.pos, kind: list}
	p.at++
	for p.blanks(); p.peek() != ']'; p.blanks() {
		if p.at >= len(p.text) {
			p.fail("", "the list has no ]")
			return l
		}
		l.items = append(l.items, p.value("]"))
		if p.blanks(); p.peek() == ',' {
			p.at++
		} else if p.at >= len(p.text) {
			p.fail("", "the list has no ]")
			return l
		} else if p.peek() != ']' {
			p.fail("", "got %q in the list, want , or ]", clip(p.text[p.at:]))
			return l
		}
	}
	p.at++
	return l
}

func (p *valueParser) dict() *node {
	d := newDict(p.pos)
	p.at++
	for p.blanks(); p.peek() != '}'; p.blanks() {
		if p.at >= len(p.text) {
			p.fail("", "the map has no }")
			return d
		}
		key := p.value(":}")
		if p.blanks(); p.peek() != ':' {
			p.fail("write {key:value}", "got %q in the map, want key:value", clip(p.text[min(p.at, len(p.text)):]))
			return d
		}
		p.at++
		d.set(key.text, p.pos, p.value("}"))
		if p.blanks(); p.peek() == ',' {
			p.at++
		} else if p.peek() != '}' && p.at < len(p.text) {
			p.fail("", "got %q in the map, want , or }", clip(p.text[min(p.at, len(p.text)):]))
			return d
		}
	}
	p.at++
	return d
}

// quoted reads text in quotes; \ takes the sign of the quotes, or itself, literally.
func (p *valueParser) quoted() *node {
	quote := p.text[p.at]
	var b strings.Builder
	for p.at++; ; p.at++ {
		switch c := p.peek(); {
		case p.at >= len(p.text):
			p.fail("", "the text has no closing %c", quote)
			return newText(p.pos, "")
		case c == '\\' && p.at+1 < len(p.text) && (p.text[p.at+1] == quote || p.text[p.at+1] == '\\'):
			p.at++
			b.WriteByte(p.text[p.at])
		case c == quote:
			p.at++
			v := newText(p.pos, b.String())
			v.quoted = true
			return v
		default:
			b.WriteByte(c)
		}
	}
}

// bare reads text without quotes. ${...} belongs to it whatever stands in it.
func (p *valueParser) bare(stop string) *node {
	start := p.at
	for p.at < len(p.text) && strings.IndexByte(stop, p.text[p.at]) < 0 {
		if strings.HasPrefix(p.text[p.at:], "${") {
			end := closing(p.text, p.at)
			if end < 0 {
				p.fail("", "${ has no }")
				return newText(p.pos, "")
			}
			p.at = end
		}
		p.at++
	}
	s := strings.TrimSpace(p.text[start:min(p.at, len(p.text))])
	if !utf8.ValidString(s) {
		p.fail("", "is no UTF-8")
	}
	return &node{pos: p.pos, value: plain(s), text: s}
}

// closing returns where the } is that belongs to the ${ at start, -1 if there is none.
func closing(s string, start int) int {
	depth := 0
	for i := start; i < len(s); i++ {
		switch {
		case strings.HasPrefix(s[i:], "${"):
			depth++
			i++
		case s[i] == '{':
			depth++
		case s[i] == '}':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}
