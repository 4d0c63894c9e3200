package config

import (
	"reflect"
	"slices"
)

// object decodes a map into the options of a struct. skip are keys that are not the struct's business.
func (d *decoder) object(v reflect.Value, n *node, path string, skip ...string) {
	if n.kind != dict {
		d.add(n, path, "", "got %s, want a map", n.shown())
		return
	}
	options := optionsOf(v.Type())
	given := map[string]bool{}
	for _, o := range options {
		if o.def != "" {
			_ = o.setDefault(v) // newTargets has tried it
		}
	}
	for _, f := range n.fields {
		if slices.Contains(skip, f.key) {
			continue
		}
		o, ok := find(options, f.key)
		if !ok {
			d.unknown(f, path, namesOf(options), skip)
			continue
		}
		given[o.name] = true
		d.option(v.FieldByIndex(o.field.Index), o, f, under(path, f.key))
	}
	for _, o := range options {
		if o.must && !given[o.name] {
			d.add(n, path, "add "+o.name+": VALUE", "lacks the option %s", o.name)
		}
	}
}

func (d *decoder) unknown(f *field, path string, own, other []string) {
	other = slices.DeleteFunc(slices.Clone(other), func(name string) bool { return name == "_target_" })
	hint := suggestion(f.key, append(other, own...))
	own = slices.DeleteFunc(own, func(name string) bool { return slices.Contains(everyModule, name) })
	if hint == "" {
		hint = didYouMean(f.key, append(own, slices.DeleteFunc(other, func(name string) bool { return slices.Contains(everyModule, name) })...))
	}
	if len(own)+len(other) == 0 {
		hint = "it has no options"
	}
	d.at(f.pos, under(path, f.key), hint, "no such option")
}

func (d *decoder) option(v reflect.Value, o option, f *field, path string) {
	if o.secret {
		f.value.walk(nil, func(_ []string, n *node) {
			if n.inFile && !n.isNull() && n.text != "" && n.problem == nil && n.unset == nil {
				d.bare = append(d.bare, use{n, path})
			}
			n.secret = true
		})
	}
	before := len(d.found)
	d.into(v, f.value, path)
	if o.ref == "channel" {
		d.refers(f.value, path)
	}
	if len(d.found) > before || o.words == nil || v.Kind() != reflect.String || f.value.isNull() {
		return
	}
	for _, w := range o.words {
		if equalFold(v.String(), w) {
			v.SetString(w)
			return
		}
	}
	d.add(f.value, path, suggestion(v.String(), o.words), "got %s, want %s", f.value.shown(), alternatives(o.words))
}
