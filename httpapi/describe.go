package httpapi

import (
	"context"
	"net/http"

	"gw/engine"
	"gw/gateway"
)

// channelBody describes one channel in the answer of gw/channels.
type channelBody struct {
	Name     string      `json:"name"`
	Kind     string      `json:"kind"`
	Keys     []string    `json:"keys"`
	Type     string      `json:"type"`
	Fields   []fieldBody `json:"fields"`
	Send     bool        `json:"send"`
	State    []string    `json:"state"`
	Provided bool        `json:"provided"`
	Ticks    uint64      `json:"ticks"`
	Time     *string     `json:"time"`
}

type fieldBody struct {
	Name string `json:"name"`
	Type string `json:"type"`
}

// channels answers with what the gateway's channels are and how much has ticked on them.
func (h *Handler) channels(cat *catalog) handle {
	return func(w http.ResponseWriter, r *http.Request, _ string) error {
		all := make([]channelBody, 0, len(cat.ports))
		for _, p := range cat.ports {
			all = append(all, h.describe(r.Context(), p))
		}
		h.reply.value(w, r, http.StatusOK, all)
		return nil
	}
}

func (h *Handler) describe(ctx context.Context, p *gateway.Port) channelBody {
	var newest engine.Time
	for _, s := range selectors(p) {
		for _, t := range h.g.Recent(ctx, s.Channel, s.Key, 1) {
			newest = max(newest, t.Time)
		}
	}
	b := channelBody{
		Name: p.Name, Kind: p.Kind.String(), Type: p.Type.Name,
		Send: p.Sendable(), State: append([]string{}, p.Views()...),
		Provided: p.Provided(), Ticks: p.Ticks(), Time: moment(newest),
	}
	if p.Kind == gateway.KindBasket {
		b.Keys = append([]string{}, p.Keys()...)
	}
	for _, c := range p.Type.Columns() {
		b.Fields = append(b.Fields, fieldBody{c.Name, c.Kind.String()})
	}
	return b
}

// graph answers with the modules and channels and how they are wired.
func (h *Handler) graph(w http.ResponseWriter, r *http.Request, _ string) error {
	h.reply.value(w, r, http.StatusOK, h.g.Topology())
	return nil
}
