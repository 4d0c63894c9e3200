package gateway

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"gw/engine"
	"gw/gateway/stage"
	"gw/schema"
)

// Stage is the staging areas of one channel, seen from outside. Any goroutine may use it. What changes something enters
// by the engine's intake like a send, is done in one cycle or not at all, and is answered when that cycle is published:
// what it released is then on the channel. If ctx ends before, it may still be done. ErrNotRunning before Ready and
// after the end.
type Stage struct{ s *stager }

// StageAnswer is what a staging request did.
type StageAnswer struct {
	// Time and Cycle are those of the cycle in which it was done, or of the last one published for Lookup.
	Time  engine.Time
	Cycle uint64
	// Areas are the affected areas as they were then: dropped ones are empty, released ones hold what was released.
	Areas []stage.Area
}

// JSON returns the areas as an object of ids to arrays.
func (a *StageAnswer) JSON() []byte {
	dst := []byte{'{'}
	for i, area := range a.Areas {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = strconv.AppendQuote(dst, area.ID)
		dst = appendArray(append(dst, ':'), area.Records)
	}
	return append(dst, '}')
}

// Stages returns the names of the staged channels in the order of their declaration.
func (g *Gateway) Stages() []string { return slices.Clone(g.stageNames) }

// Stage returns the staging areas of a channel. An unknown channel, or one that is not staged, is a *NotFoundError.
func (g *Gateway) Stage(name string) (*Stage, error) {
	p, ok := g.Port(name)
	switch {
	case !ok:
		return nil, channelNotFound(name, "")
	case !p.Staged():
		return nil, &NotFoundError{staging, name}
	}
	return &Stage{p.staging}, nil
}

// New opens an empty area.
func (s *Stage) New(ctx context.Context) (*StageAnswer, error) {
	return s.Apply(ctx, stage.Request{Action: stage.Created})
}

// Add stages one value, given as JSON as for Send, in the areas named. No ids (nil) means the newest area, or a new one
// if there is none; an empty list means each area that does not hold that id, or a new one if there is none. An unknown
// id is a *stage.Error. No body, or null, opens an empty area.
func (s *Stage) Add(ctx context.Context, ids []string, body []byte) (*StageAnswer, error) {
	return s.with(ctx, stage.Added, ids, body)
}

// Remove takes the first record with the id of a value, given as JSON, out of the areas named. No ids (nil) means the
// newest area that has it, an empty list all areas. No body, or null, is Clear.
func (s *Stage) Remove(ctx context.Context, ids []string, body []byte) (*StageAnswer, error) {
	return s.with(ctx, stage.Removed, ids, body)
}

// Clear empties the areas named. No ids (nil) drops the newest area, an empty list all areas.
func (s *Stage) Clear(ctx context.Context, ids []string) (*StageAnswer, error) {
	return s.Apply(ctx, stage.Request{Action: stage.Removed, IDs: ids})
}

// Release ends the areas named, and all if ids is nil or empty, and ticks the channel with each record they hold, in
// their order.
func (s *Stage) Release(ctx context.Context, ids []string) (*StageAnswer, error) {
	return s.Apply(ctx, stage.Request{Action: stage.Released, IDs: ids})
}

// Apply does what r asks for. The records belong to the gateway from then on.
func (s *Stage) Apply(ctx context.Context, r stage.Request) (*StageAnswer, error) {
	g, p := s.s.port.g, s.s.port
	for _, rec := range r.Records {
		if err := isA(p.Type, rec); err != nil {
			return nil, fmt.Errorf("channel %q: %w", p.Name, err)
		}
		if r.Action != stage.Removed {
			rec.EachBase(func(b *schema.Struct) { g.ids.fill(b, g.wall) })
		}
	}
	if err := g.guarded(ctx, p.Name, r.Records); err != nil {
		return nil, err
	}
	if r.Action == stage.Created || r.Action == stage.Added {
		for range max(1, len(r.Records)) {
			r.Fresh = append(r.Fresh, g.ids.next(g.wall).String())
		}
	}
	o := &stageOrder{Request: r, reply: make(chan stageReply, 1)}
	o.Caller, _ = CallerOf(ctx)
	if err := s.order(ctx, o); err != nil {
		return nil, err
	}
	return s.await(ctx, o)
}

// Areas returns the ids of the areas, oldest first; if id is given only that one, if it is there.
func (s *Stage) Areas(id ...string) []string {
	ids := []string{}
	for _, a := range s.now(id) {
		ids = append(ids, a.ID)
	}
	return ids
}

// Lookup returns what the areas hold; if id is given only that one, if it is there.
func (s *Stage) Lookup(ctx context.Context, id ...string) *StageAnswer {
	a := s.s.port.g.moment()
	return s.visible(ctx, &StageAnswer{Time: a.Time, Cycle: a.Cycle, Areas: s.now(id)})
}

// Changed returns a channel that is closed at the next change of an area. Take it before Lookup, to miss none.
func (s *Stage) Changed() <-chan struct{} {
	s.s.port.g.hub.mu.Lock()
	defer s.s.port.g.hub.mu.Unlock()
	return s.s.changed
}

// with reads the value that a request is about.
func (s *Stage) with(ctx context.Context, a stage.Action, ids []string, body []byte) (*StageAnswer, error) {
	r := stage.Request{Action: a, IDs: ids}
	if body = bytes.TrimSpace(body); len(body) > 0 && string(body) != "null" {
		rec, problems := s.s.port.Type.Decode(body, schema.DecodeOptions{At: s.s.port.g.wall(), Loc: []any{"body"}})
		if len(problems) > 0 {
			return nil, problems
		}
		r.Records = []schema.Record{rec}
	}
	return s.Apply(ctx, r)
}

// order puts a request into the intake.
func (s *Stage) order(ctx context.Context, o *stageOrder) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	err := s.s.push.Push(o)
	if errors.Is(err, engine.ErrNotStarted) || errors.Is(err, engine.ErrStopped) {
		return ErrNotRunning
	}
	if err != nil {
		return fmt.Errorf("channel %q: %w", s.s.port.Name, err)
	}
	return nil
}

// await waits for the answer of the graph.
func (s *Stage) await(ctx context.Context, o *stageOrder) (*StageAnswer, error) {
	var r stageReply
	select {
	case r = <-o.reply:
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-s.s.port.g.life.over:
		select {
		case r = <-o.reply:
		default:
			return nil, ErrNotRunning
		}
	}
	if r.err != nil {
		return nil, r.err
	}
	return s.visible(ctx, r.answer), nil
}

// now returns the published areas, or that one.
func (s *Stage) now(id []string) []stage.Area {
	s.s.port.g.hub.mu.Lock()
	areas := s.s.areas
	s.s.port.g.hub.mu.Unlock()
	if len(id) == 0 {
		return areas
	}
	for _, a := range areas {
		if slices.Contains(id, a.ID) {
			return []stage.Area{a}
		}
	}
	return nil
}

// visible leaves out what the caller may not see.
func (s *Stage) visible(ctx context.Context, a *StageAnswer) *StageAnswer {
	g := s.s.port.g
	if g.Filter == nil {
		return a
	}
	seen := &StageAnswer{Time: a.Time, Cycle: a.Cycle}
	for _, area := range a.Areas {
		area.Records = g.visible(ctx, s.s.port.Name, area.Records)
		seen.Areas = append(seen.Areas, area)
	}
	return seen
}
