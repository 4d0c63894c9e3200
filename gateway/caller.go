package gateway

import (
	"context"

	"gw/schema"
)

// Caller is who asks for data from outside. The zero Caller is nobody in particular.
type Caller struct {
	// Name identifies the caller to people: a user, a key's owner, an address.
	Name string
	// Claims are further facts about the caller that a Filter may compare with fields of a value.
	Claims map[string]string
}

type callerKey struct{}

// WithCaller returns a context whose calls into the gateway are made in the name of c.
func WithCaller(ctx context.Context, c Caller) context.Context {
	return context.WithValue(ctx, callerKey{}, c)
}

// CallerOf returns who makes a call, and whether anybody said so.
func CallerOf(ctx context.Context) (Caller, bool) {
	c, ok := ctx.Value(callerKey{}).(Caller)
	return c, ok
}

// Filter decides whether the caller of ctx may see r of the named channel. It is asked for every value on every way out
// of a gateway (Last, Next, State, Recent, Subscribe), on the caller's goroutine, from any number of them at once.
type Filter func(ctx context.Context, channel string, r schema.Record) bool

// visible returns the records of a channel that the caller may see; recs itself if that is all of them.
func (g *Gateway) visible(ctx context.Context, channel string, recs []schema.Record) []schema.Record {
	if g.Filter == nil {
		return recs
	}
	for i, r := range recs {
		if g.Filter(ctx, channel, r) {
			continue
		}
		kept := append([]schema.Record(nil), recs[:i]...)
		for _, r := range recs[i+1:] {
			if g.Filter(ctx, channel, r) {
				kept = append(kept, r)
			}
		}
		return kept
	}
	return recs
}

// visibleTick returns t as the caller may see it, nil if nothing of it is left. A tick of an empty list stays.
func (g *Gateway) visibleTick(ctx context.Context, t *Tick) *Tick {
	recs := g.visible(ctx, t.Channel, t.Records)
	if len(recs) == len(t.Records) {
		return t
	}
	if len(recs) == 0 {
		return nil
	}
	return &Tick{Channel: t.Channel, Key: t.Key, Time: t.Time, Cycle: t.Cycle, N: t.N, Records: recs, lane: t.lane, seq: t.seq}
}

// visibleTicks returns those ticks that the caller may see anything of; the slice given is reused.
func (g *Gateway) visibleTicks(ctx context.Context, ticks []*Tick) []*Tick {
	if g.Filter == nil {
		return ticks
	}
	kept := ticks[:0]
	for _, t := range ticks {
		if t = g.visibleTick(ctx, t); t != nil {
			kept = append(kept, t)
		}
	}
	return kept
}

// visibleAnswer returns a as the caller may see it; a itself if that is all of it.
func (g *Gateway) visibleAnswer(ctx context.Context, p *Port, a *Answer) *Answer {
	recs := g.visible(ctx, p.Name, a.Records)
	if len(recs) == len(a.Records) {
		return a
	}
	return &Answer{Time: a.Time, Cycle: a.Cycle, Records: recs}
}
