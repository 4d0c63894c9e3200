package modules

import (
	"fmt"
	"math"
	"reflect"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/types"

	"gw/engine/stats"
	"gw/schema"
)

// An aggregate is a part of an expression over the rows of a window that is kept up to date as rows come and go, instead of
// being computed of all of them: sum(rows, .price * .size), len(rows), mean(map(rows, .price)).
type aggregate struct {
	name  string      // what stands for it in the expression
	kind  string      // of stats.NewRunning
	of    *expression // of a row; nil for len(rows)
	whole bool        // the result is a whole number
}

// aggregates are those of one window module. What is in there may be used by any number of expressions.
type aggregates struct {
	typ  *schema.Type // of a row
	all  []aggregate
	rows bool // some expression needs all rows
}

// spread are aggregates beyond those of the language.
var spread = []string{"stddev", "variance"}

// newScope has the fields of the newest row, all rows, and the functions that the language lacks.
func (a *aggregates) newScope() scope {
	row := types.Map{}
	for _, f := range a.typ.Fields {
		row[f.Name] = typeOf(f)
	}
	s := newScope(a.typ).with("rows", types.Array(row))
	for _, name := range spread {
		s.with(name, types.TypeOf(func([]any) float64 { return 0 }))
	}
	return s
}

// compile reads an expression and takes the aggregates out of it. One that cannot be taken apart is computed of all rows.
func (a *aggregates) compile(s scope, text string, want schema.Kind) (*expression, error) {
	plain, err := s.compile(text, want)
	if err != nil {
		return nil, err
	}
	p, err := expr.Compile(text, expr.Env(s.env()), expr.DisableBuiltin("now"), expr.Optimize(false))
	if err != nil {
		return nil, s.explain(text, err)
	}
	taken := len(a.all)
	root := p.Node()
	ast.Walk(&root, a)
	for _, g := range a.all[taken:] {
		s.with(g.name, g.result())
	}
	if apart, err := s.compile(root.String(), want); err == nil {
		apart.text = text
		plain = apart
	} else {
		a.all = a.all[:taken]
	}
	for _, name := range plain.uses {
		a.rows = a.rows || name == "rows"
	}
	return plain, nil
}

// Visit puts a name in the place of each aggregate.
func (a *aggregates) Visit(node *ast.Node) {
	kind, of, ok := parts(*node)
	if !ok {
		return
	}
	g := aggregate{name: fmt.Sprintf("aggregate_%d", len(a.all)), kind: kind}
	if of != nil {
		g.whole = isWhole(of.Type()) && kind != "mean" && kind != "median" && kind != "stddev" && kind != "variance"
		ast.Walk(&of, bare{})
		var err error
		if g.of, err = (scope{typ: a.typ, extra: map[string]types.Type{}}).compile(of.String(), schema.Any); err != nil {
			return
		}
	}
	if kind == "count" {
		g.kind, g.whole = "sum", true // of zeros and ones
		if of == nil {
			g.kind = "count"
		}
	}
	a.all = append(a.all, g)
	ast.Patch(node, &ast.IdentifierNode{Value: g.name})
}

// parts takes an aggregate over rows apart: which, and of what for each row.
func parts(node ast.Node) (kind string, of ast.Node, ok bool) {
	name, args := "", []ast.Node(nil)
	switch n := node.(type) {
	case *ast.BuiltinNode:
		name, args = n.Name, n.Arguments
	case *ast.CallNode:
		if id, isName := n.Callee.(*ast.IdentifierNode); isName {
			name, args = id.Value, n.Arguments
		}
	}
	switch {
	case name == "len" && len(args) == 1 && isRows(args[0]):
		return "count", nil, true
	case (name == "sum" || name == "count") && len(args) == 2 && isRows(args[0]):
		of, ok = ofRow(args[1])
		return name, of, ok
	case name == "map" || name == "len" || stats.NewRunning(name) == nil || len(args) != 1:
		return "", nil, false
	}
	m, isMap := args[0].(*ast.BuiltinNode)
	if !isMap || m.Name != "map" || len(m.Arguments) != 2 || !isRows(m.Arguments[0]) {
		return "", nil, false
	}
	of, ok = ofRow(m.Arguments[1])
	return name, of, ok
}

func isRows(node ast.Node) bool {
	id, ok := node.(*ast.IdentifierNode)
	return ok && id.Value == "rows"
}

// ofRow returns the body of a predicate that looks at nothing but fields of the row.
func ofRow(node ast.Node) (ast.Node, bool) {
	p, ok := node.(*ast.PredicateNode)
	if !ok {
		return nil, false
	}
	look := &fieldsOnly{}
	body := p.Node
	ast.Walk(&body, look)
	return body, look.pointers == look.fields && !look.other
}

// fieldsOnly counts how a row is looked at.
type fieldsOnly struct {
	pointers, fields int
	other            bool
}

// Visit looks at one node.
func (f *fieldsOnly) Visit(node *ast.Node) {
	switch n := (*node).(type) {
	case *ast.PointerNode:
		f.pointers++
	case *ast.IdentifierNode, *ast.PredicateNode:
		f.other = true
	case *ast.MemberNode:
		if _, ok := fieldOfRow(n); ok {
			f.fields++
		}
	}
}

func fieldOfRow(n *ast.MemberNode) (string, bool) {
	at, isRow := n.Node.(*ast.PointerNode)
	name, isField := n.Property.(*ast.StringNode)
	if !isRow || !isField || at.Name != "" {
		return "", false
	}
	return name.Value, true
}

// bare makes names of fields of .fields.
type bare struct{}

// Visit changes one node.
func (bare) Visit(node *ast.Node) {
	if n, ok := (*node).(*ast.MemberNode); ok {
		if name, ok := fieldOfRow(n); ok {
			ast.Patch(node, &ast.IdentifierNode{Value: name})
		}
	}
}

func isWhole(t reflect.Type) bool {
	return t != nil && t.Kind() >= reflect.Int && t.Kind() <= reflect.Uint64 && t != reflect.TypeOf(zeroDuration)
}

func (g *aggregate) result() types.Type {
	if g.whole || g.kind == "count" {
		return types.Int64
	}
	return types.Float64
}

// number is what a row gives to the aggregate; NaN is nothing.
func (g *aggregate) number(env map[string]any) (float64, error) {
	if g.of == nil {
		return 0, nil
	}
	v, err := g.of.run(env)
	if err != nil {
		return 0, err
	}
	switch v := v.(type) {
	case float64:
		return v, nil
	case bool:
		if v {
			return 1, nil
		}
		return 0, nil
	case nil:
		return math.NaN(), nil
	}
	switch n := reflect.ValueOf(v); {
	case n.CanInt():
		return float64(n.Int()), nil
	case n.CanFloat():
		return n.Float(), nil
	}
	return 0, fmt.Errorf("%q gives %s of a row, want a number", g.of.text, wordOf(reflect.TypeOf(v)))
}

// value is the aggregate for an expression.
func (g *aggregate) value(s *stats.Running) any {
	if x := s.Value(); g.whole || g.kind == "count" {
		return int64(x)
	} else {
		return x
	}
}

// spreadOf computes an aggregate beyond those of the language of all rows.
func spreadOf(kind string) func([]any) float64 {
	return func(all []any) float64 {
		s := stats.NewRunning(kind)
		for _, v := range all {
			switch n := reflect.ValueOf(v); {
			case n.CanInt():
				s.Add(float64(n.Int()))
			case n.CanFloat():
				s.Add(n.Float())
			}
		}
		return s.Value()
	}
}
