package config

import (
	"strings"
)

// An override is one argument of the command line that changes the configuration.
type override struct {
	pos   Pos
	verb  verb
	key   string // as it was written, with @package
	path  []string
	value *node // nil for ~key
}

type verb uint8

const (
	change verb = iota // key=value: the key must be there
	add                // +key=value: it must not be there
	put                // ++key=value: whatever
	remove             // ~key or ~key=value
)

// IsOverride tells whether an argument of a command line is an override (key=value, +key=value, ++key=value, ~key) and
// not the name of a configuration.
func IsOverride(arg string) bool {
	return strings.HasPrefix(arg, "+") || strings.HasPrefix(arg, "~") || strings.Contains(arg, "=")
}

// overrides reads the arguments.
func (r *report) overrides(args []string) []override {
	var all []override
	for _, arg := range args {
		if o, ok := r.override(arg); ok {
			all = append(all, o)
		}
	}
	return all
}

func (r *report) override(arg string) (override, bool) {
	o := override{pos: Pos{File: "argument " + strings.ToValidUTF8(clip(secretless(arg)), "?")}}
	rest := arg
	switch {
	case strings.HasPrefix(arg, "++"):
		o.verb, rest = put, arg[2:]
	case strings.HasPrefix(arg, "+"):
		o.verb, rest = add, arg[1:]
	case strings.HasPrefix(arg, "~"):
		o.verb, rest = remove, arg[1:]
	}
	key, text, assigned := strings.Cut(rest, "=")
	o.key = strings.TrimSpace(key)
	path, ok := keyPath(o.key)
	switch {
	case !ok:
		r.at(o.pos, "", "write key=value, +key=value, ++key=value or ~key, with a.b for b in a", "got the key %q, want names joined by dots", clip(o.key))
		return o, false
	case !assigned && o.verb != remove:
		r.at(o.pos, "", "write "+clip(rest)+"=VALUE", "has no value")
		return o, false
	case strings.HasPrefix(o.key, "hydra.sweep") || o.key == "hydra.mode":
		r.at(o.pos, "", "start gw once for each value", "multirun and sweeps are not supported")
		return o, false
	}
	o.path = path
	if !assigned {
		return o, true
	}
	v, err := parseValue(text, o.pos)
	if err != nil {
		r.at(o.pos, dotted(path), err.hint, "%s", err.msg)
		return o, false
	}
	o.value = v
	if secretName(path[len(path)-1]) {
		v.secret = true
	}
	return o, true
}

// keyPath takes a key apart: a.b.c, also with a[0] for an element. What stands behind @ names a package and is no part
// of the path; slashes are those of a group.
func keyPath(key string) ([]string, bool) {
	name, _, _ := strings.Cut(key, "@")
	name = strings.ReplaceAll(strings.ReplaceAll(name, "[", "."), "]", "")
	if name == "" {
		return nil, false
	}
	path := strings.Split(name, ".")
	for _, part := range path {
		if part == "" || strings.ContainsAny(part, " \t\n{}[],:\"'$~+") {
			return nil, false
		}
	}
	return path, true
}

// secretless leaves the value of an argument out that sets a secret, or a map, which may have one inside.
func secretless(arg string) string {
	key, value, assigned := strings.Cut(arg, "=")
	switch {
	case assigned && secretName(key[strings.LastIndexByte(key, '.')+1:]):
		return key + "=..."
	case assigned && strings.Contains(strings.ReplaceAll(value, "${", ""), "{"):
		return key + "={...}"
	}
	return arg
}

// choice is o as an entry of a defaults list, for one that names a group.
func (o override) choice() choice {
	group, pkg, _ := strings.Cut(o.key, "@")
	c := choice{pos: o.pos, group: strings.ReplaceAll(group, ".", "/"), pkg: pkg}
	c.relative = c.group
	if o.value == nil || o.value.isNull() {
		return c
	}
	values := []*node{o.value}
	if o.value.kind == list {
		values = o.value.items
	}
	for _, v := range values {
		c.options = append(c.options, v.text)
	}
	return c
}
