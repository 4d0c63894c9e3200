package httpapi

import (
	"net/http"

	"gw/httpapi/auth"
)

// mountHealth mounts what a supervisor asks.
func (h *Handler) mountHealth(t *routes) {
	t.add("GET", "/health", auth.Public, h.health)
	t.add("GET", "/ready", auth.Public, h.ready)
	t.add("GET", "/metrics", auth.Read, h.metrics)
}

// health answers as long as the process can answer at all.
func (h *Handler) health(w http.ResponseWriter, r *http.Request, _ string) error {
	h.reply.value(w, r, http.StatusOK, healthBody{Status: "ok"})
	return nil
}

type healthBody struct {
	Status  string   `json:"status"`
	Reasons []string `json:"reasons,omitempty"`
}

// ready answers 200 while sends are taken and values move, otherwise 503 with the reasons.
func (h *Handler) ready(w http.ResponseWriter, r *http.Request, _ string) error {
	reasons := h.unready()
	if len(reasons) > 0 {
		h.reply.value(w, r, http.StatusServiceUnavailable, healthBody{"unready", reasons})
		return nil
	}
	h.reply.value(w, r, http.StatusOK, healthBody{Status: "ready"})
	return nil
}

// unready returns why the gateway is not ready. A replay that is paused, or has come to its end, is.
func (h *Handler) unready() []string {
	var reasons []string
	if h.closing.Err() != nil {
		reasons = append(reasons, "closing")
	}
	if h.g.Build() != nil {
		return append(reasons, "the gateway cannot be built")
	}
	switch state := h.g.Status().State; state {
	case "starting", "stopped":
		reasons = append(reasons, "the engine is "+state)
	case "ended":
		if h.g.Status().Mode != replayMode {
			reasons = append(reasons, "the engine has ended")
		}
	}
	if h.openSockets() >= h.cfg.MaxSockets {
		reasons = append(reasons, "every WebSocket is taken")
	}
	return reasons
}
