package config

import (
	"reflect"
	"strconv"
	"strings"
)

// apply makes the overrides that are about values. Those that took keys out are returned as dotted paths, so that
// references into them are known to be meant.
func (r *report) apply(root *node, overrides []override) map[string]bool {
	gone := map[string]bool{}
	for _, o := range overrides {
		switch o.verb {
		case remove:
			if r.remove(root, o) {
				gone[dotted(o.path)] = true
			}
		default:
			r.put(root, o)
		}
	}
	return gone
}

// put sets the value of an override.
func (r *report) put(root *node, o override) {
	here := root.at(o.path)
	switch {
	case here == nil && o.verb == change:
		hint := didYouMean(o.path[len(o.path)-1], siblings(root, o.path))
		if hint != "" {
			hint += " "
		}
		r.at(o.pos, dotted(o.path), hint+"(+"+o.key+"=... adds it)", "no such key")
		return
	case here != nil && o.verb == add && !(here.kind == dict && o.value.kind == dict):
		r.at(o.pos, dotted(o.path), "leave the + out to change it", "is there already, at %s", here.pos)
		return
	case here != nil && here.kind == dict && o.value.kind == dict:
		here.merge(o.value)
		return
	}
	n := root
	for i, key := range o.path[:len(o.path)-1] {
		next := n.at([]string{key})
		if next == nil && n.kind == dict || next.isNull() && next != nil {
			next = newDict(o.pos)
			r.place(n, key, o.pos, next)
		}
		if next == nil || next.kind == scalar {
			r.at(o.pos, dotted(o.path), "", "%s is %s, not a map", dotted(o.path[:i+1]), next.shown())
			return
		}
		n = next
	}
	last := o.path[len(o.path)-1]
	if !r.place(n, last, o.pos, o.value) {
		r.at(o.pos, dotted(o.path), "", "the list has no element %s (it has %d)", clip(last), len(n.items))
	}
}

// place puts v into a map or a list and tells whether it could.
func (r *report) place(n *node, key string, pos Pos, v *node) bool {
	if n.kind == dict {
		n.set(key, pos, v)
		return true
	}
	i, err := strconv.Atoi(key)
	if err != nil || i < 0 || i >= len(n.items) {
		return false
	}
	n.items[i] = v
	return true
}

func (r *report) remove(root *node, o override) bool {
	here, parent := root.at(o.path), root.at(o.path[:len(o.path)-1])
	if here == nil || parent.kind != dict {
		r.at(o.pos, dotted(o.path), didYouMean(o.path[len(o.path)-1], siblings(root, o.path)), "no such key to remove")
		return false
	}
	if o.value != nil && !o.value.isNull() && !reflect.DeepEqual(o.value.value, here.value) {
		r.at(o.pos, dotted(o.path), "leave the value out to remove it whatever it is", "got %s, want what is there: %s", o.value.shown(), here.shown())
		return false
	}
	return parent.remove(o.path[len(o.path)-1])
}

// siblings are the keys beside the one that a path leads to.
func siblings(root *node, path []string) []string {
	parent := root.at(path[:len(path)-1])
	if parent == nil || parent.kind != dict {
		return nil
	}
	return parent.keys()
}

// ofGroups splits off the overrides that choose an option of a group, as Hydra does: what names a folder of the search
// path, or an entry of a defaults list, and does not set a map.
func ofGroups(all []override, s search) (groups, values []override) {
	for _, o := range all {
		c := o.choice()
		isMap := o.value != nil && o.value.kind == dict
		if !isMap && !strings.Contains(o.key, ".") && (s.isGroup(c.group) || c.pkg != "") {
			groups = append(groups, o)
			continue
		}
		values = append(values, o)
	}
	return groups, values
}
