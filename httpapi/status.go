package httpapi

import (
	"net/http"

	"gw/engine"
	"gw/gateway"
)

// statusBody is the answer of gw/status; frames of a watch carry it too.
type statusBody struct {
	Name    string  `json:"name"`
	Version string  `json:"version"`
	Mode    string  `json:"mode"`
	State   string  `json:"state"`
	Time    *string `json:"time"`
	Cycle   uint64  `json:"cycle"`
	Speed   float64 `json:"speed"`
	Start   *string `json:"start"`
	End     *string `json:"end"`
}

func (h *Handler) statusNow() []byte { return h.statusJSON(h.g.Status()) }

func (h *Handler) statusJSON(s gateway.Status) []byte {
	return encode(statusBody{
		Name: s.Name, Version: h.cfg.Version, Mode: s.Mode, State: s.State,
		Time: moment(s.Time), Cycle: s.Cycle, Speed: s.Speed, Start: moment(s.Start), End: moment(s.End),
	})
}

// moment is an engine time as bodies show it, nil if there is none.
func moment(t engine.Time) *string {
	if t == 0 {
		return nil
	}
	s := t.String()
	return &s
}

func (h *Handler) status(w http.ResponseWriter, r *http.Request, _ string) error {
	now := h.g.Status()
	h.reply.stamped(w, r, now.Time, now.Cycle, h.statusJSON(now))
	return nil
}
