package gateway

import (
	"slices"

	"gw/engine"
	"gw/engine/op"
	"gw/schema"
)

// A sender puts values from outside into the engine's intake. One call is one atomic entry there: the first value of
// each part ticks in the same cycle, further ones in the cycles after it.
type sender interface {
	send(by Caller, parts []portion) error
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

// sent is what one send holds for a channel.
type sent[T any] struct {
	by     Caller
	values []T
}

// Sent lets the channel take values from outside and returns them, without setting the channel: a module that must see
// or change them first sets the channel to what it makes of them. Call it once, and not together with Send.
func (c *Channel[T]) Sent() engine.Edge[T] {
	p := c.wire.lane.port
	c.push = engine.NewPush[sent[T]](p.g.graph, sendLabel(p.Name), p.g.pushConfig())
	s := channelSender[T]{c.push, c.wire.values}
	p.sender, p.g.doors[sendLabel(p.Name)] = s, s
	return op.Unroll(op.MapPtr(c.push.Edge(), func(v *sent[T]) []T { return v.values }))
}

type channelSender[T any] struct {
	push   *engine.PushAdapter[sent[T]]
	values values[T]
}

func (s channelSender[T]) send(by Caller, parts []portion) error {
	return s.push.Push(s.sent(by, parts[0].recs))
}

func (s channelSender[T]) sent(by Caller, recs []schema.Record) sent[T] {
	return sent[T]{by, timeline(s.values, recs)}
}

func (s channelSender[T]) typ() *schema.Type {
	t, _ := s.values.kind()
	return t
}

func (s channelSender[T]) operation(v any) Operation {
	took := v.(sent[T])
	return Operation{Caller: took.by, Keys: []string{""}, Records: [][]schema.Record{recordsOf(s.values, took.values)}}
}

func (s channelSender[T]) entry(o Operation) (*engine.Node, any, error) {
	return s.push.Edge().Node(), s.sent(o.Caller, o.Records[0]), nil
}

// recordsOf copies values into records; the opposite of timeline.
func recordsOf[T any](v values[T], all []T) []schema.Record {
	var recs []schema.Record
	for i := range all {
		recs = append(recs, v.tick(&all[i], false).Records...)
	}
	return recs
}

// keyed is what one send holds for one key of a basket.
type keyed[T any] struct {
	by     Caller
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
	s := basketSender[T]{b.port, b.push, b.wires[b.keys[0]].values}
	b.port.sender, g.doors[sendLabel(b.port.Name)] = s, s
	return edges
}

type basketSender[T any] struct {
	port   *Port
	push   *engine.PushAdapter[[]keyed[T]]
	values values[T]
}

func (s basketSender[T]) send(by Caller, parts []portion) error {
	return s.push.Push(s.sent(by, parts))
}

func (s basketSender[T]) sent(by Caller, parts []portion) []keyed[T] {
	all := make([]keyed[T], len(parts))
	for i, part := range parts {
		all[i] = keyed[T]{by, part.lane, timeline(s.values, part.recs)}
	}
	return all
}

func (s basketSender[T]) typ() *schema.Type { return s.port.Type }

func (s basketSender[T]) operation(v any) Operation {
	o := Operation{}
	for _, k := range v.([]keyed[T]) {
		o.Caller = k.by
		o.Keys = append(o.Keys, s.port.keys[k.lane])
		o.Records = append(o.Records, recordsOf(s.values, k.values))
	}
	return o
}

func (s basketSender[T]) entry(o Operation) (*engine.Node, any, error) {
	var parts []portion
	for i, key := range o.Keys {
		lane := slices.Index(s.port.keys, key)
		if lane < 0 {
			return nil, nil, channelNotFound(s.port.Name, key)
		}
		parts = append(parts, portion{lane, o.Records[i]})
	}
	return s.push.Edge().Node(), s.sent(o.Caller, parts), nil
}
