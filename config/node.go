package config

import (
	"slices"
	"strconv"
	"strings"
)

// A node is one value of a configuration: a map, a list or a scalar, with the place that it was written at.
type node struct {
	pos    Pos
	kind   kind
	value  any      // of a scalar: nil, bool, int64, float64 or string
	text   string   // of a scalar: as it was written
	items  []*node  // of a list
	fields []*field // of a map, in order
	quoted bool     // a scalar in quotes: text whatever it looks like
	secret bool     // it came from a secret, or from a variable that is named like one
	inFile bool     // a scalar that a file says itself, not by an interpolation
	stock  bool     // it belongs to the standard modules that are there to be referred to

	problem *Diagnostic // why its interpolation has no value; it then counts as reported
	unset   *unset      // what must be given before its interpolation has a value
}

// A field is one member of a map.
type field struct {
	key   string
	pos   Pos // of the key
	value *node
}

// unset is a value ??? and where it is.
type unset struct {
	path string
	pos  Pos
}

type kind uint8

const (
	scalar kind = iota
	list
	dict
)

// missing is the text of a value that must be given.
const missing = "???"

func newDict(pos Pos) *node { return &node{pos: pos, kind: dict} }

func newText(pos Pos, s string) *node { return &node{pos: pos, value: s, text: s} }

// get returns the value under a key, nil if there is none or n is no map.
func (n *node) get(key string) *node {
	if f := n.field(key); f != nil {
		return f.value
	}
	return nil
}

func (n *node) field(key string) *field {
	if n == nil || n.kind != dict {
		return nil
	}
	for _, f := range n.fields {
		if f.key == key {
			return f
		}
	}
	return nil
}

// set puts a value under a key, in the place of the one that is there.
func (n *node) set(key string, pos Pos, v *node) {
	if f := n.field(key); f != nil {
		f.value, f.pos = v, pos
		return
	}
	n.fields = append(n.fields, &field{key, pos, v})
}

// remove takes a key out and tells whether it was there.
func (n *node) remove(key string) bool {
	before := len(n.fields)
	n.fields = slices.DeleteFunc(n.fields, func(f *field) bool { return f.key == key })
	return len(n.fields) < before
}

func (n *node) keys() []string {
	keys := make([]string, len(n.fields))
	for i, f := range n.fields {
		keys[i] = f.key
	}
	return keys
}

// at follows a path of keys and list indexes, nil if it leads nowhere.
func (n *node) at(path []string) *node {
	for _, key := range path {
		switch {
		case n == nil:
			return nil
		case n.kind == list:
			i, err := strconv.Atoi(key)
			if err != nil || i < 0 || i >= len(n.items) {
				return nil
			}
			n = n.items[i]
		default:
			n = n.get(key)
		}
	}
	return n
}

// isNull tells whether n is absent or null.
func (n *node) isNull() bool { return n == nil || n.kind == scalar && n.value == nil }

// isMissing tells whether n must still be given.
func (n *node) isMissing() bool { return n != nil && n.kind == scalar && n.value == missing }

// clone copies n and all that is in it.
func (n *node) clone() *node {
	c := *n
	c.items, c.fields = nil, nil
	for _, item := range n.items {
		c.items = append(c.items, item.clone())
	}
	for _, f := range n.fields {
		c.fields = append(c.fields, &field{f.key, f.pos, f.value.clone()})
	}
	return &c
}

// merge lays over onto n: maps are merged key by key, anything else replaces what is there. over is not changed.
func (n *node) merge(over *node) {
	for _, f := range over.fields {
		if here := n.get(f.key); here != nil && here.kind == dict && f.value.kind == dict {
			here.pos, here.stock = f.value.pos, here.stock && f.value.stock
			here.merge(f.value)
			continue
		}
		n.set(f.key, f.pos, f.value.clone())
	}
}

// shown is n in an error: what it got, in quotes if it is text, and never a secret.
func (n *node) shown() string {
	switch {
	case n == nil:
		return "nothing"
	case n.secret:
		return "a secret"
	case n.kind == list:
		return "a list"
	case n.kind == dict:
		return "a map"
	case n.value == nil:
		return "null"
	}
	if s, ok := n.value.(string); ok {
		return strconv.Quote(clip(s))
	}
	return n.text
}

// walk calls f with n and everything in it, outermost first.
func (n *node) walk(path []string, f func(path []string, n *node)) {
	f(path, n)
	for i, item := range n.items {
		item.walk(append(slices.Clone(path), strconv.Itoa(i)), f)
	}
	for _, member := range n.fields {
		member.value.walk(append(slices.Clone(path), member.key), f)
	}
}

// dotted joins a path; parts that are empty or hold a dot are quoted.
func dotted(path []string) string {
	parts := slices.Clone(path)
	for i, p := range parts {
		if p == "" || strings.ContainsAny(p, ". \"") {
			parts[i] = strconv.Quote(p)
		}
	}
	return strings.Join(parts, ".")
}

// pathTo is the dotted path of what stands at keys and indexes below n, which stands at path.
func (n *node) pathTo(path string, at []string) string {
	for _, key := range at {
		if n.kind == list {
			i, _ := strconv.Atoi(key) // walk made it
			path = indexed(path, i)
		} else {
			path = under(path, key)
		}
		n = n.at([]string{key})
	}
	return path
}

// under adds a key to a dotted path.
func under(path, key string) string {
	if path == "" {
		return dotted([]string{key})
	}
	return path + "." + dotted([]string{key})
}
