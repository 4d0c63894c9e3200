package config

import (
	"fmt"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"
)

// mapping reads a map. Merge keys (<<) come first and are overridden by the keys beside them.
func (p *yamlParser) mapping(values []*ast.MappingValueNode, path string, depth int) *node {
	m := newDict(Pos{File: p.file})
	for i, v := range values {
		key, pos := p.key(v.Key)
		if i == 0 {
			m.pos = pos
		}
		if v.Key.IsMergeKey() {
			p.mergeInto(m, p.node(v.Value, path, depth+1), path)
			continue
		}
		at := under(path, key)
		value := p.node(v.Value, at, depth+1)
		if value.pos.Line == 0 {
			value.pos = pos
		}
		if secretName(key) {
			value.walk(nil, func(_ []string, n *node) { n.secret = true })
		}
		m.set(key, pos, value)
	}
	return m
}

// key reads the key of a member; anything but a scalar is taken as its text.
func (p *yamlParser) key(k ast.MapKeyNode) (string, Pos) {
	pos := p.pos(k.GetToken())
	switch k := k.(type) {
	case *ast.StringNode:
		return k.Value, pos
	case ast.ScalarNode:
		return k.GetToken().Value, pos
	case *ast.MappingKeyNode:
		if s, ok := k.Value.(ast.ScalarNode); ok {
			return fmt.Sprint(s.GetValue()), pos
		}
		p.at(pos, "", "write key: value", "the key is no plain text")
	}
	return k.String(), pos
}

func (p *yamlParser) mergeInto(m, from *node, path string) {
	switch from.kind {
	case dict:
		for _, f := range from.fields {
			if m.get(f.key) == nil {
				m.set(f.key, f.pos, f.value.clone())
			}
		}
	case list:
		for _, item := range from.items {
			p.mergeInto(m, item, path)
		}
	default:
		p.add(from, under(path, "<<"), "", "got %s, want a map", from.shown())
	}
}

// alias copies what an anchor names, at the place of the alias.
func (p *yamlParser) alias(n *ast.AliasNode, path string, pos Pos) *node {
	name := n.Value.GetToken().Value
	target, ok := p.anchors[name]
	if !ok {
		p.at(pos, path, "define it before with &"+name, "no anchor %q", name)
		return &node{pos: pos}
	}
	target.walk(nil, func([]string, *node) { p.nodes++ })
	if p.nodes > maxNodes {
		p.at(pos, path, "", "is too big with what *%s stands for (want at most %d values)", name, maxNodes)
		return &node{pos: pos}
	}
	c := target.clone()
	c.pos = pos
	return c
}

// tagged reads a value with one of YAML's own tags.
func (p *yamlParser) tagged(n *ast.TagNode, path string, depth int) *node {
	tag := n.GetToken().Value
	v := p.node(n.Value, path, depth)
	switch tag {
	case "!!str":
		if v.kind == scalar {
			v.value, v.quoted = v.text, true
		}
	case "!!int", "!!float", "!!bool", "!!null", "!!map", "!!seq":
	default:
		p.at(p.pos(n.GetToken()), path, "leave it out", "the tag %s is not supported", clip(tag))
	}
	return v
}

func (p *yamlParser) scalar(n ast.Node, pos Pos, path string) *node {
	v := &node{pos: pos, text: n.GetToken().Value, inFile: true}
	switch n := n.(type) {
	case *ast.NullNode:
		v.text = "null"
	case *ast.BoolNode:
		v.value = n.Value
	case *ast.IntegerNode:
		v.value = integer(n.Value)
	case *ast.FloatNode:
		v.value = n.Value
	case *ast.InfinityNode:
		v.value = n.Value
	case *ast.NanNode:
		v.value = n.GetValue()
	case *ast.StringNode:
		v.value, v.text = n.Value, n.Value
		v.quoted = n.Token.Type == token.SingleQuoteType || n.Token.Type == token.DoubleQuoteType
		if !v.quoted {
			v.value = plain(n.Value)
		}
	case *ast.LiteralNode:
		v.value, v.text, v.quoted = n.Value.Value, n.Value.Value, true
	default:
		p.at(pos, path, "", "a %s cannot stand here", n.Type())
	}
	return v
}

// integer is what the library found; beyond int64 it is a float.
func integer(v any) any {
	switch v := v.(type) {
	case int64:
		return v
	case uint64:
		if v <= 1<<63-1 {
			return int64(v)
		}
		return float64(v)
	}
	return v
}
