package gateway

import (
	"context"
	"fmt"
	"slices"

	"gw/engine"
	"gw/gateway/state"
)

// A view is a declared state view: the latest record of each key tuple of some lanes of one port.
type view struct {
	alias string
	port  *Port
	lanes []*lane
	keys  []string
	table *state.Table
}

// declare notes a view; its table is made when the gateway is finished.
func (g *Gateway) declare(v view) {
	if !g.wiring(v.port.Name, "state declared") {
		return
	}
	if len(v.keys) == 0 {
		v.keys = []string{"id"}
	}
	if v.port.Kind == KindBasket && (len(v.lanes) != 1 || v.alias == "") {
		g.blame(fmt.Errorf("channel %q: a state of a basket is of one key and has a name: call Basket.State", v.port.Name))
		return
	}
	if v.alias == "" {
		v.alias = v.port.Name
	}
	old := g.views[v.alias]
	switch {
	case old == nil:
		g.views[v.alias] = &v
		g.viewNames = append(g.viewNames, v.alias)
		v.port.views = append(v.port.views, v.alias)
	case !old.same(v):
		g.blame(fmt.Errorf("channel %q: state %q by %s is already declared for channel %q by %s",
			v.port.Name, v.alias, list(v.keys), old.port.Name, list(old.keys)))
	}
}

func (v *view) same(o view) bool {
	return v.port == o.port && slices.Equal(v.lanes, o.lanes) && slices.Equal(v.keys, o.keys)
}

func (g *Gateway) makeTables() {
	for _, name := range g.viewNames {
		v := g.views[name]
		table, err := g.store.Table(v.port.Type, v.keys)
		if err != nil {
			g.blame(fmt.Errorf("channel %q: state %q: %w", v.port.Name, name, err))
			continue
		}
		v.table = table
		for _, l := range v.lanes {
			l.tables = append(l.tables, table)
		}
	}
}

// State returns the latest record of each key tuple of a state view, ordered by the keys, null before values.
// query is "" or JSON such as {"filters":[{"attr":"x","by":{"value":1,"where":">="}}]}. An unknown view is a
// *NotFoundError, a query that is not JSON schema.Problems, one that asks for what cannot be a *QueryError.
func (g *Gateway) State(ctx context.Context, name, query string) (*Answer, error) {
	v, ok := g.views[name]
	if !ok || v.table == nil {
		return nil, &NotFoundError{"State", name}
	}
	q, err := state.ParseQuery(query)
	if err != nil {
		return nil, err
	}
	var now engine.Time
	var cycle uint64
	recs, err := v.table.Query(ctx, q, func(cut func()) {
		g.hub.mu.Lock()
		defer g.hub.mu.Unlock()
		cut()
		now, cycle = g.hub.now, g.hub.cycle
	})
	if err != nil {
		return nil, err
	}
	return &Answer{Time: now, Cycle: cycle, Records: g.visible(ctx, v.port.Name, recs)}, nil
}
