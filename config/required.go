package config

import (
	"maps"
	"reflect"
	"slices"

	"gw/gateway"
)

// A setter tells which of the channels it will set, before it is connected.
type setter interface {
	Sets(channels []string) []string
}

// required reports the channels that modules require and that nothing provides. A module that is no setter may set any
// channel; with one of those it is left to Build, which also knows what modules read.
func (b *assembly) required(ports map[string]*gateway.Port) {
	provided := map[string]bool{}
	names := slices.Sorted(maps.Keys(ports))
	for _, m := range b.app.Modules {
		s, ok := m.Value.(setter)
		if !ok {
			return
		}
		for _, name := range s.Sets(names) {
			provided[name] = true
		}
	}
	for _, m := range b.app.Modules {
		for _, name := range requires(m.Value) {
			if p := ports[name]; p != nil && !p.Provided() && !provided[name] {
				n, path := m.requiring(name)
				b.add(n, path, "add one that does, or let values in from outside with send: true", "requires channel %q, which no module sets", name)
			}
		}
	}
}

// requires returns the channels that a module requires by name.
func requires(module any) []string {
	var names []string
	if r, ok := module.(gateway.Requirer); ok {
		names = r.Requires()
	}
	if o := reflect.ValueOf(module).Elem().FieldByName("ModuleOptions"); o.IsValid() {
		s := o.Interface().(gateway.ModuleOptions).Required
		for _, name := range s.Include {
			if !slices.Contains(s.Exclude, name) {
				names = append(names, name)
			}
		}
	}
	return names
}

// requiring is where the module's option requires names a channel, or the module itself.
func (m Module) requiring(channel string) (at *node, path string) {
	at, path = m.n, m.path
	if r := m.n.get("requires"); r != nil {
		r.walk(nil, func(keys []string, n *node) {
			if n.kind == scalar && n.text == channel {
				at, path = n, r.pathTo(under(m.path, "requires"), keys)
			}
		})
	}
	return at, path
}
