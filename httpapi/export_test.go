package httpapi

import "sync"

// Table returns method, path and scope of every route, for tests that go through all of them.
func (h *Handler) Table() [][3]string {
	var all [][3]string
	for _, r := range h.routes().list {
		all = append(all, [3]string{r.method, r.path, string(r.scope)})
	}
	return all
}

// descriptions are those that Description has made, by their Handler.
var descriptions sync.Map

// Description is /openapi.json, whoever asks; nil if the gateway cannot be built.
func (h *Handler) Description() []byte {
	if have, ok := descriptions.Load(h); ok {
		return have.([]byte)
	}
	if h.g.Build() != nil {
		return nil
	}
	doc := h.document(newPlan(h.cfg.Mounts, h.g.Ports()))
	descriptions.Store(h, doc)
	return doc
}
