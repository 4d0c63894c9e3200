package modules

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"
)

// A parquetNode puts the values of one node of a file's schema together. Parquet keeps a tree as its leaves, one column
// each; two numbers beside a value tell how many of the nodes above it are there (the definition level) and which of them
// begins a new element (the repetition level).
type parquetNode struct {
	name               string
	optional, repeated bool
	def, rep           int // the levels from which on the node is there, and begins an element
	leaves             int // how many columns it has
	kids               []*parquetNode
	join               func(kids []any) (any, error)      // puts a group together; nil for a leaf
	read               func(v parquet.Value) (any, error) // reads a leaf
}

var errLevels = errors.New("is no whole Parquet file: its columns do not fit together")

// newParquetNode prepares reading of a column; durations are units of those columns at the top that hold durations.
func newParquetNode(c *parquet.Column, durations map[string]time.Duration) (*parquetNode, error) {
	n := &parquetNode{
		name: c.Name(), optional: c.Optional(), repeated: c.Repeated(),
		def: c.MaxDefinitionLevel(), rep: c.MaxRepetitionLevel(), leaves: 1,
	}
	if c.Leaf() {
		path := pathText(c.Path())
		read, err := cellReader(c, durations[path])
		if err != nil {
			return nil, fmt.Errorf("column %q: %w", path, err)
		}
		n.read = func(v parquet.Value) (any, error) {
			cell, err := read(v)
			if err != nil {
				return nil, fmt.Errorf("column %q: %w", path, err)
			}
			return cell, nil
		}
		return n, nil
	}
	n.leaves = 0
	for _, child := range c.Columns() {
		kid, err := newParquetNode(child, durations)
		if err != nil {
			return nil, err
		}
		n.kids = append(n.kids, kid)
		n.leaves += kid.leaves
	}
	if n.leaves == 0 {
		return nil, fmt.Errorf("column %q: is a group without columns", pathText(c.Path()))
	}
	n.join = n.joinFields
	n.shape(c)
	return n, nil
}

// shape recognises lists and dictionaries, which are groups of groups with a mark.
func (n *parquetNode) shape(c *parquet.Column) {
	logical := c.Type().LogicalType()
	if logical == nil || len(n.kids) != 1 || !n.kids[0].repeated {
		return
	}
	inner := n.kids[0]
	switch logical.Value.(type) {
	case *format.ListType:
		n.join = first
		if len(inner.kids) == 1 && inner.name != "array" && !strings.HasSuffix(inner.name, "_tuple") {
			inner.join = first
		}
	case *format.MapType:
		if len(inner.kids) == 2 {
			inner.join = func(pair []any) (any, error) { return pair, nil }
			n.join = joinPairs
		}
	}
}

// value is what a node holds in the values of its columns: those of one row, or of one element of a list around it.
func (n *parquetNode) value(columns [][]parquet.Value) (any, error) {
	if len(columns) != n.leaves {
		return nil, errLevels
	}
	there := columns[0][0].DefinitionLevel() >= n.def
	switch {
	case n.repeated && there:
		return n.list(slices.Clone(columns))
	case n.repeated:
		return []any{}, nil
	case n.optional && !there:
		return nil, nil
	}
	return n.one(columns)
}

// list splits the columns at its elements.
func (n *parquetNode) list(columns [][]parquet.Value) (any, error) {
	elements := []any{}
	for len(columns[0]) > 0 {
		element := make([][]parquet.Value, len(columns))
		for i, values := range columns {
			if len(values) == 0 {
				return nil, errLevels
			}
			end := 1
			for end < len(values) && values[end].RepetitionLevel() > n.rep {
				end++
			}
			element[i], columns[i] = values[:end], values[end:]
		}
		v, err := n.one(element)
		if err != nil {
			return nil, err
		}
		elements = append(elements, v)
	}
	if slices.ContainsFunc(columns, func(rest []parquet.Value) bool { return len(rest) > 0 }) {
		return nil, errLevels
	}
	return elements, nil
}

// one is the node itself, which is there.
func (n *parquetNode) one(columns [][]parquet.Value) (any, error) {
	if n.join == nil {
		if v := columns[0][0]; !v.IsNull() {
			return n.read(v)
		}
		return nil, nil
	}
	values := make([]any, len(n.kids))
	for i, kid := range n.kids {
		v, err := kid.value(columns[:kid.leaves])
		if err != nil {
			return nil, err
		}
		values[i], columns = v, columns[kid.leaves:]
	}
	return n.join(values)
}

// joinFields is a group as an object. A cell that is null is left out: its field stays unset, as csp-gateway has it.
func (n *parquetNode) joinFields(values []any) (any, error) {
	fields := make(map[string]any, len(values))
	for i, v := range values {
		if v != nil {
			fields[n.kids[i].name] = v
		}
	}
	return fields, nil
}

func first(values []any) (any, error) { return values[0], nil }

// joinPairs is a list of keys with values as an object.
func joinPairs(values []any) (any, error) {
	pairs := map[string]any{}
	for _, v := range values[0].([]any) {
		pair := v.([]any)
		if pair[0] == nil {
			return nil, errors.New("a dictionary has a null as a key")
		}
		pairs[fmt.Sprint(pair[0])] = pair[1]
	}
	return pairs, nil
}

func pathText(path []string) string { return strings.Join(path, ".") }
