package modules

import (
	"errors"
	"fmt"
	"reflect"
	"slices"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/types"
	"github.com/expr-lang/expr/vm"

	"gw/schema"
)

// An expression is a compiled formula over the fields of a value and some names beside them. It belongs to one goroutine.
type expression struct {
	text    string
	program *vm.Program
	uses    []string // the names in it
}

// A scope is what an expression may name: the fields of a type (which may be nil) and further names.
type scope struct {
	typ   *schema.Type
	extra map[string]types.Type
}

// newScope is a scope with now, the engine's time, and all but the wall clock of the language's functions.
func newScope(t *schema.Type) scope {
	return scope{t, map[string]types.Type{"now": types.TypeOf(zeroTime)}}
}

func (s scope) with(name string, t types.Type) scope {
	s.extra[name] = t
	return s
}

// env lists the names with their types.
func (s scope) env() types.Map {
	m := types.Map{}
	if s.typ != nil {
		for _, f := range s.typ.Fields {
			m[f.Name] = typeOf(f)
		}
	}
	for name, t := range s.extra {
		m[name] = t
	}
	return m
}

// typeOf is the type of a field in an expression; what may be null, and what is nested, is anything.
func typeOf(f schema.Field) types.Type {
	if f.Opt {
		return types.Any
	}
	switch f.Value.Kind {
	case schema.Int:
		return types.Int64
	case schema.Float:
		return types.Float64
	case schema.Bool:
		return types.Bool
	case schema.String, schema.Enum:
		return types.String
	case schema.Time, schema.Day:
		return types.TypeOf(zeroTime)
	case schema.Duration:
		return types.TypeOf(zeroDuration)
	}
	return types.Any
}

// compile reads an expression that must give a value of the kind; Any takes all of them.
func (s scope) compile(text string, want schema.Kind) (*expression, error) {
	p, err := expr.Compile(text, expr.Env(s.env()), expr.DisableBuiltin("now"))
	if err != nil {
		return nil, s.explain(text, err)
	}
	if got := p.Node().Type(); !gives(got, want) {
		return nil, fmt.Errorf("%q gives %s, want %s", text, wordOf(got), wordsOf[want])
	}
	e := &expression{text: text, program: p}
	node := p.Node()
	ast.Walk(&node, e)
	return e, nil
}

// explain is the library's error on one line.
func (s scope) explain(text string, err error) error {
	var at *file.Error
	if !errors.As(err, &at) {
		return fmt.Errorf("%q: %w", text, err)
	}
	return fmt.Errorf("%q: %s (column %d)", text, at.Message, at.Column+1)
}

// Visit notes a name.
func (e *expression) Visit(node *ast.Node) {
	if id, ok := (*node).(*ast.IdentifierNode); ok && !slices.Contains(e.uses, id.Value) {
		e.uses = append(e.uses, id.Value)
	}
}

// run evaluates the expression; the error says why it cannot.
func (e *expression) run(env map[string]any) (any, error) {
	v, err := expr.Run(e.program, env)
	if err != nil {
		return nil, scope{}.explain(e.text, err)
	}
	return v, nil
}

// gives tells whether a Go type can become a field of the kind; an interface may.
func gives(got reflect.Type, want schema.Kind) bool {
	if got == nil || got.Kind() == reflect.Interface || want == schema.Any {
		return true
	}
	switch want {
	case schema.Bool:
		return got.Kind() == reflect.Bool
	case schema.Int:
		return got.Kind() >= reflect.Int && got.Kind() <= reflect.Uint64 && got != reflect.TypeOf(zeroDuration)
	case schema.Float:
		return got.Kind() >= reflect.Int && got.Kind() <= reflect.Float64 && got != reflect.TypeOf(zeroDuration)
	case schema.String, schema.Enum:
		return got.Kind() == reflect.String
	}
	return true
}

// wordOf names a type for a user.
func wordOf(t reflect.Type) string {
	switch {
	case t == reflect.TypeOf(zeroTime):
		return "a time"
	case t == reflect.TypeOf(zeroDuration):
		return "a duration"
	}
	switch k := t.Kind(); {
	case k == reflect.String:
		return "text"
	case k == reflect.Bool:
		return wordsOf[schema.Bool]
	case k >= reflect.Int && k <= reflect.Uint64:
		return wordsOf[schema.Int]
	case k == reflect.Float32 || k == reflect.Float64:
		return wordsOf[schema.Float]
	case k == reflect.Slice || k == reflect.Array:
		return "a list"
	}
	return "a " + t.Kind().String()
}

// wordsOf names kinds for a user.
var wordsOf = map[schema.Kind]string{
	schema.Bool: "true or false", schema.Int: "a whole number", schema.Float: "a number", schema.String: "text", schema.Enum: "text",
}
