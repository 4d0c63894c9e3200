package query

import (
	"context"

	"gw/engine"
	"gw/gateway"
	"gw/schema"
)

// source is the tables of a gateway, as one caller sees them.
type source struct {
	gateway *gateway.Gateway
	layouts []*layout
	ports   []*gateway.Port // of a layout of what a channel keeps
	views   []string        // of a layout of a state view
}

// What is said of a tick besides its value.
var (
	tickColumns = []Column{{"gw_time", "make_timestamp(d0)", []int{0}}, {"gw_cycle", "d1", []int{1}}, {"gw_key", "d2", []int{2}}}
	tickDocs    = []string{"BIGINT", "UBIGINT", "VARCHAR"}
)

// sourceOf returns the tables of g, which has been built, as far as there are any for l.
func sourceOf(g *gateway.Gateway, l Limits) *source {
	s := &source{gateway: g}
	channels, views := names{}, names{} // DuckDB does not tell upper from lower case in names of tables either
	for _, p := range g.Ports() {
		if l.Channel != nil && !l.Channel(p.Name) {
			continue
		}
		n := 2
		if p.Kind == gateway.KindBasket {
			n = 3
		}
		s.add(layoutOf(p.Type, "main", channels.unique(p.Name), tickColumns[:n], tickDocs[:n:n]), p, "")
	}
	for _, view := range g.Views() {
		if l.View != nil && !l.View(view) {
			continue
		}
		p, _ := g.ViewPort(view)
		s.add(layoutOf(p.Type, "state", views.unique(view), nil, nil), nil, view)
	}
	return s
}

func (s *source) add(l *layout, p *gateway.Port, view string) {
	s.layouts = append(s.layouts, l)
	s.ports = append(s.ports, p)
	s.views = append(s.views, view)
}

func (s *source) tables() []Table {
	all := make([]Table, len(s.layouts))
	for i, l := range s.layouts {
		all[i] = l.table
	}
	return all
}

// moment is when a snapshot was true.
type moment struct {
	time  engine.Time
	cycle uint64
}

// snapshot hands the rows of the tables that are wanted to send, all of them as of one moment.
func (s *source) snapshot(ctx context.Context, wanted []want, send func(batch) error) (moment, error) {
	var channels, views []string
	for _, w := range wanted {
		if p := s.ports[w.Table]; p != nil {
			channels = append(channels, p.Name)
		} else {
			views = append(views, s.views[w.Table])
		}
	}
	ticks, rows, kept, err := s.gateway.Kept(ctx, channels, views)
	if err != nil {
		return moment{}, err
	}
	at := moment{kept.Time, kept.Cycle}
	for _, w := range wanted {
		sheet := newSheet(s.layouts[w.Table], w)
		if s.ports[w.Table] != nil {
			err = sendTicks(sheet, ticks[0], send)
			ticks = ticks[1:]
		} else {
			err = sendRows(sheet, rows[0], send)
			rows = rows[1:]
		}
		if err != nil {
			return at, err
		}
	}
	return at, nil
}

// sendTicks hands over ticks, a row for each record of one.
func sendTicks(s *sheet, ticks []*gateway.Tick, send func(batch) error) error {
	for _, t := range ticks {
		for _, r := range t.Records {
			s.tick(t)
			s.record(r)
			if err := s.row(send); err != nil {
				return err
			}
		}
	}
	return s.rest(send)
}

func sendRows(s *sheet, recs []schema.Record, send func(batch) error) error {
	for _, r := range recs {
		s.record(r)
		if err := s.row(send); err != nil {
			return err
		}
	}
	return s.rest(send)
}
