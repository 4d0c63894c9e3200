package gateway

import (
	"fmt"

	"gw/engine"
	"gw/gateway/stage"
	"gw/schema"
)

// Bus is the view of all channels for modules that serve any gateway: Connect(*gateway.Bus) error, or together with the
// model Connect(*Channels, *gateway.Bus) error. It is for Connect.
type Bus struct{ g *Gateway }

// Graph returns the graph to make timers, sources and nodes on.
func (b *Bus) Graph() *engine.Graph { return b.g.graph }

// Gateway returns the gateway that connects, for what is allowed while it runs.
func (b *Bus) Gateway() *Gateway { return b.g }

// Ports returns the channels in the order of their declaration.
func (b *Bus) Ports() []*Port { return b.g.Ports() }

// Ticks returns the ticks of a channel, or of one key of a basket, whatever its type; they are those that go outside,
// not copies of them. An unknown channel or key is a *NotFoundError.
func (b *Bus) Ticks(name, key string) (engine.Edge[*Tick], error) {
	l, err := b.lane(name, key)
	if err != nil {
		return engine.Edge[*Tick]{}, err
	}
	return l.wire.ticks(), nil
}

// Set makes an edge of records tick a channel, or one key of a basket, whatever its type: each tick is the records of
// one value. A tick without records is skipped unless the channel is one of lists. An unknown channel or key is a
// *NotFoundError; records of another type end the run.
func (b *Bus) Set(name, key string, e engine.Edge[[]schema.Record]) error {
	l, err := b.lane(name, key)
	if err != nil {
		return err
	}
	l.wire.setRecords(e, "")
	return nil
}

// StageEvents returns what happens in the staging areas of a channel, as Channel.StageEvents does. An unknown channel
// is a *NotFoundError.
func (b *Bus) StageEvents(name string) (engine.Edge[stage.Event], error) {
	l, err := b.lane(name, "")
	if err != nil {
		return engine.Edge[stage.Event]{}, err
	}
	return l.port.stageEvents(), nil
}

// StageRequests asks the staging areas of a channel for something, as Channel.StageRequests does. An unknown channel
// is a *NotFoundError.
func (b *Bus) StageRequests(name string, e engine.Edge[stage.Request]) error {
	l, err := b.lane(name, "")
	if err != nil {
		return err
	}
	l.port.stageRequests(e)
	return nil
}

func (b *Bus) lane(name, key string) (*lane, error) {
	p, ok := b.g.Port(name)
	if !ok {
		return nil, channelNotFound(name, key)
	}
	l, ok := p.lane(key)
	if !ok {
		return nil, channelNotFound(name, key)
	}
	return l, nil
}

// Find returns the channel with the name if its value is a T. An unknown one is a *NotFoundError.
func Find[T any](b *Bus, name string) (*Channel[T], error) {
	l, err := b.lane(name, "")
	if err != nil {
		return nil, err
	}
	c, ok := l.port.channel.(*Channel[T])
	if !ok {
		return nil, fmt.Errorf("channel %q: its value is a %s, want %T", name, l.port.Type.Name, *new(T))
	}
	return c, nil
}

// FindBasket returns the basket with the name if its keys are K and its values T. An unknown one is a *NotFoundError.
func FindBasket[K comparable, T any](b *Bus, name string) (*Basket[K, T], error) {
	p, ok := b.g.Port(name)
	if !ok {
		return nil, channelNotFound(name, "")
	}
	c, ok := p.channel.(*Basket[K, T])
	if !ok {
		return nil, fmt.Errorf("channel %q: it is a %s of %s, want a basket of %T by %T", name, p.Kind, p.Type.Name, *new(T), *new(K))
	}
	return c, nil
}
