package gateway

import (
	"context"
	"errors"
	"slices"

	"gw/gateway/state"
	"gw/schema"
)

// Kept returns what is kept of the named channels and state views as the caller may see it, none of it from another cycle
// than the rest: of each channel its last ticks, oldest first (Gateway.History of each key), and of each view its latest
// records, ordered by its keys. at tells the moment; it has no Records. A name that there is not is a *NotFoundError.
func (g *Gateway) Kept(ctx context.Context, channels, views []string) (ticks [][]*Tick, rows [][]schema.Record, at *Answer, err error) {
	k := &keeping{g: g, ctx: ctx}
	for _, name := range channels {
		p, ok := g.Port(name)
		if !ok {
			return nil, nil, nil, channelNotFound(name, "")
		}
		k.ports = append(k.ports, p)
	}
	for _, name := range views {
		v, ok := g.views[name]
		if !ok || v.table == nil {
			return nil, nil, nil, &NotFoundError{"State", name}
		}
		k.views = append(k.views, v)
	}
	if err := k.take(); err != nil {
		return nil, nil, nil, err
	}
	return k.ticks, k.rows, &k.at, nil
}

// keeping is one call of Kept.
type keeping struct {
	g     *Gateway
	ctx   context.Context
	ports []*Port
	views []*view
	cuts  map[*view]func()
	ticks [][]*Tick
	rows  [][]schema.Record
	at    Answer
}

func (k *keeping) take() error {
	k.cuts = map[*view]func(){}
	k.ticks = make([][]*Tick, len(k.ports))
	k.rows = make([][]schema.Record, len(k.views))
	if err := k.enter(k.inOrder()); err != nil {
		return err
	}
	for i, p := range k.ports {
		if len(p.lanes) > 1 {
			slices.SortFunc(k.ticks[i], bySeq)
		}
		k.ticks[i] = k.g.visibleTicks(k.ctx, k.ticks[i])
	}
	for i, v := range k.views {
		k.rows[i] = k.g.visible(k.ctx, v.port.Name, k.rows[i])
	}
	return nil
}

// inOrder is the views once each, in the order of their declaration: all callers take their turns in that order.
func (k *keeping) inOrder() []*view {
	var all []*view
	for _, name := range k.g.viewNames {
		if v := k.g.views[name]; slices.Contains(k.views, v) {
			all = append(all, v)
		}
	}
	return all
}

// enter takes its turn at each table in a call within the call for the table before, so that all of them, and the ticks,
// can be cut at one moment by the innermost.
func (k *keeping) enter(rest []*view) error {
	if len(rest) == 0 {
		k.cut()
		return nil
	}
	v := rest[0]
	var inner error
	recs, err := v.table.Query(k.ctx, state.Query{}, func(cut func()) {
		k.cuts[v] = cut
		inner = k.enter(rest[1:])
	})
	for i := range k.views {
		if k.views[i] == v {
			k.rows[i] = recs
		}
	}
	return errors.Join(inner, err)
}

// cut is the moment.
func (k *keeping) cut() {
	h := &k.g.hub
	h.mu.Lock()
	defer h.mu.Unlock()
	k.at.Time, k.at.Cycle = h.now, h.cycle
	for i, p := range k.ports {
		for _, l := range p.lanes {
			k.ticks[i] = l.history.newest(k.ticks[i], l.history.limit)
		}
	}
	for _, cut := range k.cuts {
		cut()
	}
}
