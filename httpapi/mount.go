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
	t := h.mount(newPlan(h.cfg.Mounts, h.g.Ports()))
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

func (h *Handler) mount(pl *plan) *routes {
	h.plan.Store(pl)
	t := h.newTable()
	h.mountPages(t)
	h.mountIndexes(t, pl)
	h.mountFields(t, pl)
	h.mountDocs(t, pl)
	for _, p := range pl.ports {
		h.mountChannel(t, p.Name, p, pl)
	}
	for _, p := range pl.ports { // after all real names, which win
		h.mountChannel(t, dashed(p.Name), p, pl)
	}
	for _, view := range pl.views {
		t.add("GET", h.cfg.Prefix+"/state/"+view, auth.Read, h.state(view))
		t.add("GET", h.cfg.Prefix+"/state/"+dashed(view), auth.Read, h.state(view))
	}
	if pl.Lookup != nil {
		h.mountLookup(t, pl)
	}
	h.mountQuery(t)
	h.mountStage(t, pl.stage)
	h.mountControls(t, pl)
	h.mountGraph(t, pl.Graphs)
	h.mountOutputs(t, pl)
	h.mountOwn(t, pl.shown)
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

// mountIndexes mounts the lists of names, and the streams.
func (h *Handler) mountIndexes(t *routes, pl *plan) {
	for _, group := range []struct {
		path  string
		there bool
		names []string
	}{
		{"/last/", pl.Last != nil, pl.last.names()},
		{"/next/", pl.Next != nil, pl.next.names()},
		{"/send/", pl.Send != nil, pl.send.sendable()},
		{"/state/", pl.State != nil, pl.views},
	} {
		if group.there {
			t.add("GET", h.cfg.Prefix+group.path, auth.Read, h.list(group.names))
		}
	}
	for _, m := range pl.Streams {
		at := h.cfg.Prefix + m.path()
		t.add("GET", at, auth.Read, h.stream(m, pl.catalog([]gateway.Selection{m.Channels})))
		t.sockets[at] = true
	}
}

// mountFields mounts static fields and their lists.
func (h *Handler) mountFields(t *routes, pl *plan) {
	for _, m := range pl.Fields {
		names := m.of(h.g.Statics())
		at := h.cfg.Prefix + m.path()
		t.add("GET", at, auth.Read, h.list(names))
		for _, name := range names {
			t.add("GET", at+"/"+name, auth.Read, h.field(name))
			t.add("GET", at+"/"+dashed(name), auth.Read, h.field(name))
		}
	}
}

// mountChannel mounts the routes of a channel under its name or its alias.
func (h *Handler) mountChannel(t *routes, name string, p *gateway.Port, pl *plan) {
	for _, group := range []struct {
		method, path string
		scope        auth.Scope
		serve        func(channel string) handle
		channels     *catalog
	}{
		{"GET", "/last/", auth.Read, h.last, pl.last},
		{"GET", "/next/", auth.Read, h.next, pl.next},
		{"POST", "/send/", auth.Send, h.send, pl.send},
	} {
		if group.channels.named[p.Name] == nil {
			continue
		}
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
