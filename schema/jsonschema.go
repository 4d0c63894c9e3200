package schema

import (
	"encoding/json"
	"strconv"
	"strings"
	"unsafe"
)

// Components collects the JSON Schemas of types that others refer to, for "components.schemas" of an OpenAPI
// document. The zero value is ready to use; one goroutine at a time.
type Components struct {
	byType map[*Type]string
	inputs map[*Type]string
	names  []string
	bodies map[string]json.RawMessage
}

// Ref returns {"$ref":"#/components/schemas/NAME"} for t and adds t and all types it refers to. Two types of
// one name become NAME and NAME2.
func (c *Components) Ref(t *Type) json.RawMessage {
	name, ok := c.byType[t]
	if !ok {
		name = c.add(t)
	}
	return json.RawMessage(`{"$ref":"#/components/schemas/` + name + `"}`)
}

func (c *Components) add(t *Type) string {
	if c.byType == nil {
		c.byType = map[*Type]string{}
	}
	return c.place(componentName(t.Name), func(name string) { c.byType[t] = name }, func() json.RawMessage { return t.JSONSchema(c) })
}

// place adds a schema under a name that is free. The name is known before the schema is made, which may refer to itself.
func (c *Components) place(base string, named func(string), made func() json.RawMessage) string {
	if c.bodies == nil {
		c.bodies = map[string]json.RawMessage{}
	}
	name := base
	for n := 2; c.bodies[name] != nil; n++ {
		name = base + strconv.Itoa(n)
	}
	named(name)
	c.names = append(c.names, name)
	c.bodies[name] = json.RawMessage(`{}`) // taken
	c.bodies[name] = made()
	return name
}

// componentName keeps the letters OpenAPI allows in names of components.
func componentName(name string) string {
	if name == "" {
		return "Object"
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '.', r == '-', r == '_':
			return r
		}
		return '_'
	}, name)
}

// Names returns the names of the added schemas in the order they were added.
func (c *Components) Names() []string { return c.names }

// Schema returns the schema with the name.
func (c *Components) Schema(name string) json.RawMessage { return c.bodies[name] }

// JSONSchema returns the schema (OpenAPI 3.1) of t itself, properties in wire order; nested types become
// references into c.
func (t *Type) JSONSchema(c *Components) json.RawMessage {
	dst := []byte(`{`)
	if t.Name != "" {
		dst = append(appendString(append(dst, `"title":`...), t.Name), ',')
	}
	dst = append(dst, `"type":"object","properties":{`...)
	defaults := t.New()
	for i := range t.Fields {
		if i > 0 {
			dst = append(dst, ',')
		}
		f := &t.Fields[i]
		dst = append(dst, f.key...)
		dst = f.appendSchema(dst, c, defaults.ptr)
	}
	dst = append(dst, '}')
	if t.HasBase {
		dst = append(dst, `,"additionalProperties":false`...)
	}
	return append(dst, '}')
}

// appendSchema appends the schema of the field, its default taken from the value at p.
func (f *Field) appendSchema(dst []byte, c *Components, p unsafe.Pointer) []byte {
	s := f.Value.appendSchema(nil, c)
	for _, r := range f.rules {
		s = appendMember(s, r.keyword(), []byte(strconv.FormatFloat(r.limit, 'f', -1, 64)))
	}
	if f.Opt && string(s) != "{}" {
		s = append(append([]byte(`{"anyOf":[`), s...), `,{"type":"null"}]}`...)
	}
	if f.HasDefault && !f.isNow() && !f.keep {
		s = appendMember(s, "default", f.append(nil, p))
	}
	return append(dst, s...)
}

// appendMember adds a member to the object that ends s.
func appendMember(s []byte, name string, value []byte) []byte {
	s = s[:len(s)-1]
	if s[len(s)-1] != '{' {
		s = append(s, ',')
	}
	s = append(appendString(s, name), ':')
	return append(append(s, value...), '}')
}

func (v *Value) appendSchema(dst []byte, c *Components) []byte {
	switch v.Kind {
	case Int:
		return append(dst, `{"type":"integer"}`...)
	case Float, Duration:
		return append(dst, `{"type":"number"}`...)
	case Bool:
		return append(dst, `{"type":"boolean"}`...)
	case String, Ident:
		return append(dst, `{"type":"string"}`...)
	case Time:
		return append(dst, `{"type":"string","pattern":"`+writtenTime+`(?:Z|[+-][0-9]{2}:[0-9]{2})?$"}`...)
	case Stamp:
		return append(dst, `{"type":"string","format":"date-time-local","pattern":"`+writtenTime+`$"}`...)
	case Day:
		return append(dst, `{"type":"string","format":"date"}`...)
	case Enum:
		return v.appendEnumSchema(dst)
	case Object:
		return append(dst, c.Ref(v.Type)...)
	case List:
		if !v.array {
			dst = append(dst, `{"type":"array","items":`...)
			return append(v.Elem.appendSchema(dst, c), '}')
		}
	case Map:
		dst = append(dst, `{"type":"object","additionalProperties":`...)
		return append(v.Elem.appendSchema(dst, c), '}')
	}
	return append(dst, `{}`...) // numeric arrays and raw JSON: clients treat both as objects
}

// writtenTime is how a time begins on the wire. An offset may follow, so that it is no date-time of RFC 3339, which
// always has one.
const writtenTime = `^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]{6})?`

func (v *Value) appendEnumSchema(dst []byte) []byte {
	dst = append(dst, `{"type":"string","enum":[`...)
	for i, m := range v.Members {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = appendString(dst, m.Name)
	}
	return append(dst, `]}`...)
}
