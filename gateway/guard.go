package gateway

import (
	"context"

	"gw/schema"
)

// Guard decides whether the caller of ctx may give r to the named channel, and may complete it: it is asked for every
// value that comes in by Send and by a staging area, before it enters the engine, on the caller's goroutine. It is asked too
// whether the caller may remove or release r from an area, on the engine's goroutine: it must not wait, and must know the
// caller by CallerOf alone. An error refuses all that came with it.
type Guard func(ctx context.Context, channel string, r schema.Record) error

// guarded asks the Guard about what comes in.
func (g *Gateway) guarded(ctx context.Context, channel string, recs []schema.Record) error {
	if g.Guard == nil {
		return nil
	}
	for _, r := range recs {
		if err := g.Guard(ctx, channel, r); err != nil {
			return err
		}
	}
	return nil
}

// guardStaged asks the Guard about what a request would take out of the staging areas, in the cycle in which it is done:
// what is there, and which area is the newest, may have changed since the caller asked. Engine goroutine only.
func (s *stager) guardStaged(o *stageOrder) error {
	g := s.port.g
	if g.Guard == nil {
		return nil
	}
	ctx := WithCaller(context.Background(), o.Caller)
	for _, rec := range s.set.Leaving(o.Request) {
		if err := g.Guard(ctx, s.port.Name, rec.Clone()); err != nil {
			return err
		}
	}
	return nil
}
