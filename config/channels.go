package config

import (
	"reflect"
	"slices"
	"strings"

	"gw/gateway"
	"gw/schema"
)

// channelOptions are the keys of one channel.
type channelOptions struct {
	// Type names the type of a value: one of types, or the one that fields describe. Without it the channel's name
	// gives the type's.
	Type string
	// List makes each tick a list of values.
	List bool
	// Keys makes the channel a basket with these keys.
	Keys []string
	// Send lets values in from outside.
	Send bool
	// Stage lets values be held back until they are released.
	Stage bool
}

// channels makes the model: the one that _target_ names, or one of the channels that are written here.
func (b *assembly) channels(own *node, path string) {
	c, at := own.get("channels"), under(path, "channels")
	b.types = b.typesOf(own.get("types"), under(path, "types"))
	switch {
	case c.isNull():
		b.fresh = func() any { return nil }
	case !b.usable(c, at):
	case c.kind != dict:
		b.add(c, at, "", "got %s, want a map of channels, or _target_: below it", c.shown())
	case c.get("_target_") != nil:
		if made, ok := b.instantiate(c, "", at, true); ok {
			b.model = made.value
			b.fresh = made.target.New
		}
	default:
		b.ownModel(c, at)
	}
}

func (b *assembly) ownModel(c *node, at string) {
	var specs []gateway.ChannelSpec
	before := len(b.found)
	for _, f := range c.fields {
		if s, ok := b.channel(f, under(at, f.key)); ok {
			specs = append(specs, s)
		}
	}
	model := func() any {
		m := gateway.NewModel()
		for _, s := range specs {
			m.Add(s)
		}
		return m
	}
	b.model = model()
	if len(b.found) > before {
		return
	}
	b.fresh = model
	for _, s := range specs { // one by one, to know which it is that is wrong
		if err := gateway.New(gateway.NewModel().Add(s)).Build(); err != nil {
			b.fresh = nil
			b.add(c.get(s.Name), under(at, s.Name), "", "%s", strings.TrimPrefix(err.Error(), `channel "`+s.Name+`": `))
		}
	}
}

// channel reads one channel.
func (b *assembly) channel(f *field, path string) (gateway.ChannelSpec, bool) {
	s := gateway.ChannelSpec{Name: f.key}
	if !b.usable(f.value, path) {
		return s, false
	}
	if f.key == "" || strings.ContainsAny(f.key, "/ ") {
		b.at(f.pos, path, "", "got the name %q, want one without slash and space", clip(f.key))
		return s, false
	}
	body := f.value
	if body.kind == scalar && !body.isNull() { // trades: Trade
		short := newDict(body.pos)
		short.set("type", body.pos, body)
		body = short
	}
	if body.kind != dict {
		b.add(body, path, "write fields: {NAME: TYPE}, or type: NAME", "got %s, want a map", body.shown())
		return s, false
	}
	before := len(b.found)
	var o channelOptions
	b.object(reflect.ValueOf(&o).Elem(), body, path, "fields", "state")
	s.List, s.Keys, s.Send, s.Stage = o.List, o.Keys, o.Send, o.Stage
	s.Type = b.channelType(f.key, o.Type, body, path)
	s.State = b.views(body.get("state"), s.Type, under(path, "state"))
	return s, len(b.found) == before
}

// channelType is the type that fields describe, or the one of types with the name.
func (b *assembly) channelType(channel, name string, body *node, path string) *schema.Type {
	fields := body.get("fields")
	if fields == nil {
		if t := b.types[name]; t != nil || name == "" {
			if t == nil {
				b.add(body, path, "write fields: {NAME: TYPE}, or type: NAME of types", "has no type")
			}
			return t
		}
		known := make([]string, 0, len(b.types))
		for n := range b.types {
			known = append(known, n)
		}
		slices.Sort(known)
		b.add(body.get("type"), under(path, "type"), didYouMean(name, known), "no type %q", clip(name))
		return nil
	}
	if name == "" {
		name = camel(channel)
	}
	return b.typeOf(name, fields, under(path, "fields"))
}

// views reads state: a field, a list of fields, or a map of views to either.
func (b *assembly) views(n *node, t *schema.Type, path string) []string {
	if n.isNull() || !b.usable(n, path) {
		return nil
	}
	if n.kind != dict {
		return []string{b.view(n, t, path)}
	}
	var all []string
	for _, f := range n.fields {
		all = append(all, f.key+"="+b.view(f.value, t, under(path, f.key)))
	}
	return all
}

func (b *assembly) view(n *node, t *schema.Type, path string) string {
	var keys []string
	b.into(reflect.ValueOf(&keys).Elem(), n, path)
	if t == nil {
		return ""
	}
	for _, k := range keys {
		if _, ok := t.Column(k); !ok {
			var known []string
			for _, c := range t.Columns() {
				known = append(known, c.Name)
			}
			b.add(n, path, didYouMean(k, known), "%s has no field %q", t.Name, clip(k))
		}
	}
	return strings.Join(keys, ",")
}

// camel turns a channel's name into a type's: big_trades is BigTrades.
func camel(name string) string {
	var b strings.Builder
	for part := range strings.SplitSeq(name, "_") {
		if part != "" {
			b.WriteString(strings.ToUpper(part[:1]) + part[1:])
		}
	}
	return b.String()
}
