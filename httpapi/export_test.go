package httpapi

// Table returns method, path and scope of every route, for tests that go through all of them.
func (h *Handler) Table() [][3]string {
	var all [][3]string
	for _, r := range h.routes().list {
		all = append(all, [3]string{r.method, r.path, string(r.scope)})
	}
	return all
}
