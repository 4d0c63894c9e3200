package httpapi

import (
	"net/http"
)

// replayMode is the mode of a gateway whose run can be driven.
const replayMode = "replay"

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
	h.drive(c)
	return h.status(w, r, "")
}

func (h *Handler) drive(c controlBody) {
	run := h.g.Control()
	switch c.Action {
	case "pause":
		run.Pause()
	case "resume":
		run.Resume()
	case "step":
		n := uint64(1)
		if c.Cycles != nil {
			n = *c.Cycles
		}
		run.Step(n)
	case "speed":
		run.Speed(*c.Speed)
	case "until":
		run.Until(c.until)
	case "stop":
		h.g.Stop()
	}
}
