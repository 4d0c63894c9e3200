package httpapi

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"

	"gw/gateway"
	"gw/httpapi/auth"
	"gw/schema"
)

// controlsChannel is the channel through which a gateway is asked how it is.
const controlsChannel = "controls"

// controlNames are the controls, in their order.
var controlNames = []string{"heartbeat", "stats", "shutdown"}

// mountControls mounts the controls; the list has them only if the gateway's model has their channel.
func (h *Handler) mountControls(t *routes, pl *plan) {
	if pl.Controls == nil {
		return
	}
	p := h.cfg.Prefix + "/controls/"
	names := []string{}
	if pl.controls != nil {
		names = slices.Sorted(slices.Values(pl.Controls))
	}
	t.add("GET", p, auth.Read, h.list(names))
	for _, name := range controlNames {
		switch {
		case !contains(pl.Controls, name):
		case name == "shutdown":
			t.add("POST", p+name, auth.Control, h.controlled(name, h.g.Stop))
		default:
			t.add("GET", p+name, auth.Read, h.controlled(name, nil))
		}
	}
}

// controlled asks the graph and answers with what it says; then, with the answer on its way, it does what is to be
// done.
func (h *Handler) controlled(name string, then func()) handle {
	return func(w http.ResponseWriter, r *http.Request, _ string) error {
		if then != nil && h.cfg.ReadOnly {
			return errReadOnly
		}
		ctx, cancel := context.WithTimeout(r.Context(), h.cfg.ControlWait)
		defer cancel()
		a, err := h.g.Ask(ctx, name)
		if then != nil && errors.Is(err, context.DeadlineExceeded) {
			a, err = told(name), nil // a held engine does not answer, and has to go all the same
		}
		if errors.Is(err, context.DeadlineExceeded) {
			return &Error{http.StatusServiceUnavailable, fmt.Sprintf("engine did not answer within %v", h.cfg.ControlWait)}
		}
		if err != nil {
			return err
		}
		h.reply.answer(w, r, a)
		if then != nil {
			http.NewResponseController(w).Flush()
			then()
		}
		return nil
	}
}

// told is the answer to a control that is carried out without the graph.
func told(name string) *gateway.Answer {
	c := &gateway.Controls{Name: name, Status: "ok", Data: []byte("{}")}
	return &gateway.Answer{Records: []schema.Record{schema.RecordOf(c)}}
}
