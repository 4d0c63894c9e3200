package httpapi

import (
	"context"
	"net/http"
	"time"

	"gw/gateway"
)

// replayMode is the mode of a gateway whose run can be driven.
const replayMode = "replay"

// settleWithin bounds the wait for a control to show.
const settleWithin = time.Second

// control drives a replay and answers with the gateway's status after that.
func (h *Handler) control(w http.ResponseWriter, r *http.Request, _ string) error {
	if h.cfg.ReadOnly {
		return errReadOnly
	}
	body, err := h.readBody(w, r)
	if err != nil {
		return err
	}
	c, err := readControlBody(body)
	if err != nil {
		return err
	}
	if mode := h.g.Status().Mode; mode != replayMode {
		return &Error{http.StatusConflict, "not in a replay: the gateway runs in " + mode}
	}
	before := h.g.Status()
	h.drive(c)
	h.settle(r.Context(), c, before)
	return h.status(w, r, "")
}

// settle waits until what was asked for can be seen in the status, if that is soon.
func (h *Handler) settle(ctx context.Context, c controlBody, before gateway.Status) {
	soon := time.NewTimer(settleWithin)
	defer soon.Stop()
	for {
		changed := h.g.Control().Changed()
		if c.done(before, h.g.Status()) {
			return
		}
		select {
		case <-changed:
		case <-h.g.Done():
			return
		case <-soon.C:
			return
		case <-ctx.Done():
			return
		}
	}
}

// done reports whether a status shows that c has been carried out; for what has no such sign it does at once.
func (c controlBody) done(before, now gateway.Status) bool {
	switch {
	case now.State != "paused" && now.State != "running":
		return true
	case c.action == "pause":
		return now.State == "paused"
	case c.action == "resume":
		return now.State == "running"
	case c.action == "step":
		return now.State == "paused" && now.Cycle >= before.Cycle+c.cycles
	}
	return true
}

func (h *Handler) drive(c controlBody) {
	run := h.g.Control()
	switch c.action {
	case "pause":
		run.Pause()
	case "resume":
		run.Resume()
	case "step":
		run.Step(c.cycles)
	case "speed":
		run.Speed(c.speed)
	case "until":
		run.Until(c.until)
	case "stop":
		h.g.Stop()
	}
}
