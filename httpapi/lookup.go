package httpapi

import (
	"net/http"

	"gw/httpapi/auth"
)

// mountLookup mounts the search by id: among the values of a channel's type, and among all of them. A channel that is
// called "id" has only the latter.
func (h *Handler) mountLookup(t *routes, cat *catalog) {
	at := h.cfg.Prefix + "/lookup/"
	t.add("GET", at, auth.Read, h.list(cat.names()))
	t.addRest("GET", at+"id/", auth.Read, h.lookupAny)
	for _, p := range cat.ports {
		t.addRest("GET", at+p.Name+"/", auth.Read, h.lookup(p.Name))
	}
	for _, p := range cat.ports {
		t.addRest("GET", at+dashed(p.Name)+"/", auth.Read, h.lookup(p.Name))
	}
}

// lookup answers with the value of an id, or an empty list.
func (h *Handler) lookup(channel string) handle {
	return func(w http.ResponseWriter, r *http.Request, id string) error {
		a, evicted, err := h.g.Lookup(r.Context(), channel, id)
		if err != nil {
			return err
		}
		tellEvicted(w, evicted)
		h.reply.answer(w, r, a)
		return nil
	}
}

// lookupAny answers with the value of an id, or 404.
func (h *Handler) lookupAny(w http.ResponseWriter, r *http.Request, id string) error {
	a, evicted, err := h.g.Lookup(r.Context(), "", id)
	if err != nil {
		return err
	}
	tellEvicted(w, evicted)
	if len(a.Records) == 0 {
		return &Error{http.StatusNotFound, "No GatewayStruct found with id: " + cut(id)}
	}
	h.reply.answer(w, r, a)
	return nil
}

// tellEvicted says that an id was there once; the body is the same as for one that never was.
func tellEvicted(w http.ResponseWriter, evicted bool) {
	if evicted {
		w.Header().Set("Gw-Evicted", "true")
	}
}
