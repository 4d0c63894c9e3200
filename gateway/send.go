package gateway

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"gw/engine"
	"gw/schema"
)

// Send gives values from outside to a channel, or to one key of a basket, and returns them as constructed: decoded,
// validated, with ids and timestamps. Returning means queued, not ticked.
//
// body is JSON: an object is one tick; an array is as many ticks in its order, or one tick of a list; for a whole basket
// (key "") it is an object by key, which ticks all of them in one cycle. If anything in it is wrong the error is
// schema.Problems and nothing is sent. A channel that takes no values, or an unknown key of strings, is a
// *NotFoundError. ErrNotRunning before Ready and after the end; engine.ErrFull when SendLimit sends wait.
func (g *Gateway) Send(ctx context.Context, name, key string, body []byte) (*Answer, error) {
	p, ok := g.Port(name)
	if !ok {
		return nil, channelNotFound(name, key)
	}
	parts, err := g.decode(p, key, body)
	if err != nil {
		return nil, err
	}
	if p.sender == nil {
		return nil, channelNotFound(name, key)
	}
	answer := g.moment()
	for _, part := range parts {
		answer.Records = append(answer.Records, part.recs...)
	}
	if len(answer.Records) == 0 {
		return answer, nil
	}
	return answer, g.push(ctx, p, parts, answer.Records)
}

// SendRecords gives values that are records already to a channel, or to one key of a basket, as Send does. The records
// belong to the channel from then on. Records of another type are an error.
func (g *Gateway) SendRecords(ctx context.Context, name, key string, recs []schema.Record) error {
	p, ok := g.Port(name)
	if !ok || p.sender == nil {
		return channelNotFound(name, key)
	}
	l, ok := p.lane(key)
	if !ok {
		return channelNotFound(name, key)
	}
	for _, r := range recs {
		if err := isA(p.Type, r); err != nil {
			return fmt.Errorf("channel %q: %w", name, err)
		}
	}
	if len(recs) == 0 {
		return nil
	}
	return g.push(ctx, p, []portion{{slices.Index(p.lanes, l), recs}}, recs)
}

// push mints what the records lack and hands them to the engine. What the caller reads later must not change in the
// graph, so the graph gets copies where it would share.
func (g *Gateway) push(ctx context.Context, p *Port, parts []portion, recs []schema.Record) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if !g.started() {
		return ErrNotRunning
	}
	if err := g.guarded(ctx, p.Name, recs); err != nil {
		return err
	}
	for _, r := range recs {
		r.EachBase(func(s *schema.Struct) { g.ids.fill(s, g.wall) })
	}
	if p.prepare != nil {
		p.prepare(recs)
	}
	by, _ := CallerOf(ctx)
	err := p.sender.send(by, parts)
	if errors.Is(err, engine.ErrNotStarted) || errors.Is(err, engine.ErrStopped) {
		return ErrNotRunning
	}
	if err != nil {
		return fmt.Errorf("channel %q: %w", p.Name, err)
	}
	return nil
}
