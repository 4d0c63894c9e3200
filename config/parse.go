package config

import (
	"errors"
	"fmt"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// What a file may hold; more is a mistake or an attack.
const (
	maxBytes = 4 << 20
	maxNodes = 200_000
	maxDepth = 100
)

// parse reads a file's YAML into a tree. The root of an empty file is an empty map.
func parse(name string, data []byte) (root *node, ds Diagnostics) {
	p := &yamlParser{file: name, anchors: map[string]*node{}}
	defer func() {
		if v := recover(); v != nil { // of the library, on input that it does not expect
			root, ds = newDict(Pos{File: name}), Diagnostics{{Pos: Pos{File: name}, Msg: fmt.Sprintf("is no YAML that can be read (%v)", v)}}
		}
	}()
	if len(data) > maxBytes {
		p.at(Pos{File: name}, "", "", "is too big (got %d bytes, want at most %d)", len(data), maxBytes)
		return newDict(Pos{File: name}), p.found
	}
	file, err := parser.ParseBytes(data, 0)
	if err != nil {
		p.syntax(err)
		return newDict(Pos{File: name}), p.found
	}
	return p.document(file), p.found
}

type yamlParser struct {
	report
	file    string
	anchors map[string]*node
	nodes   int
}

// syntax notes an error of the library, which knows its place.
func (p *yamlParser) syntax(err error) {
	var at interface {
		GetToken() *token.Token
		GetMessage() string
	}
	if !errors.As(err, &at) || at.GetToken() == nil {
		p.at(Pos{File: p.file}, "", "", "is no YAML: %v", err)
		return
	}
	hint := ""
	if strings.Contains(at.GetMessage(), "must be specified") {
		hint = "inside { } and [ ] put quotes around ${...} and around text with , { } [ ]"
	}
	if strings.Contains(at.GetMessage(), "not allowed in this context") {
		hint = "put quotes around text that has a colon followed by a space"
	}
	p.at(p.pos(at.GetToken()), "", hint, "is no YAML: %s", at.GetMessage())
}

func (p *yamlParser) pos(t *token.Token) Pos {
	return Pos{p.file, t.Position.Line, t.Position.Column}
}

// document takes the one document of a file.
func (p *yamlParser) document(file *ast.File) *node {
	empty := newDict(Pos{p.file, 1, 1})
	var bodies []ast.Node
	for _, d := range file.Docs {
		if d.Body != nil {
			bodies = append(bodies, d.Body)
		}
	}
	if len(bodies) == 0 {
		return empty
	}
	if len(bodies) > 1 {
		p.at(p.pos(bodies[1].GetToken()), "", "split the file", "a second document begins here, want one a file")
	}
	root := p.node(bodies[0], "", 0)
	if root.kind != dict {
		if root.isNull() {
			return empty
		}
		p.add(root, "", "", "got %s, want keys with values", root.shown())
		return empty
	}
	return root
}

// node reads a value.
func (p *yamlParser) node(n ast.Node, path string, depth int) *node {
	if n == nil {
		return &node{pos: Pos{File: p.file}}
	}
	pos := p.pos(n.GetToken())
	if p.nodes++; p.nodes > maxNodes || depth > maxDepth {
		if p.nodes != maxNodes+2 {
			p.at(pos, path, "", "is too big or too deep (want at most %d values, %d levels)", maxNodes, maxDepth)
		}
		p.nodes = maxNodes + 1
		return &node{pos: pos}
	}
	switch n := n.(type) {
	case *ast.MappingNode:
		return p.mapping(n.Values, path, depth)
	case *ast.MappingValueNode:
		return p.mapping([]*ast.MappingValueNode{n}, path, depth)
	case *ast.SequenceNode:
		l := &node{pos: pos, kind: list}
		for i, item := range n.Values {
			l.items = append(l.items, p.node(item, fmt.Sprintf("%s[%d]", path, i), depth+1))
		}
		return l
	case *ast.AnchorNode:
		v := p.node(n.Value, path, depth)
		p.anchors[n.Name.GetToken().Value] = v
		return v
	case *ast.AliasNode:
		return p.alias(n, path, pos)
	case *ast.TagNode:
		return p.tagged(n, path, depth)
	}
	return p.scalar(n, pos, path)
}
