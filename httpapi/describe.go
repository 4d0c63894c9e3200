package httpapi

import (
	"context"
	"math"
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
	Rate     float64     `json:"rate"`
	Bytes    uint64      `json:"bytes"`
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
		h.now(w, r, all)
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
		Provided: p.Provided(), Ticks: p.Ticks(), Rate: rounded(p.Rate(h.rateTime())), Bytes: p.Bytes(), Time: moment(newest),
	}
	if p.Kind == gateway.KindBasket {
		b.Keys = append([]string{}, p.Keys()...)
	}
	for _, c := range p.Type.Columns() {
		b.Fields = append(b.Fields, fieldBody{c.Name, c.Kind.String()})
	}
	return b
}

// now answers with figures of this moment.
func (h *Handler) now(w http.ResponseWriter, r *http.Request, v any) {
	s := h.g.Status()
	h.reply.stamped(w, r, s.Time, s.Cycle, encode(v))
}

// rateTime is the engine time up to which rates count: in real time it goes on without cycles.
func (h *Handler) rateTime() engine.Time {
	s := h.g.Status()
	if s.Mode != replayMode && s.State == "running" {
		return max(s.Time, engine.TimeOf(after(0)))
	}
	return s.Time
}

// rounded leaves a rate three digits behind the point.
func rounded(x float64) float64 { return math.Round(x*1000) / 1000 }
