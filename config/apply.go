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
	isMap := here != nil && here.kind == dict && o.value.kind == dict
	switch {
	case isMap:
		here.merge(o.value)
	case here != nil && o.verb == add:
		r.at(o.pos, dotted(o.path), "leave the + out to change it", "is there already, at %s", here.pos)
	case here == nil && o.verb == change && r.reach(root, o):
		hint := didYouMean(o.path[len(o.path)-1], siblings(root, o.path))
		switch {
		case strings.HasSuffix(hint, "?"):
			hint += " "
		case hint != "":
			hint += "; "
		}
		r.at(o.pos, dotted(o.path), hint+"+"+o.key+"=... adds it", "no such key")
	case here != nil || o.verb != change:
		r.write(root, o)
	}
}

// reach reports an override that leads through what is no map, or to an element that a list does not have.
func (r *report) reach(root *node, o override) bool {
	n := root
	for i, key := range o.path {
		next := n.at([]string{key})
		switch {
		case n.kind == list && next == nil:
			r.at(o.pos, dotted(o.path), "", "the list has no element %s (it has %d)", clip(key), len(n.items))
			return false
		case n.kind == scalar && !n.isNull():
			r.at(o.pos, dotted(o.path), "", "%s is %s, not a map", dotted(o.path[:i]), n.shown())
			return false
		case next == nil:
			return true
		}
		n = next
	}
	return true
}

// write puts the value where the path leads, which reach has seen to; maps on the way that are not there are made.
func (r *report) write(root *node, o override) {
	if !r.reach(root, o) {
		return
	}
	n := root
	for _, key := range o.path[:len(o.path)-1] {
		next := n.at([]string{key})
		if next.isNull() {
			next = newDict(o.pos)
			n.place(key, o.pos, next)
		}
		n = next
	}
	n.place(o.path[len(o.path)-1], o.pos, o.value)
}

// place puts v into a map, or into the place of an element of a list that is there.
func (n *node) place(key string, pos Pos, v *node) {
	if n.kind == dict {
		n.set(key, pos, v)
		return
	}
	if i, err := strconv.Atoi(key); err == nil && i >= 0 && i < len(n.items) {
		n.items[i] = v
	}
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
