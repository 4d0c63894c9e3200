package httpapi

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
	b.add(operation{method: "get", path: "/stage/", tag: "Stage", summary: "names of the staged channels", answer: stringList()})
	for _, name := range staged {
		b.stage(name)
	}
}

// stage describes the five methods of the areas of a channel. Their answers have no schema that csp-gateway's client
// would turn into columns: they are objects by the id of an area.
func (b *describer) stage(name string) {
	one := b.parts.Ref(b.plan.stage.named[name].Type)
	areas := object{{"type", "object"}, {"additionalProperties", arrayOf(one)}}
	value := object{{"anyOf", []any{one, object{{"type", "null"}}}}}
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

// pages describes what is for people.
func (b *describer) pages() {
	page := func(path, summary string, missing bool, params ...object) {
		op := object{{"tags", []string{"Utility"}}, {"summary", summary}, {"operationId", operationID(operation{method: "page", path: path})}}
		if len(params) > 0 {
			op = append(op, member{"parameters", params})
		}
		answers := object{{"200", object{{"description", "Successful Response"}, {"content", object{{"*/*", object{{"schema", object{}}}}}}}}}
		if missing {
			answers = append(answers, member{"404", object{{"description", "Not Found"}, {"content", jsonContent(ref("Error404"))}}})
		}
		b.put(path, member{"get", append(op, member{"responses", answers})})
	}
	for _, path := range b.plan.Graphs {
		b.add(operation{
			method: "get", path: below(path, graphPath), tag: "Utility", summary: "the modules that set and get each channel",
			answer: object{{"type", "object"}, {"additionalProperties", object{{"type", "object"}, {"additionalProperties", stringList()}}}},
		})
	}
	if len(b.plan.Graphs) > 0 {
		page(graphPath, "the graph as a page", false)
	}
	page("/metrics", "metrics for Prometheus", false)
	b.health("/health", "answers as long as the process does")
	b.health("/ready", "whether sends are taken and values move; 503 says why not")
	if b.h.hasOutputs(b.plan) {
		b.outputs()
		page("/outputs/{full_path}", "a file or folder of the outputs", true, pathParameter("full_path"))
	}
}

// health describes what a supervisor asks.
func (b *describer) health(path, summary string) {
	body := object{{"type", "object"}, {"required", []string{"status"}}, {"properties", object{{"status", object{{"type", "string"}}}, {"reasons", stringList()}}}}
	answers := object{{"200", object{{"description", "Successful Response"}, {"content", jsonContent(body)}}}}
	if path == "/ready" {
		answers = append(answers, member{"503", object{{"description", "Service Unavailable"}, {"content", jsonContent(body)}}})
	}
	b.put(path, member{"get", object{
		{"tags", []string{"Utility"}}, {"summary", summary}, {"operationId", operationID(operation{method: "get", path: path})}, {"responses", answers},
	}})
}

// events describes the ticks as server-sent events.
func (b *describer) events() {
	path := b.h.cfg.Prefix + "/gw/events"
	b.put(path, member{"get", object{
		{"tags", []string{"Streaming"}}, {"summary", "ticks as server-sent events, for curl -N"}, {"operationId", "get_gw_events"},
		{"parameters", []object{{{"name", "channels"}, {"in", "query"}, {"required", false}, {"description", "names or basket/key, by comma; default all"}, {"schema", object{{"type", "string"}}}}}},
		{"responses", object{
			{"200", object{{"description", "Successful Response"}, {"content", object{{"text/event-stream", object{{"schema", object{{"type", "string"}}}}}}}}},
			{"404", object{{"description", "Not Found"}, {"content", jsonContent(ref("Error404"))}}},
		}},
	}})
}
