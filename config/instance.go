package config

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// common are keys that every module has beside its own options.
var common = []string{"_target_", "disable", "disabled"}

// everyModule are the options that modules have in common; errors do not list them.
var everyModule = []string{"disable", "disabled", "requires", "block_set_channels_until", "on_error"}

// A made module, or nil if it is disabled.
type instance struct {
	target *Target
	value  any
}

// instantiate makes what n names with _target_.
func (b *assembly) instantiate(n *node, name, path string, model bool) (instance, bool) {
	if !b.usable(n, path) {
		return instance{}, false
	}
	if n.kind != dict {
		hint := "write _target_: NAME below it"
		if b.config.root.at([]string{"modules", n.text}) != nil {
			hint = "write /modules/" + n.text
		}
		b.add(n, path, hint, "got %s, want a module", n.shown())
		return instance{}, false
	}
	t, ok := b.target(n, path, model)
	if b.refused(n, path) || !ok {
		return instance{}, false
	}
	if b.disabled(n, path) {
		return instance{target: t}, true
	}
	v := reflect.ValueOf(t.New())
	if named, ok := v.Interface().(interface{ SetModuleName(string) }); ok && name != "" {
		named.SetModuleName(name)
	}
	b.object(v.Elem(), n, path, common...)
	b.policy(n, path)
	b.notes(t, n, path)
	return instance{t, v.Interface()}, true
}

// target finds what _target_ says.
func (b *assembly) target(n *node, path string, model bool) (*Target, bool) {
	f := n.field("_target_")
	if f == nil {
		b.add(n, path, "add _target_: NAME, such as gw.Print", "has no _target_")
		return nil, false
	}
	at := under(path, "_target_")
	if !b.usable(f.value, at) {
		return nil, false
	}
	t := b.config.targets.byName[f.value.text]
	switch {
	case t == nil:
		b.add(f.value, at, b.config.targets.suggest(f.value.text), "no target %s", f.value.shown())
		return nil, false
	case t.Model && !model:
		b.add(f.value, at, "", "%s is a model of channels, not a module", f.value.text)
		return nil, false
	case !t.Model && model:
		b.add(f.value, at, "", "%s is a module, not a model of channels", f.value.text)
		return nil, false
	}
	return t, true
}

// refused reports the words of Hydra that gw does not have.
func (b *assembly) refused(n *node, path string) bool {
	found := false
	for _, f := range n.fields {
		switch f.key {
		case "_args_":
			b.at(f.pos, under(path, f.key), "give each option by its name", "_args_ is not supported")
		case "_partial_", "_recursive_", "_convert_":
			b.at(f.pos, under(path, f.key), "leave it out", "%s is not supported", f.key)
		default:
			continue
		}
		found = true
	}
	return found
}

func (b *assembly) disabled(n *node, path string) bool {
	for _, key := range []string{"disable", "disabled"} {
		off := false
		if v := n.get(key); v != nil {
			b.into(reflect.ValueOf(&off).Elem(), v, under(path, key))
		}
		if off {
			return true
		}
	}
	return false
}

// policy checks on_error, which the gateway reads from its text.
func (b *assembly) policy(n *node, path string) {
	words := []string{"stop", "disable"}
	if v := n.get("on_error"); !v.isNull() && v.problem == nil && v.unset == nil && !slices.Contains(words, v.text) {
		b.add(v, under(path, "on_error"), suggestion(v.text, words), "got %s, want %s", v.shown(), alternatives(words))
	}
}

// notes tells which of the options given are accepted and do nothing.
func (b *assembly) notes(t *Target, n *node, path string) {
	options := optionsOf(t.typ())
	var later []string
	why := ""
	for _, f := range n.fields {
		if o, ok := find(options, f.key); ok && o.later != "" && !f.value.isNull() {
			later, why = append(later, o.name), o.later
		}
	}
	if len(later) > 0 {
		b.app.Notes = append(b.app.Notes, fmt.Sprintf("%s: without effect: %s (%s)", path, strings.Join(later, ", "), why))
	}
}

// modules makes those that the gateway has: a list of references and modules, or a map of modules.
func (b *assembly) modules(own *node, path string) {
	l, at := own.get("modules"), under(path, "modules")
	if l.isNull() || !b.usable(l, at) {
		return
	}
	switch l.kind {
	case dict:
		for _, f := range l.fields {
			b.module(f.value, f.key, under(at, f.key))
		}
	case list:
		for i, item := range l.items {
			b.module(item, "", indexed(at, i))
		}
		b.idle()
	default:
		b.add(l, at, "", "got %s, want a list of references such as /modules/NAME, or a map of modules", l.shown())
	}
}

// idle tells which modules the user has written and not put among those of the gateway: a lock that nobody hung.
func (b *assembly) idle() {
	all := b.config.root.get("modules")
	if all == nil || all.kind != dict {
		return
	}
	var idle []string
	for _, f := range all.fields {
		_, made := b.made[dotted([]string{"modules", f.key})]
		ours := strings.HasPrefix(f.pos.File, "builtin/")
		if !made && !ours && f.value.kind == dict && f.value.field("_target_") != nil {
			idle = append(idle, f.key)
		}
	}
	if len(idle) > 0 {
		b.app.Notes = append(b.app.Notes, fmt.Sprintf("modules: without effect: %s (add /modules/NAME to gateway.modules)", strings.Join(idle, ", ")))
	}
}

// module makes one module, or takes the one that a reference names.
func (b *assembly) module(n *node, name, path string) {
	if n.kind == scalar && strings.HasPrefix(n.text, "/") && b.usable(n, path) {
		at := strings.Split(strings.TrimPrefix(n.text, "/"), "/")
		b.take(n, at, path)
		return
	}
	if made, ok := b.instantiate(n, name, path, false); ok {
		b.join(name, made, n, path)
	}
}

// take adds the module that a reference names.
func (b *assembly) take(n *node, at []string, path string) {
	made, ok := b.standing(n, at, path)
	if ok {
		b.join(at[len(at)-1], made, b.config.root.at(at), dotted(at))
	}
}

// join lets a module take part, once.
func (b *assembly) join(name string, made instance, n *node, path string) {
	same := func(m Module) bool { return m.Value == made.value }
	if made.value == nil || slices.ContainsFunc(b.app.Modules, same) {
		return
	}
	b.app.Modules = append(b.app.Modules, Module{Name: name, Target: made.target.Name, Value: made.value, n: n, path: path})
	b.connects(made, n, path)
}

// standing makes what stands at a place of the configuration, once; a module that an override took out is none.
func (b *assembly) standing(n *node, at []string, path string) (instance, bool) {
	key := dotted(at)
	if made, ok := b.made[key].(instance); ok {
		return made, true
	}
	for i := range at {
		if b.config.gone[dotted(at[:i+1])] {
			b.app.Notes = append(b.app.Notes, fmt.Sprintf("%s: /%s was taken out on the command line", path, strings.Join(at, "/")))
			return instance{}, false
		}
	}
	target := b.config.root.at(at)
	if target == nil {
		var known []string
		if parent := b.config.root.at(at[:len(at)-1]); parent != nil && parent.kind == dict {
			known = parent.keys()
		}
		b.add(n, path, didYouMean(at[len(at)-1], known), "nothing is at %s", n.shown())
		return instance{}, false
	}
	before := len(b.found)
	made, ok := b.instantiate(target, at[len(at)-1], key, false)
	if ok && len(b.found) == before {
		b.made[key] = made
	}
	return made, ok
}

// reference is for an option that holds another module.
func (b *assembly) reference(n *node, path string, want reflect.Type) (any, bool) {
	if n.kind == scalar && !strings.HasPrefix(n.text, "/") {
		b.add(n, path, "write /modules/NAME, or _target_: below it", "got %s, want a module", n.shown())
		return nil, false
	}
	var made instance
	var ok bool
	if n.kind == scalar {
		made, ok = b.standing(n, strings.Split(strings.TrimPrefix(n.text, "/"), "/"), path)
	} else {
		made, ok = b.instantiate(n, "", path, false)
	}
	if !ok || made.value == nil {
		return nil, false
	}
	if !reflect.TypeOf(made.value).AssignableTo(want) {
		b.add(n, path, "", "got a %s, which cannot be used here (want a %s)", made.target.Name, want.Name())
		return nil, false
	}
	return made.value, true
}
