package modules

import (
	"context"
	"sync"

	"gw/gateway"
	"gw/httpapi/auth"
	"gw/schema"
)

// maxOwners bounds the identities whose last value is kept, a channel and key.
const maxOwners = 100_000

// ownLast keeps the last values of channels by the value of one field.
type ownLast struct {
	gateway *gateway.Gateway
	field   string

	mu    sync.Mutex
	lanes map[lane]map[string][]schema.Record
}

func newOwnLast(g *gateway.Gateway, field string) *ownLast {
	return &ownLast{gateway: g, field: field, lanes: map[lane]map[string][]schema.Record{}}
}

// expect notes that a lane is kept, before anything ticks.
func (o *ownLast) expect(l lane) { o.lanes[l] = map[string][]schema.Record{} }

// keep takes a tick over. Records are never changed after they have ticked.
func (o *ownLast) keep(l lane, t *gateway.Tick) {
	column, ok := l.port.Type.Column(o.field)
	if !ok {
		return
	}
	fresh := map[string][]schema.Record{}
	for _, r := range t.Records {
		if owner, set := column.String(r); set {
			fresh[owner] = append(fresh[owner], r)
		}
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	owners := o.lanes[l]
	for owner, records := range fresh {
		if _, known := owners[owner]; known || len(owners) < maxOwners {
			owners[owner] = records
		}
	}
}

// answer is last of a channel, or one key of it, for the caller of ctx. It leaves to the gateway who may see every value, or
// none, and what it does not keep.
func (o *ownLast) answer(ctx context.Context, channel, key string) (*gateway.Answer, bool) {
	caller, _ := gateway.CallerOf(ctx)
	claim := caller.Claims[o.field]
	p, ok := o.gateway.Port(channel)
	if !ok || !p.Provided() || claim == "" || claim == auth.Every {
		return nil, false
	}
	now := o.gateway.Status()
	a := &gateway.Answer{Time: now.Time, Cycle: now.Cycle}
	o.mu.Lock()
	defer o.mu.Unlock()
	found := false
	for _, l := range lanesOf(p) {
		owners, kept := o.lanes[l]
		if !kept || key != "" && key != l.key {
			continue
		}
		records, known := owners[claim]
		if !known && len(owners) >= maxOwners {
			return nil, false
		}
		found = true
		for _, r := range records {
			if o.gateway.Filter(ctx, channel, r) {
				a.Records = append(a.Records, r)
			}
		}
	}
	return a, found
}

// also is a filter that lets through what both do; either may be nil.
func also(a, b gateway.Filter) gateway.Filter {
	if a == nil {
		return b
	}
	return func(ctx context.Context, channel string, r schema.Record) bool {
		return a(ctx, channel, r) && b(ctx, channel, r)
	}
}

func alsoGuard(a, b gateway.Guard) gateway.Guard {
	if a == nil {
		return b
	}
	return func(ctx context.Context, channel string, r schema.Record) error {
		if err := a(ctx, channel, r); err != nil {
			return err
		}
		return b(ctx, channel, r)
	}
}
