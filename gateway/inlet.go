package gateway

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"gw/engine"
	"gw/schema"
)

// inlet is where a module brings in values of one channel from outside of the engine.
type inlet struct {
	port  *Port
	label string
	push  *engine.PushAdapter[inletTick]
}

// inletTick is what ticks a channel in one cycle: one value a key.
type inletTick struct {
	by   Caller
	keys []string
	recs [][]schema.Record
}

// Inlet returns a way in for values of a channel that the connecting module brings from outside of the engine: from files, brokers,
// sockets. It is one of the channel's setters. Each call of put is one entry into the engine's intake, in the name of ctx's caller, and ticks
// in a cycle of its own: by key (one "" if the channel is no basket) the records of one value. put may be called from any
// goroutine once the engine runs; it waits while SendLimit ticks wait, and the records are the gateway's afterwards. ErrNotRunning
// before Ready and after the end. What comes in by it is part of a recorded Session. An unknown channel is a *NotFoundError.
func (b *Bus) Inlet(channel string) (put func(ctx context.Context, tick map[string][]schema.Record) error, err error) {
	p, ok := b.g.Port(channel)
	if !ok {
		return nil, channelNotFound(channel, "")
	}
	in := &inlet{port: p, label: b.g.inletLabel(channel)}
	c := b.g.pushConfig()
	c.Full = engine.Block
	in.push = engine.NewPush[inletTick](b.g.graph, in.label, c)
	b.g.doors[in.label] = in
	n := b.g.graph.Node(in.label)
	entered := engine.Use(n, in.push.Edge())
	outs := map[string]*engine.Out[[]schema.Record]{}
	for _, l := range p.lanes {
		outs[l.key] = engine.Emit[[]schema.Record](n)
		l.wire.setRecords(outs[l.key].Edge(), "")
	}
	n.OnTick(func() {
		tick := entered.Get()
		for i, key := range tick.keys {
			outs[key].Set(tick.recs[i])
		}
	})
	return in.put, nil
}

// inletLabel names an inlet; the second of a module for a channel is NAME#2.
func (g *Gateway) inletLabel(channel string) string {
	label := "Inlet[" + channel + "] " + g.connecting
	for n := 2; g.doors[label] != nil; n++ {
		label = "Inlet[" + channel + "] " + g.connecting + "#" + strconv.Itoa(n)
	}
	return label
}

func (in *inlet) put(ctx context.Context, tick map[string][]schema.Record) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	t := inletTick{keys: sortedKeys(tick)}
	t.by, _ = CallerOf(ctx)
	for _, key := range t.keys {
		if _, ok := in.port.lane(key); !ok {
			return channelNotFound(in.port.Name, key)
		}
		for _, r := range tick[key] {
			if err := isA(in.port.Type, r); err != nil {
				return fmt.Errorf("channel %q: %w", in.port.Name, err)
			}
		}
		t.recs = append(t.recs, tick[key])
	}
	err := in.push.Push(t)
	if errors.Is(err, engine.ErrNotStarted) || errors.Is(err, engine.ErrStopped) {
		return ErrNotRunning
	}
	return err
}

func (in *inlet) typ() *schema.Type { return in.port.Type }

func (in *inlet) operation(v any) Operation {
	t := v.(inletTick)
	return Operation{Caller: t.by, Keys: t.keys, Records: clones(t.recs)}
}

// clones copies records, since the graph completes those that it gets.
func clones(all [][]schema.Record) [][]schema.Record {
	copies := make([][]schema.Record, len(all))
	for i, recs := range all {
		for _, r := range recs {
			copies[i] = append(copies[i], r.Clone())
		}
	}
	return copies
}

func (in *inlet) entry(o Operation) (*engine.Node, any, error) {
	for _, key := range o.Keys {
		if _, ok := in.port.lane(key); !ok {
			return nil, nil, channelNotFound(in.port.Name, key)
		}
	}
	return in.push.Edge().Node(), inletTick{o.Caller, o.Keys, clones(o.Records)}, nil
}
