package config

import (
	"maps"
	"reflect"
	"slices"
	"strings"

	"gw/gateway"
)

// Checking is what a module's method Check(*Checking) gets to look at its options with, before anything runs.
type Checking struct {
	b     *assembly
	n     *node
	path  string
	ports map[string]*gateway.Port
}

// Channel returns the channel with the name, nil if the gateway has none or its channels are not known before it is
// built. Use what it says about names, kinds and types only.
func (c *Checking) Channel(name string) *gateway.Port { return c.ports[name] }

// Given reports whether the configuration has the option, be it null.
func (c *Checking) Given(option string) bool { return c.n.get(option) != nil }

// HasField reports whether the values of a channel have a field that is a column.
func (c *Checking) HasField(name string) bool {
	for _, p := range c.ports {
		if _, ok := p.Type.Column(name); ok {
			return true
		}
	}
	return false
}

// Failf reports that an option is wrong; option is a dotted path below the module, "" the module itself.
func (c *Checking) Failf(option, hint, format string, args ...any) {
	n, path := c.n, c.path
	for _, key := range splitPath(option) {
		next := n.at([]string{key})
		if next == nil {
			path = under(path, key)
			continue
		}
		path, n = n.pathTo(path, []string{key}), next
	}
	c.b.add(n, path, hint, format, args...)
}

// A use is a name of a channel in an option.
type use struct {
	n    *node
	path string
}

// refers notes the names in an option that is tagged ref.
func (b *decoder) refers(n *node, path string) {
	n.walk([]string{}, func(at []string, in *node) {
		if _, isText := in.value.(string); isText && in.kind == scalar && in.problem == nil && in.unset == nil {
			b.uses = append(b.uses, use{in, n.pathTo(path, at)})
		}
	})
}

// connects reports a module that is made for other channels, and remembers to check it.
func (b *assembly) connects(made instance, n *node, path string) {
	connect, ok := reflect.TypeOf(made.value).MethodByName("Connect")
	if !ok || connect.Type.NumIn() != 2 {
		b.add(n, path, "", "%s has no method Connect", made.target.Name)
		return
	}
	want := connect.Type.In(1)
	if want == reflect.TypeFor[*gateway.Bus]() {
		return
	}
	if b.model == nil || !reflect.TypeOf(b.model).AssignableTo(want) {
		at := n.get("_target_")
		b.add(at, under(path, "_target_"), "", "%s connects to the channels %s, this gateway has %s", made.target.Name, modelName(want), modelName(reflect.TypeOf(b.model)))
	}
}

func modelName(rt reflect.Type) string {
	switch {
	case rt == nil:
		return "none"
	case rt == reflect.TypeFor[*gateway.Model]():
		return "those that are written here"
	}
	return strings.TrimPrefix(rt.String(), "*")
}

// verify compares names with the channels there are, and lets modules check themselves.
func (b *assembly) verify() {
	b.exposed()
	ports := b.probe()
	if ports == nil {
		return
	}
	names := slices.Sorted(maps.Keys(ports))
	for _, u := range b.uses {
		name, key, keyed := strings.Cut(u.n.text, "/")
		p := ports[name]
		switch {
		case p == nil:
			b.add(u.n, u.path, didYouMean(name, names), "no channel %s", u.n.shown())
		case keyed && !slices.Contains(p.Keys(), key):
			b.add(u.n, u.path, didYouMean(key, p.Keys()), "channel %q has no key %q", name, clip(key))
		}
	}
	for _, m := range b.app.Modules {
		if c, ok := m.Value.(interface{ Check(*Checking) }); ok && !b.blamed(m.path) {
			c.Check(&Checking{b: b, n: m.n, path: m.path, ports: ports})
		}
	}
	b.required(ports)
}

// blamed tells whether something is known to be wrong at a path or below it; more would follow from that alone.
func (b *assembly) blamed(path string) bool {
	return slices.ContainsFunc(b.found, func(d Diagnostic) bool {
		return d.Path == path || strings.HasPrefix(d.Path, path+".") || strings.HasPrefix(d.Path, path+"[")
	})
}

// probe builds a gateway of the channels alone, to learn what they are; nil if they are wrong by themselves.
func (b *assembly) probe() map[string]*gateway.Port {
	if b.fresh == nil {
		return nil
	}
	g := gateway.New(b.fresh(), keysOf(b.app.Modules))
	if err := g.Build(); err != nil {
		return nil
	}
	ports := map[string]*gateway.Port{}
	for _, p := range g.Ports() {
		ports[p.Name] = p
	}
	return ports
}

// keysOf is a module that adds the same channels, views and keys of baskets as modules do, and does nothing.
type keysOf []Module

// Connect does nothing.
func (keysOf) Connect(*gateway.Bus) error { return nil }

// DynamicKeys returns those of all modules.
func (k keysOf) DynamicKeys() map[string][]string {
	all := map[string][]string{}
	for _, m := range k {
		if d, ok := m.Value.(gateway.DynamicKeyer); ok {
			for name, keys := range d.DynamicKeys() {
				all[name] = append(all[name], keys...)
			}
		}
	}
	return all
}

// DynamicChannels returns those of all modules.
func (k keysOf) DynamicChannels() []gateway.ChannelSpec {
	var all []gateway.ChannelSpec
	for _, m := range k {
		if d, ok := m.Value.(gateway.DynamicChanneler); ok {
			all = append(all, d.DynamicChannels()...)
		}
	}
	return all
}

// DynamicStates returns those of all modules.
func (k keysOf) DynamicStates() map[string][]string {
	all := map[string][]string{}
	for _, m := range k {
		if d, ok := m.Value.(gateway.DynamicStater); ok {
			for name, views := range d.DynamicStates() {
				all[name] = append(all[name], views...)
			}
		}
	}
	return all
}

var _ interface {
	gateway.DynamicKeyer
	gateway.DynamicChanneler
	gateway.DynamicStater
} = keysOf(nil)
