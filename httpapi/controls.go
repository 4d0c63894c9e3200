package httpapi

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"gw/gateway"
	"gw/schema"
)

// controlsChannel is the channel through which a gateway is asked how it is.
const controlsChannel = "controls"

// mountControls mounts the controls, if the gateway's model has their channel.
func (h *Handler) mountControls(t *routes, cat *catalog) {
	p := h.cfg.Prefix + "/controls/"
	names := []string{"heartbeat", "shutdown", "stats"}
	if cat.named[controlsChannel] == nil {
		names = []string{}
	}
	t.add("GET", p, h.list(names))
	t.add("GET", p+"heartbeat", h.controlled("heartbeat", nil))
	t.add("GET", p+"stats", h.controlled("stats", nil))
	t.add("POST", p+"shutdown", h.controlled("shutdown", h.g.Stop))
}

// controlled sends a control through the graph and answers with it as the graph gives it back; then, with the answer
// on its way, it does what is to be done.
func (h *Handler) controlled(name string, then func()) handle {
	return func(w http.ResponseWriter, r *http.Request, _ string) error {
		if then != nil && h.cfg.ReadOnly {
			return errReadOnly
		}
		ctx, cancel := context.WithTimeout(r.Context(), h.cfg.ControlWait)
		defer cancel()
		a, err := h.askGraph(ctx, name)
		if err != nil {
			return err
		}
		h.reply.answer(w, a)
		if then != nil {
			http.NewResponseController(w).Flush()
			then()
		}
		return nil
	}
}

// askGraph sends a Controls and waits for its tick with a status.
func (h *Handler) askGraph(ctx context.Context, name string) (*gateway.Answer, error) {
	sub, err := h.g.Subscribe(ctx, gateway.SubscribeOptions{
		Select: []gateway.Selector{{Channel: controlsChannel}},
		Policy: gateway.Every, Limit: h.cfg.Queue, Full: gateway.DropOldest,
	})
	if err != nil {
		return nil, err
	}
	defer sub.Close()
	sent, err := h.g.Send(ctx, controlsChannel, "", fmt.Appendf(nil, `{"name":%q}`, name))
	if err != nil {
		return nil, err
	}
	id := sent.Records[0].Base().ID
	for {
		select {
		case <-ctx.Done():
			return nil, h.noAnswer(ctx)
		case <-sub.Ready():
		}
		ticks, _, _ := sub.Take()
		for _, t := range ticks {
			for _, rec := range t.Records {
				if rec.Base().ID == id && answered(rec) {
					return &gateway.Answer{Time: t.Time, Cycle: t.Cycle, Records: []schema.Record{rec}}, nil
				}
			}
		}
		if err := sub.Err(); err != nil {
			return nil, err
		}
	}
}

// answered reports whether the graph has set the status of a Controls.
func answered(rec schema.Record) bool {
	c, ok := rec.Type().Column("status")
	if !ok {
		return false
	}
	status, _ := c.String(rec)
	return status != "none"
}

// noAnswer is the error of a wait that ended without the graph's word.
func (h *Handler) noAnswer(ctx context.Context) error {
	if !errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return ctx.Err()
	}
	return &Error{http.StatusServiceUnavailable, fmt.Sprintf("engine did not answer within %v", h.cfg.ControlWait)}
}
