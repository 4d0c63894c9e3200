package config

import (
	"encoding/json"
	"io"
	"reflect"
	"time"
)

// A schemaNode is a JSON Schema as encoding/json writes it, keys sorted.
type schemaNode map[string]any

// JSONSchema writes a JSON Schema (2020-12) of configurations, for editors: what each target takes, with the comments of
// its type.
func JSONSchema(w io.Writer, all []Target) error {
	t, err := newTargets(all)
	if err != nil {
		return err
	}
	defs := schemaNode{}
	module, models := oneOfTargets(t, defs, false), oneOfTargets(t, defs, true)
	channels := schemaNode{"anyOf": []any{models, schemaNode{"type": "object", "additionalProperties": channelSchema()}}}
	parts := schemaNode{
		"channels": channels,
		"types":    schemaNode{"type": "object", "description": "types that channels share: NAME: {FIELD: TYPE}"},
		"settings": optionsSchema(reflect.TypeFor[Settings](), nil),
		"modules": schemaNode{"anyOf": []any{
			schemaNode{"type": "object", "additionalProperties": module},
			schemaNode{"type": "array", "items": schemaNode{"anyOf": []any{schemaNode{"type": "string"}, module}}},
		}},
	}
	for name, s := range optionsSchema(reflect.TypeFor[gatewayOptions](), nil)["properties"].(schemaNode) {
		parts[name] = s
	}
	top := schemaNode{"gateway": schemaNode{"type": "object", "properties": parts}, "defaults": schemaNode{"type": "array", "description": "the files that this one builds on"}}
	for name, s := range parts {
		top[name] = s
	}
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(schemaNode{
		"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "gw configuration",
		"type": "object", "properties": top, "$defs": defs,
	})
}

// oneOfTargets adds the modules, or the models, to defs and returns what lets _target_ choose among them.
func oneOfTargets(t targets, defs schemaNode, model bool) schemaNode {
	var names, choices []any
	for _, name := range t.names {
		one := t.byName[name]
		if one.Model != model {
			continue
		}
		called := []any{name}
		for _, a := range one.Aliases {
			called = append(called, a)
		}
		names = append(names, called...)
		s := optionsSchema(one.typ(), describe(one.Source))
		s["description"] = describe(one.Source).of(one.typ())
		for _, key := range common {
			s["properties"].(schemaNode)[key] = schemaNode{}
		}
		defs[name] = s
		choices = append(choices, schemaNode{
			"if":   schemaNode{"properties": schemaNode{"_target_": schemaNode{"enum": called}}},
			"then": schemaNode{"$ref": "#/$defs/" + name},
		})
	}
	return schemaNode{
		"type": "object", "required": []string{"_target_"},
		"properties": schemaNode{"_target_": schemaNode{"enum": names}}, "allOf": choices,
	}
}

func optionsSchema(rt reflect.Type, docs descriptions) schemaNode {
	properties := schemaNode{}
	var must []string
	for _, o := range optionsOf(rt) {
		s := typeSchema(o.field.Type, docs)
		if o.words != nil {
			s = schemaNode{"enum": o.words}
		}
		if s["$any"] == nil {
			s = schemaNode{"anyOf": []any{s, schemaNode{"type": "string", "pattern": `\$\{`}, schemaNode{"type": "null"}}}
		} else {
			s = schemaNode{}
		}
		if text := docs.option(rt, o); text != "" {
			s["description"] = text
		}
		if o.def != "" {
			s["default"] = plain(o.def)
		}
		properties[o.name] = s
		if o.must {
			must = append(must, o.name)
		}
	}
	s := schemaNode{"type": "object", "properties": properties, "additionalProperties": false}
	if must != nil {
		s["required"] = must
	}
	return s
}

// typeSchema is the schema of an option's type; one with $any takes anything.
func typeSchema(rt reflect.Type, docs descriptions) schemaNode {
	switch {
	case rt == reflect.TypeFor[time.Duration]():
		return schemaNode{"type": []string{"string", "number"}, "examples": []string{"1s", "00:00:01", "PT1S"}}
	case rt == reflect.TypeFor[time.Time]():
		return schemaNode{"type": "string"}
	case readsItself(rt):
		return schemaNode{"$any": true}
	}
	switch rt.Kind() {
	case reflect.Bool:
		return schemaNode{"type": "boolean"}
	case reflect.String:
		return schemaNode{"type": []string{"string", "number", "boolean"}}
	case reflect.Float32, reflect.Float64:
		return schemaNode{"type": "number"}
	case reflect.Slice:
		if rt.Elem().Kind() == reflect.Uint8 {
			return schemaNode{"$any": true}
		}
		return schemaNode{"anyOf": []any{schemaNode{"type": "array", "items": bare(typeSchema(rt.Elem(), docs))}, bare(typeSchema(rt.Elem(), docs))}}
	case reflect.Map:
		return schemaNode{"type": "object", "additionalProperties": bare(typeSchema(rt.Elem(), docs))}
	case reflect.Pointer:
		return typeSchema(rt.Elem(), docs)
	case reflect.Struct:
		return optionsSchema(rt, docs)
	case reflect.Interface:
		return schemaNode{"$any": true}
	}
	return schemaNode{"type": "integer"}
}

// bare turns the mark of anything into JSON Schema's.
func bare(s schemaNode) schemaNode {
	if s["$any"] != nil {
		return schemaNode{}
	}
	return s
}

// channelSchema is the schema of a channel that is written in the configuration.
func channelSchema() schemaNode {
	s := optionsSchema(reflect.TypeFor[channelOptions](), nil)
	properties := s["properties"].(schemaNode)
	properties["fields"] = schemaNode{"type": "object", "description": "the fields of a value: NAME: TYPE"}
	properties["state"] = schemaNode{"description": "the keys of the latest values that are kept: FIELD, [FIELDS] or {VIEW: FIELDS}"}
	return schemaNode{"anyOf": []any{s, schemaNode{"type": "string"}}}
}
