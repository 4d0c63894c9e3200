package gateway

import (
	"context"
	"slices"

	"gw/gateway/stage"
	"gw/schema"
)

// Guard decides whether the caller of ctx may give r to the named channel, and may complete it: it is asked for every
// value that comes in by Send and by a staging area, before it enters the engine, on the caller's goroutine. An error
// refuses all that came with it.
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

// guardAreas asks the Guard about what whole areas hold, before they are cleared or released by somebody.
func (s *Stage) guardAreas(ctx context.Context, r stage.Request) error {
	g := s.s.port.g
	whole := len(r.Records) == 0 && (r.Action == stage.Removed || r.Action == stage.Released)
	if g.Guard == nil || !whole {
		return g.guarded(ctx, s.s.port.Name, r.Records)
	}
	areas := s.now(nil)
	if r.Action == stage.Removed && r.IDs == nil {
		areas = areas[max(0, len(areas)-1):] // the newest
	}
	for _, area := range areas {
		if len(r.IDs) > 0 && !slices.Contains(r.IDs, area.ID) {
			continue
		}
		for _, rec := range area.Records {
			if err := g.Guard(ctx, s.s.port.Name, rec.Clone()); err != nil {
				return err
			}
		}
	}
	return nil
}
