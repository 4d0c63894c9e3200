package httpapi

import (
	"net/http"
	"strings"
)

// lookups describes the search by id.
func (b *describer) lookups() {
	if b.plan.Lookup == nil {
		return
	}
	for _, p := range b.plan.lookup.ports {
		b.add(operation{
			method: "get", path: "/lookup/" + p.Name + "/{id}", tag: "Lookup", summary: "the value of the type of " + p.Name + " with an id",
			params: []object{pathParameter("id")}, answer: arrayOf(b.parts.Ref(p.Type)), typeName: b.h.pythonType(p.Type), missing: true,
		})
	}
	b.add(operation{
		method: "get", path: "/lookup/id/{id}", tag: "Lookup", summary: "the value with an id, of any type",
		params: []object{pathParameter("id")}, answer: arrayOf(object{{"type", "object"}}), missing: true,
	})
}

// stages describes the staging areas.
func (b *describer) stages() {
	staged := b.plan.stage.names()
	if len(staged) == 0 {
		return
	}
	b.add(operation{method: "get", path: "/stage/", tag: "Stage", summary: "names of the staged channels", answer: stringList(), timeless: true})
	for _, name := range staged {
		b.stage(name)
	}
}

// stage describes the five methods of the areas of a channel. Their answers have no schema that csp-gateway's client
// would turn into columns: they are objects by the id of an area.
func (b *describer) stage(name string) {
	one := b.parts.Ref(b.plan.stage.named[name].Type)
	areas := object{{"type", "object"}, {"additionalProperties", arrayOf(one)}}
	value := object{{"anyOf", []any{b.parts.InputRef(b.plan.stage.named[name].Type), object{{"type", "null"}}}}}
	ids := func(what string) []object {
		return []object{{{"name", "id"}, {"in", "query"}, {"required", false}, {"description", what}, {"schema", object{{"type", "string"}}}}}
	}
	for _, o := range []operation{
		{method: "post", summary: "stage a value, or open an area", params: ids("areas, by comma; empty: all that lack the value"), body: value, optional: true, answer: areas},
		{method: "delete", summary: "take a value out of areas, or clear them", params: ids("areas, by comma; empty: all"), body: value, optional: true, answer: areas},
		{method: "patch", summary: "release areas: their values tick the channel", params: ids("areas, by comma; empty: all"), answer: areas},
		{method: "get", summary: "ids of the areas", params: ids("one area"), answer: stringList()},
		{method: "put", summary: "what the areas hold", params: ids("one area"), answer: areas},
	} {
		o.path, o.tag, o.missing = "/stage/"+name, "Stage", true
		o.bad, o.refuse = o.method == "post", o.body != nil
		b.add(o)
	}
}

// pages describes what is for people and for those who look after the process.
func (b *describer) pages() {
	for _, path := range b.plan.Graphs {
		b.add(operation{
			method: "get", path: below(path, graphPath), tag: "Utility", summary: "the modules that set and get each channel",
			answer:   object{{"type", "object"}, {"additionalProperties", object{{"type", "object"}, {"additionalProperties", stringList()}}}},
			timeless: true,
		})
	}
	page := operation{method: "get", tag: "Utility", root: true, timeless: true, media: []string{"text/html"}}
	if len(b.plan.Graphs) > 0 {
		page.path, page.summary = graphPath, "the graph as a page"
		b.add(page)
	}
	page.path, page.summary, page.media = "/metrics", "metrics for Prometheus", []string{"text/plain", "application/openmetrics-text"}
	b.add(page)
	if b.h.hasOutputs(b.plan) {
		b.outputs()
		page.path, page.summary, page.media = "/outputs/{full_path}", "a file or folder of the outputs", []string{"*/*"}
		page.params, page.missing = []object{pathParameter("full_path")}, true
		b.add(page)
	}
	health := object{{"type", "object"}, {"required", []string{"status"}}, {"properties", object{{"status", object{{"type", "string"}}}, {"reasons", stringList()}}}}
	b.add(operation{method: "get", path: "/health", tag: "Utility", root: true, timeless: true, open: true, summary: "answers as long as the process does", answer: health})
	b.add(operation{
		method: "get", path: "/ready", tag: "Utility", root: true, timeless: true, open: true, answer: health, unable: health,
		summary: "whether sends are taken and values move; 503 says why not",
	})
}

// logins describes the ways in that lie below the prefix.
func (b *describer) logins() {
	if b.h.cfg.Auth == nil {
		return
	}
	for _, r := range b.h.cfg.Auth.Routes() {
		below, is := strings.CutPrefix(r.Path, b.h.cfg.Prefix)
		if !is {
			continue
		}
		b.add(operation{
			method: strings.ToLower(r.Method), path: below, tag: "Auth", summary: "log in and out", timeless: true, open: true,
			answer: object{{"type", "object"}}, media: []string{jsonType, "text/html"},
			also: []int{http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusBadRequest, http.StatusUnauthorized, http.StatusTooManyRequests, http.StatusBadGateway},
		})
	}
}

// events describes the ticks as server-sent events.
func (b *describer) events() {
	b.add(operation{
		method: "get", path: "/gw/events", tag: "Streaming", summary: "ticks as server-sent events, for curl -N", missing: true, timeless: true,
		params: []object{{
			{"name", "channels"}, {"in", "query"}, {"required", false}, {"description", "names or basket/key, by comma; default all"}, {"schema", object{{"type", "string"}}},
		}},
		media: []string{"text/event-stream"}, bad: true,
	})
}
