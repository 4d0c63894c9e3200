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
	p := g.planOf(reflect.TypeFor[N](), n)
	if name == "" {
		name = p.name
	}
	node := g.node(name, p.name)
	if p.wrong != nil {
		g.wrong("node %q: %w", name, p.wrong)
		node.body = closure(func() {})
	} else {
		node.body = any(n).(ticker)
	}
	node.ins, node.outs = g.slabs.ins.take(p.ins), g.slabs.outs.take(p.outs)
	p.bind(reflect.ValueOf(n).Elem(), node)
	if p.hooks {
		node.hook(n)
	}
	return n
}

// hook adds the optional methods of a struct node.
func (n *Node) hook(of any) {
	if s, ok := of.(starter); ok {
		n.OnStart(s.Start)
	}
	if s, ok := of.(stopper); ok {
		n.OnStop(s.Stop)
	}
	if k, ok := of.(Keeper); ok {
		n.extra().keep = k.Keep
	}
}

// starter and stopper are what a struct node may have beside Tick.
type (
	starter interface{ Start() error }
	stopper interface{ Stop() error }
)

// binder is a field that belongs to a node.
type binder interface{ bind(n *Node, field string) }

// plan is what is known of all struct nodes of one type.
type plan struct {
	name      string
	wrong     error // with the type
	hooks     bool  // it has some of the optional methods
	fields    []planned
	ins, outs int // how many of them are inputs and outputs, slices not counted
}

type planned struct {
	index []int
	name  string
	slice bool
}

func (g *Graph) planOf(t reflect.Type, sample any) *plan {
	if p, ok := g.plans[t]; ok {
		return p
	}
	p := &plan{name: t.Name()}
	p.look(sample)
	if t.Kind() == reflect.Struct {
		p.scan(t, nil)
	}
	g.plans[t] = p
	return p
}

func (p *plan) scan(t reflect.Type, at []int) {
	bound, in, out := reflect.TypeFor[binder](), reflect.TypeFor[input](), reflect.TypeFor[output]()
	for i := range t.NumField() {
		f := t.Field(i)
		index := append(append([]int(nil), at...), i)
		switch {
		case f.Anonymous && f.Type.Kind() == reflect.Struct && !isPort(f.Type):
			p.scan(f.Type, index)
		case !f.IsExported():
		case reflect.PointerTo(f.Type).Implements(bound):
			p.fields = append(p.fields, planned{index, f.Name, false})
			switch at := reflect.PointerTo(f.Type); {
			case at.Implements(in):
				p.ins++
			case at.Implements(out):
				p.outs++
			}
		case f.Type.Kind() == reflect.Slice && reflect.PointerTo(f.Type.Elem()).Implements(bound):
			p.fields = append(p.fields, planned{index, f.Name, true})
		}
	}
}

// isPort tells In, Out, Alarm and the like from a user's struct that embeds one.
func isPort(t reflect.Type) bool {
	return t.PkgPath() == reflect.TypeFor[Clock]().PkgPath() && reflect.PointerTo(t).Implements(reflect.TypeFor[binder]())
}

// look finds the optional methods of a node n of the type.
func (p *plan) look(n any) {
	_, starts := n.(starter)
	_, stops := n.(stopper)
	_, keeps := n.(Keeper)
	p.hooks, p.wrong = starts || stops || keeps, p.check(n)
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
