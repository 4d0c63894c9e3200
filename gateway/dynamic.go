package gateway

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"gw/schema"
)

// DynamicChanneler is a module that adds channels to the model. It is asked before any module connects; the channels are
// then found with Find or by name on the Bus, whatever the order of modules. Several modules may add one channel, as the
// model may have it too, if they agree on what its values are; their keys, state views and other wishes add up.
type DynamicChanneler interface {
	DynamicChannels() []ChannelSpec
}

// DynamicStater is a module that adds state views to channels of any origin: DynamicStates maps channels to views as the
// state tag has them.
type DynamicStater interface {
	DynamicStates() map[string][]string
}

// Spec declares a channel whose value is a T, for DynamicChannels: a struct that embeds Struct, or a slice of them.
// With Keys it is a basket by strings.
func Spec[T any](name string) ChannelSpec {
	rt := reflect.TypeFor[T]()
	s := ChannelSpec{Name: name, List: rt.Kind() == reflect.Slice}
	if s.List {
		rt = rt.Elem()
	}
	s.Type, s.fault = schema.TypeOf(rt)
	s.channel = func() binder { return &Channel[T]{} }
	s.basket = func() binder { return &Basket[string, T]{} }
	return s
}

// describe names what a channel carries, for errors.
func (s ChannelSpec) describe() string {
	if s.List {
		return "lists of " + s.Type.Name
	}
	return s.Type.Name
}

// dynamic collects the channels and views that modules add.
type dynamic struct {
	names  []string
	specs  map[string]*ChannelSpec
	givers map[string]string
	states map[string][]string
}

func (g *Gateway) gatherChannels() {
	d := &dynamic{specs: map[string]*ChannelSpec{}, givers: map[string]string{}, states: map[string][]string{}}
	for _, m := range g.modules {
		g.connecting = m.name
		err := guarded(func() error { return d.take(m) })
		if err != nil {
			g.blame(err)
		}
	}
	g.connecting = ""
	slices.Sort(d.names)
	g.dynamic = d
}

func (d *dynamic) take(m *module) error {
	if c, ok := m.value.(DynamicChanneler); ok {
		for _, s := range c.DynamicChannels() {
			if err := d.add(m.name, s); err != nil {
				return err
			}
		}
	}
	if c, ok := m.value.(DynamicStater); ok {
		for name, views := range c.DynamicStates() {
			d.states[name] = append(d.states[name], views...)
		}
	}
	return nil
}

// add takes a spec, or joins it with that of another module.
func (d *dynamic) add(module string, s ChannelSpec) error {
	switch {
	case s.fault != nil:
		return fmt.Errorf("channel %q: %w", s.Name, s.fault)
	case s.Type == nil:
		return fmt.Errorf("channel %q: has no type", s.Name)
	}
	old := d.specs[s.Name]
	if old == nil {
		s.Keys, s.State = slices.Clone(s.Keys), slices.Clone(s.State)
		d.specs[s.Name], d.givers[s.Name] = &s, module
		d.names = append(d.names, s.Name)
		return nil
	}
	if old.Type != s.Type || old.List != s.List || (len(old.Keys) > 0) != (len(s.Keys) > 0) {
		return fmt.Errorf("channel %q: adds it with %s, module %q with %s; use two channels or one type",
			s.Name, s.describe(), d.givers[s.Name], old.describe())
	}
	for _, key := range s.Keys {
		if !slices.Contains(old.Keys, key) {
			old.Keys = append(old.Keys, key)
		}
	}
	slices.Sort(old.Keys)
	old.State = append(old.State, s.State...)
	old.Send, old.Stage = old.Send || s.Send, old.Stage || s.Stage
	return nil
}

// bindDynamic makes the channels that modules add, by name, so that the order of modules does not matter.
func (g *Gateway) bindDynamic() {
	for _, name := range g.dynamic.names {
		s := g.dynamic.specs[name]
		if p := g.ports[name]; p != nil {
			g.join(p, s)
			continue
		}
		b := s.binder()
		if m, ok := g.model.(*Model); ok {
			m.channels[name] = b
		}
		g.bindPort(b, s.port())
	}
	for _, name := range sortedKeys(g.dynamic.states) {
		p := g.ports[name]
		if p == nil {
			g.blame(fmt.Errorf("state of channel %q, which there is not (has: %s)", name, list(g.portNames())))
			continue
		}
		g.declareAll(p, g.dynamic.states[name])
	}
}

// join gives a channel of the model what modules want of it too.
func (g *Gateway) join(p *Port, s *ChannelSpec) {
	if p.Type != s.Type || p.List != s.List || (p.Kind == KindBasket) != (len(s.Keys) > 0) {
		g.blame(fmt.Errorf("channel %q: module %q adds it with %s, the model has it with %s",
			p.Name, g.dynamic.givers[p.Name], s.describe(), ChannelSpec{Type: p.Type, List: p.List}.describe()))
		return
	}
	g.declareAll(p, s.State)
	if s.Send {
		p.channel.(binder).Send()
	}
	if s.Stage {
		p.enable()
	}
}

// declareAll declares views given as the state tag does.
func (g *Gateway) declareAll(p *Port, views []string) {
	for _, text := range views {
		alias, keys, named := strings.Cut(text, "=")
		if !named {
			alias, keys = "", text
		}
		g.declare(view{alias: strings.TrimSpace(alias), port: p, lanes: p.lanes, keys: split(keys)})
	}
}
