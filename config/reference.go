package config

import (
	"encoding/json"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"
	"time"

	"gw/gateway"
)

// Reference writes a page in Markdown about every target: what it is, and a table of its options, both from the
// comments and tags of its type. The error is that of w, or says which target or option has no comment.
func Reference(w io.Writer, all []Target) error {
	t, err := newTargets(all)
	if err != nil {
		return err
	}
	for _, name := range t.names {
		if err := reference(w, t.byName[name]); err != nil {
			return fmt.Errorf("target %q: %w", name, err)
		}
	}
	return nil
}

func reference(w io.Writer, t *Target) error {
	docs, rt := describe(t.Source), t.typ()
	doc := docs.of(rt)
	if doc == "" {
		return fmt.Errorf("type %s has no comment", rt.Name())
	}
	fmt.Fprintf(w, "\n## %s\n\n%s\n", t.Name, doc)
	if len(t.Aliases) > 0 {
		fmt.Fprintf(w, "\nAlso called `%s`.\n", strings.Join(t.Aliases, "`, `"))
	}
	return optionTable(w, docs, rt)
}

// optionTable writes a row an option; those of nested structs follow under dotted names.
func optionTable(w io.Writer, docs descriptions, rt reflect.Type) error {
	rows, err := optionRows(docs, rt, "")
	if err != nil || len(rows) == 0 {
		return err
	}
	_, err = fmt.Fprintf(w, "\n| option | type | default | what it does |\n| --- | --- | --- | --- |\n%s", strings.Join(rows, ""))
	return err
}

func optionRows(docs descriptions, rt reflect.Type, prefix string) ([]string, error) {
	var rows []string
	for _, o := range optionsOf(rt) {
		if o.owner(rt) == reflect.TypeFor[gateway.ModuleOptions]() {
			continue // what any module can be told is said once
		}
		text := docs.option(rt, o)
		if text == "" {
			return nil, fmt.Errorf("option %s has no comment", prefix+o.name)
		}
		if o.later != "" {
			text += " *Accepted without effect: " + o.later + ".*"
		}
		if o.must {
			text += " *Must be given.*"
		}
		def := ""
		if o.def != "" {
			def = "`" + o.def + "`"
		}
		rows = append(rows, fmt.Sprintf("| `%s` | %s | %s | %s |\n", prefix+o.name, o.word(), def, strings.ReplaceAll(strings.ReplaceAll(text, "\n\n", " "), "|", `\|`)))
		if inner, step := nested(o.field.Type); inner != nil {
			more, err := optionRows(docs, inner, prefix+o.name+step+".")
			if err != nil {
				return nil, err
			}
			rows = slices.Concat(rows, more)
		}
	}
	return rows, nil
}

// nested is the struct of options within an option, and what leads to it.
func nested(rt reflect.Type) (reflect.Type, string) {
	if readsItself(rt) {
		return nil, ""
	}
	switch rt.Kind() {
	case reflect.Struct:
		return rt, ""
	case reflect.Slice:
		if inner, _ := nested(rt.Elem()); inner != nil {
			return inner, "[]"
		}
	case reflect.Map:
		if inner, _ := nested(rt.Elem()); inner != nil {
			return inner, ".NAME"
		}
	case reflect.Pointer:
		return nested(rt.Elem())
	}
	return nil, ""
}

// readsItself tells whether a type has a form of its own in a configuration.
func readsItself(rt reflect.Type) bool {
	p := reflect.PointerTo(rt)
	return p.Implements(reflect.TypeFor[Decoder]()) || p.Implements(reflect.TypeFor[json.Unmarshaler]())
}

// word is the type of an option for people.
func (o option) word() string {
	if o.words != nil {
		return "`" + strings.Join(o.words, "`, `") + "`"
	}
	if o.ref == "channel" && o.field.Type.Kind() == reflect.String {
		return "channel"
	}
	return typeWord(o.field.Type)
}

func typeWord(rt reflect.Type) string {
	switch rt {
	case reflect.TypeFor[gateway.Selection]():
		return "selection"
	case reflect.TypeFor[time.Duration]():
		return "duration"
	case reflect.TypeFor[time.Time]():
		return "time"
	}
	if reflect.PointerTo(rt).Implements(reflect.TypeFor[Decoder]()) {
		return strings.ToLower(rt.Name())
	}
	switch rt.Kind() {
	case reflect.Bool:
		return "true or false"
	case reflect.String:
		return "text"
	case reflect.Float32, reflect.Float64:
		return "number"
	case reflect.Slice:
		if rt.Elem().Kind() == reflect.Uint8 {
			return "any value"
		}
		return "list of " + typeWord(rt.Elem())
	case reflect.Map:
		return "map to " + typeWord(rt.Elem())
	case reflect.Pointer:
		return typeWord(rt.Elem())
	case reflect.Struct:
		return "options"
	case reflect.Interface:
		if rt.NumMethod() > 0 {
			return "module"
		}
		return "any value"
	}
	return "whole number"
}
