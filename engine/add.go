package engine

import (
	"fmt"
	"reflect"
)

// Add adds a struct node and returns n. *N must have a method Tick(); Start() error and Stop() error are optional.
// Its exported fields of type In, Out, Alarm, Clock and BasketIn, and slices of them, are bound once here. Name and kind are the type's.
func Add[N any](g *Graph, n *N) *N {
	return AddNamed(g, "", n)
}

// AddNamed is [Add] with a name for errors and [Topology].
func AddNamed[N any](g *Graph, name string, n *N) *N {
	p := g.planOf(reflect.TypeFor[N]())
	if name == "" {
		name = p.name
	}
	node := g.node(name, p.name)
	if err := p.check(any(n)); err != nil {
		g.wrong("node %q: %w", name, err)
		node.body = closure(func() {})
	} else {
		node.body = any(n).(ticker)
	}
	p.bind(reflect.ValueOf(n).Elem(), node)
	if s, ok := any(n).(starter); ok {
		node.OnStart(s.Start)
	}
	if s, ok := any(n).(stopper); ok {
		node.OnStop(s.Stop)
	}
	if k, ok := any(n).(Keeper); ok {
		node.keep = k.Keep
	}
	return n
}

// starter and stopper are what a struct node may have beside Tick.
type (
	starter interface{ Start() error }
	stopper interface{ Stop() error }
)

// binder is a field that belongs to a node.
type binder interface{ bind(n *Node, field string) }

// plan lists the fields of a struct node that are bound, computed once a type.
type plan struct {
	name   string
	fields []planned
}

type planned struct {
	index []int
	name  string
	slice bool
}

func (g *Graph) planOf(t reflect.Type) *plan {
	if p, ok := g.plans[t]; ok {
		return p
	}
	p := &plan{name: t.Name()}
	if t.Kind() == reflect.Struct {
		p.scan(t, nil)
	}
	g.plans[t] = p
	return p
}

func (p *plan) scan(t reflect.Type, at []int) {
	bound := reflect.TypeFor[binder]()
	for i := range t.NumField() {
		f := t.Field(i)
		index := append(append([]int(nil), at...), i)
		switch {
		case f.Anonymous && f.Type.Kind() == reflect.Struct && !isPort(f.Type):
			p.scan(f.Type, index)
		case !f.IsExported():
		case reflect.PointerTo(f.Type).Implements(bound):
			p.fields = append(p.fields, planned{index, f.Name, false})
		case f.Type.Kind() == reflect.Slice && reflect.PointerTo(f.Type.Elem()).Implements(bound):
			p.fields = append(p.fields, planned{index, f.Name, true})
		}
	}
}

// isPort tells In, Out, Alarm and the like from a user's struct that embeds one.
func isPort(t reflect.Type) bool {
	return t.PkgPath() == reflect.TypeFor[Clock]().PkgPath() && reflect.PointerTo(t).Implements(reflect.TypeFor[binder]())
}

// check finds the methods that a struct node must not lack or misspell.
func (p *plan) check(n any) error {
	if _, ok := n.(ticker); !ok {
		return fmt.Errorf("*%s has no method Tick()", p.name)
	}
	if _, ok := n.(interface{ Start() }); ok {
		return fmt.Errorf("method Start of *%s has no result, want Start() error", p.name)
	}
	if _, ok := n.(interface{ Stop() }); ok {
		return fmt.Errorf("method Stop of *%s has no result, want Stop() error", p.name)
	}
	return nil
}

func (p *plan) bind(v reflect.Value, n *Node) {
	for i := range p.fields {
		f := &p.fields[i]
		field := v.Field(f.index[0])
		if len(f.index) > 1 {
			field = v.FieldByIndex(f.index)
		}
		if !f.slice {
			field.Addr().Interface().(binder).bind(n, f.name)
			continue
		}
		for j := range field.Len() {
			field.Index(j).Addr().Interface().(binder).bind(n, fmt.Sprintf("%s[%d]", f.name, j))
		}
	}
}
