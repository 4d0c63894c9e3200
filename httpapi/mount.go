package httpapi

import (
	"net/http"
	"strings"

	"gw/gateway"
	"gw/httpapi/auth"
)

// routes returns the table of the gateway's routes, which the first request makes. A gateway that cannot be built has
// only the pages that need no channels.
func (h *Handler) routes() *routes {
	if t := h.table.Load(); t != nil {
		return t
	}
	h.tabling.Lock()
	defer h.tabling.Unlock()
	if t := h.table.Load(); t != nil {
		return t
	}
	if err := h.g.Build(); err != nil {
		return h.unbuilt()
	}
	t := h.mount(newCatalog(h.g.Ports()))
	h.table.Store(t)
	return t
}

// unbuilt is the table of a gateway that has no channels to serve.
func (h *Handler) unbuilt() *routes {
	t := h.newTable()
	h.mountPages(t)
	t.add("GET", h.cfg.Prefix+"/gw/status", auth.Read, h.status)
	pages := t.other
	t.other = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, h.cfg.Prefix+"/") || r.URL.Path == "/openapi.json" {
			h.fail(w, r, errNotRunning)
			return
		}
		pages.ServeHTTP(w, r)
	})
	return t
}

func (h *Handler) mount(cat *catalog) *routes {
	t := h.newTable()
	h.mountPages(t)
	h.mountIndexes(t, cat)
	for _, p := range cat.ports {
		h.mountChannel(t, p.Name, p)
	}
	for _, p := range cat.ports { // after all real names, which win
		h.mountChannel(t, dashed(p.Name), p)
	}
	for _, view := range cat.views() {
		t.add("GET", h.cfg.Prefix+"/state/"+view, auth.Read, h.state(view))
		t.add("GET", h.cfg.Prefix+"/state/"+dashed(view), auth.Read, h.state(view))
	}
	h.mountLookup(t, cat)
	h.mountQuery(t)
	h.mountStage(t, cat)
	h.mountControls(t, cat)
	h.mountGraph(t)
	h.mountOutputs(t)
	h.mountOwn(t, cat)
	return t
}

// mountPages mounts what lies at the root. What no route knows goes to the UI, if it is no part of the API.
func (h *Handler) mountPages(t *routes) {
	t.add("GET", "/", auth.Read, h.index)
	t.add("GET", "/favicon.ico", auth.Public, h.favicon)
	t.add("GET", "/ui-config", auth.Public, h.uiConfig)
	h.mountHealth(t)
	t.other = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		get := r.Method == http.MethodGet || r.Method == http.MethodHead
		if h.cfg.UI == nil || !get || strings.HasPrefix(r.URL.Path+"/", h.cfg.Prefix+"/") {
			h.fail(w, r, errNoRoute)
			return
		}
		r, err := h.admit(r, auth.Read)
		if err != nil {
			h.fail(w, r, err)
			return
		}
		h.page(w, r)
	})
}

// mountIndexes mounts the lists of names and the stream.
func (h *Handler) mountIndexes(t *routes, cat *catalog) {
	p := h.cfg.Prefix
	t.add("GET", p+"/last/", auth.Read, h.list(cat.names()))
	t.add("GET", p+"/next/", auth.Read, h.list(cat.names()))
	t.add("GET", p+"/send/", auth.Read, h.list(cat.sendable()))
	t.add("GET", p+"/state/", auth.Read, h.list(cat.views()))
	t.add("GET", p+"/stream", auth.Read, h.stream(cat))
	t.sockets[p+"/stream"] = true
	statics := append([]string{}, h.g.Statics()...)
	t.add("GET", p+"/field", auth.Read, h.list(statics))
	for _, name := range statics {
		t.add("GET", p+"/field/"+name, auth.Read, h.field(name))
		t.add("GET", p+"/field/"+dashed(name), auth.Read, h.field(name))
	}
	h.mountDocs(t, cat)
}

// mountChannel mounts the routes of a channel under its name or its alias. send is there for every channel: one that
// takes no send says so after it has read the body.
func (h *Handler) mountChannel(t *routes, name string, p *gateway.Port) {
	for _, group := range []struct {
		method, path string
		scope        auth.Scope
		serve        func(channel string) handle
	}{
		{"GET", "/last/", auth.Read, h.last},
		{"GET", "/next/", auth.Read, h.next},
		{"POST", "/send/", auth.Send, h.send},
	} {
		if group.scope == auth.Send && p.Name == controlsChannel {
			group.scope = auth.Control // a value of this channel may end the gateway
		}
		at, serve := h.cfg.Prefix+group.path+name, group.serve(p.Name)
		if t.covered(group.method, at) {
			continue
		}
		t.add(group.method, at, group.scope, serve)
		if p.Kind == gateway.KindBasket {
			t.addRest(group.method, at+"/", group.scope, keyed(p.Name, serve))
		}
	}
}

// mountOwn mounts what gw has beyond csp-gateway.
func (h *Handler) mountOwn(t *routes, cat *catalog) {
	own := h.cfg.Prefix + "/gw/"
	t.add("GET", own+"status", auth.Read, h.status)
	t.add("GET", own+"channels", auth.Read, h.channels(cat))
	t.add("GET", own+"graph", auth.Read, h.graph)
	t.add("GET", own+"connections", auth.Read, h.listConnections)
	t.add("POST", own+"control", auth.Control, h.control)
	t.add("GET", own+"events", auth.Read, h.events(cat))
	t.add("GET", own+"watch", auth.Read, h.watch(cat))
	t.sockets[own+"watch"] = true
}

// dashed is the alias under which a name is served too.
func dashed(name string) string { return strings.ReplaceAll(name, "_", "-") }
