package httpapi

import (
	"net/http"

	"gw/httpapi/auth"
	"gw/schema"
)

// mountLookup mounts the search by id: among the values of a channel's type, and among all of them. A channel that is
// called "id" has only the latter.
func (h *Handler) mountLookup(t *routes, pl *plan) {
	cat := pl.lookup
	at := h.cfg.Prefix + "/lookup/"
	t.add("GET", at, auth.Read, h.list(cat.names()))
	t.addRest("GET", at+"id/", auth.Read, h.lookupAny(pl.lookedUp()))
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

// lookupAny answers with the value of an id among those of the types of channels, or 404; the channel "" is all types.
func (h *Handler) lookupAny(channels []string) handle {
	return func(w http.ResponseWriter, r *http.Request, id string) error {
		evicted := false
		for _, channel := range channels {
			a, gone, err := h.g.Lookup(r.Context(), channel, id)
			if err != nil {
				return err
			}
			evicted = evicted || gone
			if len(a.Records) > 0 {
				h.reply.answer(w, r, a)
				return nil
			}
		}
		tellEvicted(w, evicted)
		return &Error{http.StatusNotFound, "No GatewayStruct found with id: " + cut(id)}
	}
}

// lookedUp are channels of every type that can be searched: "" if no channel is left out.
func (pl *plan) lookedUp() []string {
	if len(pl.lookup.ports) == len(pl.ports) {
		return []string{""}
	}
	var channels []string
	types := map[*schema.Type]bool{}
	for _, p := range pl.lookup.ports {
		if !types[p.Type] {
			channels = append(channels, p.Name)
		}
		types[p.Type] = true
	}
	return channels
}

// tellEvicted says that an id was there once; the body is the same as for one that never was.
func tellEvicted(w http.ResponseWriter, evicted bool) {
	if evicted {
		w.Header().Set("Gw-Evicted", "true")
	}
}
