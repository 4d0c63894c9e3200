package config

import (
	"reflect"
	"strings"

	"gw/schema"
)

// kinds are the words for the types of fields, in csp's, Python's and Go's spelling.
var kinds = map[string]schema.Kind{
	"int": schema.Int, "integer": schema.Int, "int64": schema.Int,
	"float": schema.Float, "number": schema.Float, "float64": schema.Float,
	"bool": schema.Bool, "boolean": schema.Bool,
	"str": schema.String, "string": schema.String, "text": schema.String,
	"datetime": schema.Time, "time": schema.Time,
	"date": schema.Day, "timedelta": schema.Duration, "duration": schema.Duration,
	"any": schema.Any, "json": schema.Any,
}

// kindWords are those that errors suggest.
var kindWords = []string{"int", "float", "bool", "str", "datetime", "date", "timedelta", "any"}

// fieldOptions are the keys of a field that is more than the name of its type.
type fieldOptions struct {
	// Type is one of the words for types, or a type of types.
	Type string
	// Optional lets the field be unset or null.
	Optional bool
	// Validate bounds a number, such as gt=0,le=100.
	Validate string
	// Enum lists the texts that the field may be.
	Enum []string
}

// typesOf makes the types that channels may share. A type may use those written before it.
func (b *assembly) typesOf(n *node, path string) map[string]*schema.Type {
	b.specs = map[string][]schema.FieldSpec{}
	all := map[string]*schema.Type{}
	if n.isNull() || !b.usable(n, path) {
		return all
	}
	if n.kind != dict {
		b.add(n, path, "write NAME: {FIELD: TYPE}", "got %s, want a map of types", n.shown())
		return all
	}
	for _, f := range n.fields {
		if t := b.typeOf(f.key, f.value, under(path, f.key)); t != nil {
			all[f.key] = t
		}
	}
	return all
}

// typeOf makes a type of its fields; nil if something is wrong with them.
func (b *assembly) typeOf(name string, n *node, path string) *schema.Type {
	before := len(b.found)
	specs := b.fields(n, name, path)
	if len(b.found) > before {
		return nil
	}
	t, err := schema.Build(name, specs)
	if err != nil {
		b.blameField(n, path, name, specs, err)
		return nil
	}
	b.specs[name] = specs
	return t
}

// blameField finds out which field it is that makes no type.
func (b *assembly) blameField(n *node, path, name string, specs []schema.FieldSpec, err error) {
	for _, s := range specs {
		if _, wrong := schema.Build(name, []schema.FieldSpec{s}); wrong != nil {
			text := wrong.Error()
			if _, behind, ok := strings.Cut(text, `field "`+s.Name+`": `); ok {
				text = behind
			}
			b.add(n.get(s.Name), under(path, s.Name), "", "%s", text)
			return
		}
	}
	b.add(n, path, "", "%v", err)
}

func (b *assembly) fields(n *node, outer, path string) []schema.FieldSpec {
	if !b.usable(n, path) {
		return nil
	}
	if n.kind == dict && len(n.fields) == 0 {
		b.add(n, path, "write {NAME: TYPE}", "has no fields")
		return nil
	}
	if n.kind != dict {
		b.add(n, path, "write {NAME: TYPE}", "got %s, want fields", n.shown())
		return nil
	}
	var specs []schema.FieldSpec
	for _, f := range n.fields {
		s := b.field(f.value, under(path, f.key))
		s.Name = f.key
		specs = append(specs, s)
	}
	return specs
}

// field reads the type of a field: a word, [element], or a map of what there is to say about it.
func (b *assembly) field(n *node, path string) schema.FieldSpec {
	if !b.usable(n, path) {
		return schema.FieldSpec{Kind: schema.String}
	}
	switch n.kind {
	case list:
		if len(n.items) != 1 {
			b.add(n, path, "write [float] for a list of floats", "got a list of %d types, want one", len(n.items))
			return schema.FieldSpec{Kind: schema.String}
		}
		elem := b.field(n.items[0], path+"[]")
		return schema.FieldSpec{Kind: schema.List, Elem: &elem}
	case dict:
		return b.fieldMap(n, path)
	}
	word, optional := strings.CutSuffix(n.text, "?")
	s := schema.FieldSpec{Opt: optional}
	if k, ok := kinds[strings.ToLower(word)]; ok {
		s.Kind = k
		return s
	}
	if fields, ok := b.specs[word]; ok {
		s.Kind, s.Fields, s.TypeName = schema.Object, fields, word
		return s
	}
	b.add(n, path, didYouMean(word, kindWords), "got %s, want a type", n.shown())
	return schema.FieldSpec{Kind: schema.String}
}

// fieldMap reads {type: T, default: V, ...}, {list: T}, {map: T}, {enum: [A, B]} or {fields: {...}}.
func (b *assembly) fieldMap(n *node, path string) schema.FieldSpec {
	var o fieldOptions
	b.object(reflect.ValueOf(&o).Elem(), n, path, "default", "list", "map", "fields")
	s := schema.FieldSpec{Kind: schema.String}
	switch {
	case n.get("fields") != nil:
		s.Kind, s.TypeName = schema.Object, o.Type
		s.Fields = b.fields(n.get("fields"), o.Type, under(path, "fields"))
	case n.get("list") != nil:
		elem := b.field(n.get("list"), under(path, "list"))
		s.Kind, s.Elem = schema.List, &elem
	case n.get("map") != nil:
		elem := b.field(n.get("map"), under(path, "map"))
		s.Kind, s.Elem = schema.Map, &elem
	case len(o.Enum) > 0:
		s.Kind, s.Members = schema.Enum, o.Enum
	case n.get("type") == nil:
		b.add(n, path, "add type: int (or float, str, ...)", "has no type")
	default:
		s = b.field(n.get("type"), under(path, "type"))
	}
	s.Opt, s.Validate = s.Opt || o.Optional, o.Validate
	if d := n.get("default"); d != nil && b.within(d, under(path, "default")) {
		s.HasDefault, s.Default = true, d.text
		if d.kind != scalar {
			s.Default = string(d.json())
		}
	}
	return s
}
