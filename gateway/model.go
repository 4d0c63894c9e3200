package gateway

import (
	"fmt"

	"gw/schema"
)

// ChannelSpec declares a channel of a Model.
type ChannelSpec struct {
	Name string
	// Type is the type of a value, or of an element if List.
	Type *schema.Type
	List bool
	// Keys makes the channel a basket.
	Keys []string
	// State declares state views as the state tag does: "id,x", or "alias=id,x".
	State []string
	// Send lets the channel take values from outside.
	Send bool
	// Stage lets values be held back from the channel until they are released; not for a basket.
	Stage bool

	// Made by Spec: what the channel is if its type is known to the compiler.
	channel, basket func() binder
	fault           error
}

// Model is a list of channels whose types are known at run time only. Give it to New in place of a struct; modules for
// it have Connect(*gateway.Model) error. One goroutine at a time.
type Model struct {
	specs    []ChannelSpec
	channels map[string]binder
	g        *Gateway
}

// NewModel returns a model without channels.
func NewModel() *Model { return &Model{} }

// Add declares a channel. What is wrong with it is found by Build.
func (m *Model) Add(s ChannelSpec) *Model {
	m.specs = append(m.specs, s)
	return m
}

// Names returns the names of the channels in the order of Add.
func (m *Model) Names() []string {
	var names []string
	for _, s := range m.specs {
		names = append(names, s.Name)
	}
	return names
}

// Channel returns the channel of single values with the name, for Connect. If there is none, Build fails and says so.
func (m *Model) Channel(name string) *Channel[schema.Record] {
	return part(m, name, "a channel of single values", func(l *lane) *Channel[schema.Record] {
		return &Channel[schema.Record]{wire: newWire[schema.Record](l, nil)}
	})
}

// List returns the channel of lists with the name, for Connect. If there is none, Build fails and says so.
func (m *Model) List(name string) *Channel[[]schema.Record] {
	return part(m, name, "a channel of lists", func(l *lane) *Channel[[]schema.Record] {
		return &Channel[[]schema.Record]{wire: newWire[[]schema.Record](l, nil)}
	})
}

// Basket returns the basket of single values with the name, for Connect. If there is none, Build fails and says so.
func (m *Model) Basket(name string) *Basket[string, schema.Record] {
	return part(m, name, "a basket of single values", func(l *lane) *Basket[string, schema.Record] {
		return &Basket[string, schema.Record]{port: l.port}
	})
}

// ListBasket returns the basket of lists with the name, for Connect. If there is none, Build fails and says so.
func (m *Model) ListBasket(name string) *Basket[string, []schema.Record] {
	return part(m, name, "a basket of lists", func(l *lane) *Basket[string, []schema.Record] {
		return &Basket[string, []schema.Record]{port: l.port}
	})
}

// part returns a channel of m as a C. Otherwise the connecting module is blamed and gets a stand-in to talk to.
func part[C any](m *Model, name, want string, stand func(*lane) *C) *C {
	b, ok := m.channels[name]
	if c, is := any(b).(*C); is {
		return c
	}
	if m.g == nil {
		m.g = New(m)
	}
	if ok {
		m.g.blame(fmt.Errorf("channel %q is not %s", name, want))
	} else {
		m.g.blame(fmt.Errorf("no such channel (got %q, has: %s)", name, list(m.Names())))
	}
	return stand(&lane{port: &Port{Name: name, g: m.g}})
}

// bind makes the channels of m those of g.
func (m *Model) bind(g *Gateway) {
	m.g, m.channels = g, map[string]binder{}
	for _, s := range m.specs {
		b := s.binder()
		m.channels[s.Name] = b
		g.bindPort(b, s.port())
	}
}

func (s ChannelSpec) port() portSpec {
	return portSpec{name: s.Name, typ: s.Type, keys: s.Keys, views: s.State, send: s.Send, stage: s.Stage}
}

func (s ChannelSpec) binder() binder {
	switch {
	case len(s.Keys) > 0 && s.basket != nil:
		return s.basket()
	case s.channel != nil:
		return s.channel()
	case len(s.Keys) > 0 && s.List:
		return &Basket[string, []schema.Record]{}
	case len(s.Keys) > 0:
		return &Basket[string, schema.Record]{}
	case s.List:
		return &Channel[[]schema.Record]{}
	}
	return &Channel[schema.Record]{}
}
