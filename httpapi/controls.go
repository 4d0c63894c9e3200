package httpapi

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"gw/gateway"
	"gw/httpapi/auth"
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
	t.add("GET", p, auth.Read, h.list(names))
	t.add("GET", p+"heartbeat", auth.Read, h.controlled("heartbeat", nil))
	t.add("GET", p+"stats", auth.Read, h.controlled("stats", nil))
	t.add("POST", p+"shutdown", auth.Control, h.controlled("shutdown", h.g.Stop))
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
