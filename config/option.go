package config

import (
	"fmt"
	"reflect"
	"strings"
	"unicode"
)

// An option is an exported field of a target's struct.
type option struct {
	name    string
	field   reflect.StructField // its Index leads to it from the outermost struct
	def     string              // the text of its default
	words   []string            // those that are taken, nil for any
	secret  bool
	ref     string // "channel": it names channels; "view": state views
	later   string // why it is accepted and not served yet
	must    bool   // it has to be given
	aliases []string
}

// optionsOf lists the options of a struct type, those of embedded structs in their place.
func optionsOf(rt reflect.Type) []option {
	var all []option
	for i := range rt.NumField() {
		f := rt.Field(i)
		switch {
		case f.Anonymous && f.Type.Kind() == reflect.Struct:
			for _, inner := range optionsOf(f.Type) {
				inner.field.Index = append([]int{i}, inner.field.Index...)
				all = append(all, inner)
			}
		case f.IsExported() && !isChannel(f.Type):
			if o, ok := optionOf(f); ok {
				all = append(all, o)
			}
		}
	}
	return all
}

// isChannel tells whether a field of a model is a channel, and no static field of it.
func isChannel(rt reflect.Type) bool {
	return reflect.PointerTo(rt).Implements(reflect.TypeFor[interface {
		Name() string
		Send()
	}]())
}

func optionOf(f reflect.StructField) (option, bool) {
	name, rest, _ := strings.Cut(f.Tag.Get("json"), ",")
	if name == "-" && rest == "" {
		return option{}, false
	}
	if name == "" {
		name = snake(f.Name)
	}
	o := option{name: name, field: f, def: f.Tag.Get("default"), ref: f.Tag.Get("ref"), later: f.Tag.Get("later")}
	o.secret = f.Tag.Get("secret") == "true" || secretName(name)
	o.must = f.Tag.Get("must") == "true"
	if words := f.Tag.Get("enum"); words != "" {
		o.words = strings.Split(words, ",")
	}
	if aliases := f.Tag.Get("alias"); aliases != "" {
		o.aliases = strings.Split(aliases, ",")
	}
	return o, true
}

func namesOf(options []option) []string {
	var names []string
	for _, o := range options {
		names = append(names, o.name)
	}
	return names
}

// find returns the option with the name or alias.
func find(options []option, name string) (option, bool) {
	for _, o := range options {
		if o.name == name {
			return o, true
		}
		for _, a := range o.aliases {
			if a == name {
				return o, true
			}
		}
	}
	return option{}, false
}

// checkOptions says what the tags of a target have wrong, which is a mistake of its author.
func checkOptions(rt reflect.Type) error {
	if rt.Kind() != reflect.Struct {
		return fmt.Errorf("got a %s from New, want a pointer to a struct", rt)
	}
	seen := map[string]bool{}
	v := reflect.New(rt).Elem()
	for _, o := range optionsOf(rt) {
		if seen[o.name] {
			return fmt.Errorf("two options are called %s", o.name)
		}
		seen[o.name] = true
		if o.def == "" {
			continue
		}
		if err := o.setDefault(v); err != nil {
			return fmt.Errorf("option %s: default %q: %w", o.name, o.def, err)
		}
	}
	return nil
}

// setDefault puts the default into the option's field of v.
func (o option) setDefault(v reflect.Value) error {
	n, bad := parseValue(o.def, Pos{})
	if bad != nil {
		return fmt.Errorf("%s", bad.msg)
	}
	d := decoder{}
	d.into(v.FieldByIndex(o.field.Index), n, "")
	return d.found.err()
}

// snake turns a Go name into an option's: MountLast is mount_last.
func snake(name string) string {
	runes := []rune(name)
	var b strings.Builder
	for i, r := range runes {
		if i > 0 && unicode.IsUpper(r) && (!unicode.IsUpper(runes[i-1]) || i+1 < len(runes) && unicode.IsLower(runes[i+1])) {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}
