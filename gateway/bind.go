package gateway

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"unicode"

	"gw/schema"
)

// A binder is a field of a model that becomes a channel.
type binder interface {
	bind(*Gateway, portSpec) (*Port, error)
	Send()
}

// portSpec is what a model says about a channel, by tags or by a ChannelSpec.
type portSpec struct {
	name  string
	typ   *schema.Type // of schema.Record
	keys  []string
	views []string
	send  bool
	stage bool
}

// bindModel makes the channels and static fields of the model those of g.
func (g *Gateway) bindModel() {
	switch m := g.model.(type) {
	case nil:
	case *Model:
		m.bind(g)
	default:
		v := reflect.ValueOf(g.model)
		if v.Kind() != reflect.Pointer || v.Elem().Kind() != reflect.Struct {
			g.blame(fmt.Errorf("model: got %s, want a pointer to a struct of channels", v.Type()))
			return
		}
		g.bindFields(v.Elem())
	}
}

func (g *Gateway) bindFields(v reflect.Value) {
	for i := range v.NumField() {
		f, field := v.Type().Field(i), v.Field(i)
		switch {
		case f.IsExported() && isBinder(field):
			g.bindField(field.Addr().Interface().(binder), f)
		case f.Anonymous && f.Type.Kind() == reflect.Struct:
			g.bindFields(field)
		case f.IsExported():
			g.addStatic(f, field.Interface())
		}
	}
}

func isBinder(field reflect.Value) bool {
	return field.Addr().Type().Implements(reflect.TypeFor[binder]())
}

func (g *Gateway) bindField(b binder, f reflect.StructField) {
	s := portSpec{name: f.Tag.Get("channel")}
	if s.name == "" {
		s.name = snake(f.Name)
	}
	if keys := f.Tag.Get("keys"); keys != "" {
		s.keys = strings.Split(keys, ",")
	}
	if views, ok := f.Tag.Lookup("state"); ok {
		s.views = strings.Split(views, ";")
	}
	s.stage = isStaged(f.Tag)
	g.bindPort(b, s)
}

// isStaged reads the tag stage:"true".
func isStaged(tag reflect.StructTag) bool {
	text, ok := tag.Lookup("stage")
	return ok && text != "false" && text != "-"
}

func (g *Gateway) bindPort(b binder, s portSpec) {
	switch {
	case s.name == "" || strings.Contains(s.name, "/"):
		g.blame(fmt.Errorf("channel %q: want a name without a slash", s.name))
		return
	case g.ports[s.name] != nil:
		g.blame(fmt.Errorf("channel %q is declared twice", s.name))
		return
	}
	s.keys = append(slices.Clone(s.keys), g.dynamicKeys[s.name]...)
	p, err := b.bind(g, s)
	if err != nil {
		g.blame(fmt.Errorf("channel %q: %w", s.name, err))
		return
	}
	g.ports[s.name] = p
	g.order = append(g.order, p)
	p.channel = b
	g.declareAll(p, s.views)
	if s.send {
		b.Send()
	}
	if s.stage {
		p.enable()
	}
}

// addStatic keeps a field of the model that is no channel, under its JSON name or its own in snake case.
func (g *Gateway) addStatic(f reflect.StructField, v any) {
	name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	switch name {
	case "-":
		return
	case "":
		name = snake(f.Name)
	}
	g.statics[name] = v
	g.staticNames = append(g.staticNames, name)
}

// split cuts a list at commas, without spaces and empty parts.
func split(text string) []string {
	var parts []string
	for part := range strings.SplitSeq(text, ",") {
		if part = strings.TrimSpace(part); part != "" {
			parts = append(parts, part)
		}
	}
	return parts
}

// snake turns a Go name into a channel's: ExampleList is example_list, VWAP is vwap.
func snake(name string) string {
	runes := []rune(name)
	var b strings.Builder
	for i, r := range runes {
		starts := i > 0 && unicode.IsUpper(r) &&
			(!unicode.IsUpper(runes[i-1]) || i+1 < len(runes) && unicode.IsLower(runes[i+1]))
		if starts && runes[i-1] != '_' {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// list renders names for an error.
func list(names []string) string {
	if len(names) == 0 {
		return "none"
	}
	return strings.Join(names, ", ")
}
