package gateway

import (
	"gw/engine"
	"gw/engine/op"
	"gw/schema"
)

// A sender puts values from outside into the engine's intake. One call is one atomic entry there: the first value of
// each part ticks in the same cycle, further ones in the cycles after it.
type sender interface {
	send(parts []portion) error
}

// A portion is what one call sends to one lane of a port: values of a channel of structs, or one value of a list.
type portion struct {
	lane int
	recs []schema.Record
}

// timeline makes the values that recs are on a lane: one a record, or a single list.
func timeline[T any](v values[T], recs []schema.Record) []T {
	if _, list := v.kind(); list {
		return []T{v.of(recs)}
	}
	all := make([]T, len(recs))
	for i := range recs {
		all[i] = v.of(recs[i : i+1])
	}
	return all
}

func (g *Gateway) pushConfig() engine.PushConfig {
	limit := g.SendLimit
	if limit <= 0 {
		limit = defaultSendLimit
	}
	return engine.PushConfig{Mode: engine.NonCollapsing, Limit: limit, Full: engine.Reject}
}

// Sent lets the channel take values from outside and returns them, without setting the channel: a module that must see
// or change them first sets the channel to what it makes of them. Call it once, and not together with Send.
func (c *Channel[T]) Sent() engine.Edge[T] {
	p := c.wire.lane.port
	c.push = engine.NewPush[[]T](p.g.graph, sendLabel(p.Name), p.g.pushConfig())
	p.sender = channelSender[T]{c.push, c.wire.values}
	return op.Unroll(c.push.Edge())
}

type channelSender[T any] struct {
	push   *engine.PushAdapter[[]T]
	values values[T]
}

func (s channelSender[T]) send(parts []portion) error {
	return s.push.Push(timeline(s.values, parts[0].recs))
}

// keyed is what one send holds for one key of a basket.
type keyed[T any] struct {
	lane   int
	values []T
}

// sent makes the basket's door and returns what comes in by key.
func (b *Basket[K, T]) sent() []engine.Edge[T] {
	g := b.port.g
	b.push = engine.NewPush[[]keyed[T]](g.graph, sendLabel(b.port.Name), g.pushConfig())
	n := g.graph.Node(sendLabel(b.port.Name) + " by key")
	in := engine.Use(n, b.push.Edge())
	outs := make([]*engine.Out[[]T], len(b.keys))
	edges := make([]engine.Edge[T], len(b.keys))
	for i := range b.keys {
		outs[i] = engine.Emit[[]T](n)
		edges[i] = op.Unroll(outs[i].Edge())
	}
	n.OnTick(func() {
		for _, k := range in.Get() {
			outs[k.lane].Set(k.values)
		}
	})
	b.port.sender = basketSender[T]{b.push, b.wires[b.keys[0]].values}
	return edges
}

type basketSender[T any] struct {
	push   *engine.PushAdapter[[]keyed[T]]
	values values[T]
}

func (s basketSender[T]) send(parts []portion) error {
	all := make([]keyed[T], len(parts))
	for i, part := range parts {
		all[i] = keyed[T]{part.lane, timeline(s.values, part.recs)}
	}
	return s.push.Push(all)
}
