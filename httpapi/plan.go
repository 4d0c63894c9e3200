package httpapi

import (
	"slices"

	"gw/gateway"
)

// plan is what the mounts come to with the channels that there are: made once, when the gateway is built.
type plan struct {
	*Mounts
	ports []*gateway.Port // in declaration order

	last, next, send, stage, lookup *catalog
	shown                           *catalog // what windows may read: every channel that can be read otherwise
	views                           []string // of State, sorted
	controls                        *gateway.Port
}

func newPlan(m *Mounts, ports []*gateway.Port) *plan {
	if m == nil {
		m = everything()
	}
	pl := &plan{Mounts: m, ports: ports}
	pl.last, pl.next, pl.lookup = pl.catalog(m.Last), pl.catalog(m.Next), pl.catalog(m.Lookup)
	pl.send = pl.catalog(m.Send, func(p *gateway.Port) bool { return m.EverySend || p.Sendable() })
	pl.stage = pl.catalog(m.Stage, (*gateway.Port).Staged)
	shown := slices.Concat(m.Last, m.Next, m.Lookup, m.Tables, []gateway.Selection{{Include: pl.stage.names()}})
	for _, s := range m.Streams {
		shown = append(shown, s.Channels)
	}
	pl.shown = pl.catalog(shown)
	pl.views = picked(m.State, viewsOf(ports))
	slices.Sort(pl.views)
	if i := slices.IndexFunc(ports, func(p *gateway.Port) bool { return p.Name == controlsChannel }); i >= 0 {
		pl.controls = ports[i]
	}
	return pl
}

// catalog is that of the channels which any of the selections selects, as far as they pass all tests.
func (pl *plan) catalog(selections []gateway.Selection, tests ...func(*gateway.Port) bool) *catalog {
	names := picked(selections, newCatalog(pl.ports).names())
	var ports []*gateway.Port
	for _, p := range pl.ports {
		if slices.Contains(names, p.Name) && !slices.ContainsFunc(tests, func(test func(*gateway.Port) bool) bool { return !test(p) }) {
			ports = append(ports, p)
		}
	}
	return newCatalog(ports)
}

// viewsOf are the names of all state views.
func viewsOf(ports []*gateway.Port) []string {
	names := []string{}
	for _, p := range ports {
		names = append(names, p.Views()...)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// shows reports whether queries may read a channel, showsView a state view.
func (pl *plan) shows(channel string) bool  { return pl.shown.named[channel] != nil }
func (pl *plan) showsView(view string) bool { return slices.Contains(pl.views, view) }
