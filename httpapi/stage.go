package httpapi

import (
	"net/http"
	"strings"

	"gw/gateway"
	"gw/httpapi/auth"
)

// mountStage mounts the staging areas of channels; without any there is not even the index.
func (h *Handler) mountStage(t *routes, cat *catalog) {
	staged := cat.names()
	if len(staged) == 0 {
		return
	}
	t.add("GET", h.cfg.Prefix+"/stage/", auth.Read, h.list(staged))
	for _, name := range staged {
		h.mountStaged(t, name, name)
	}
	for _, name := range staged {
		h.mountStaged(t, dashed(name), name)
	}
}

func (h *Handler) mountStaged(t *routes, as, channel string) {
	at := h.cfg.Prefix + "/stage/" + as
	t.add("GET", at, auth.Read, h.stageList(channel))
	t.add("PUT", at, auth.Read, h.stageLookup(channel))
	t.add("POST", at, auth.Stage, h.staged(channel, addStaged))
	t.add("DELETE", at, auth.Stage, h.staged(channel, removeStaged))
	t.add("PATCH", at, auth.Stage, h.staged(channel, releaseStaged))
}

// stageAction is what a request does to the areas of a channel, with the ids and the body that it has.
type stageAction func(r *http.Request, s *gateway.Stage, ids []string, body []byte) (*gateway.StageAnswer, error)

func addStaged(r *http.Request, s *gateway.Stage, ids []string, body []byte) (*gateway.StageAnswer, error) {
	return s.Add(r.Context(), ids, body)
}

func removeStaged(r *http.Request, s *gateway.Stage, ids []string, body []byte) (*gateway.StageAnswer, error) {
	return s.Remove(r.Context(), ids, body)
}

func releaseStaged(r *http.Request, s *gateway.Stage, ids []string, _ []byte) (*gateway.StageAnswer, error) {
	return s.Release(r.Context(), ids)
}

// staged changes the staging areas and answers with those that it touched.
func (h *Handler) staged(channel string, do stageAction) handle {
	return func(w http.ResponseWriter, r *http.Request, _ string) error {
		if h.cfg.ReadOnly {
			return errReadOnly
		}
		s, err := h.g.Stage(channel)
		if err != nil {
			return err
		}
		body, err := h.readJSON(w, r)
		if err != nil {
			return err
		}
		ctx, cancel := h.bounded(r)
		defer cancel()
		a, err := do(r.WithContext(ctx), s, stageIDs(r), body)
		if err != nil {
			return err
		}
		h.reply.stamped(w, r, a.Time, a.Cycle, a.JSON())
		return nil
	}
}

// stageIDs reads ?id=a,b: nil if it is not there, empty if it names nothing.
func stageIDs(r *http.Request) []string {
	text, given := queryParameter(r, "id")
	if !given {
		return nil
	}
	ids := []string{}
	for id := range strings.SplitSeq(text, ",") {
		if id = strings.TrimSpace(id); id != "" {
			ids = append(ids, id)
		}
	}
	return ids
}

// stageList answers with the ids of the areas, of one if the request names it. It is not split at commas.
func (h *Handler) stageList(channel string) handle {
	return func(w http.ResponseWriter, r *http.Request, _ string) error {
		s, err := h.g.Stage(channel)
		if err != nil {
			return err
		}
		h.reply.value(w, r, http.StatusOK, s.Areas(oneID(r)...))
		return nil
	}
}

// stageLookup answers with what the areas hold.
func (h *Handler) stageLookup(channel string) handle {
	return func(w http.ResponseWriter, r *http.Request, _ string) error {
		s, err := h.g.Stage(channel)
		if err != nil {
			return err
		}
		a := s.Lookup(r.Context(), oneID(r)...)
		h.reply.stamped(w, r, a.Time, a.Cycle, a.JSON())
		return nil
	}
}

func oneID(r *http.Request) []string {
	if id, given := queryParameter(r, "id"); given {
		return []string{id}
	}
	return nil
}
