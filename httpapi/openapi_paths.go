package httpapi

import (
	"cmp"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"

	"gw/gateway"
	"gw/schema"
)

// describer collects the paths of the description.
type describer struct {
	h     *Handler
	plan  *plan
	parts *schema.Components
	paths object
}

// operation is one method of one path before it is written.
type operation struct {
	method, path    string
	tag, summary    string
	params          []object
	body            any // schema of the request body, nil for none
	answer          any // schema of the 200 answer
	typeName        string
	optional        bool // the body may be left out
	missing, refuse bool // documents 404, 422
	bad             bool // documents 400
	also            []int
}

// add writes o under the API's prefix.
func (b *describer) add(o operation) { b.addAt(b.h.cfg.Prefix+o.path, o) }

// addAt writes o at a path.
func (b *describer) addAt(path string, o operation) {
	op := object{{"tags", []string{o.tag}}, {"summary", o.summary}, {"operationId", operationID(o)}}
	if len(o.params) > 0 {
		op = append(op, member{"parameters", o.params})
	}
	if o.body != nil {
		op = append(op, member{"requestBody", object{{"required", !o.optional}, {"content", o.requestContent()}}})
	}
	op = append(op, member{"responses", o.responses()})
	if o.typeName != "" {
		op = append(op, member{"type_", o.typeName})
	}
	b.put(path, member{o.method, op})
}

// responses are the answers of o in the order of their status. Every route may refuse, and every one may say that the
// engine does not run.
func (o operation) responses() object {
	content := jsonContent(o.answer)
	if o.tag == "Requests" && o.body != nil {
		content = append(content, member{ndjsonType, object{{"schema", object{{"type", "string"}}}}})
	}
	all := object{{"200", object{{"description", "Successful Response"}, {"content", content}}}}
	statuses := append([]int{http.StatusForbidden, http.StatusServiceUnavailable}, o.also...)
	schemas := map[int]string{http.StatusUnprocessableEntity: "HTTPValidationError", http.StatusBadRequest: "Error400"}
	if o.bad {
		statuses = append(statuses, http.StatusBadRequest)
	}
	if o.missing {
		statuses = append(statuses, http.StatusNotFound)
	}
	if o.refuse {
		statuses = append(statuses, http.StatusUnprocessableEntity)
	}
	if o.body != nil {
		statuses = append(statuses, http.StatusRequestEntityTooLarge, http.StatusTooManyRequests)
	}
	slices.Sort(statuses)
	for _, status := range slices.Compact(statuses) {
		what := http.StatusText(status)
		if status == http.StatusUnprocessableEntity {
			what = "Validation Error"
		}
		schema := cmp.Or(schemas[status], "Error404")
		all = append(all, member{strconv.Itoa(status), object{{"description", what}, {"content", jsonContent(ref(schema))}}})
	}
	return all
}

// requestContent is what o takes: JSON, and for a send a value a line, too.
func (o operation) requestContent() object {
	content := jsonContent(o.body)
	if o.tag == "Requests" {
		content = append(content, member{ndjsonType, object{{"schema", object{{"type", "string"}, {"description", "a send a line; so is the answer"}}}}})
	}
	return content
}

// put adds an operation to its path.
func (b *describer) put(path string, op member) {
	for i, have := range b.paths {
		if have.name == path {
			b.paths[i].value = append(have.value.(object), op)
			return
		}
	}
	b.paths = append(b.paths, member{path, object{op}})
}

// operationID is the path in letters, with the method.
func operationID(o operation) string {
	id := []byte(o.method)
	for _, c := range []byte(o.path) {
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' {
			id = append(id, c)
		} else if id[len(id)-1] != '_' {
			id = append(id, '_')
		}
	}
	return string(id)
}

func jsonContent(schema any) object { return object{{jsonType, object{{"schema", schema}}}} }

func arrayOf(items any) object { return object{{"type", "array"}, {"items", items}} }

func stringList() object { return arrayOf(object{{"type", "string"}}) }

func pathParameter(name string) object {
	return object{{"name", name}, {"in", "path"}, {"required", true}, {"schema", object{{"type", "string"}}}}
}

func (b *describer) indexes() {
	m := b.plan.Mounts
	for _, group := range []struct {
		there              bool
		tag, path, summary string
	}{
		{m.Last != nil, "Last", "/last/", "names of the channels"},
		{m.Next != nil, "Next", "/next/", "names of the channels"},
		{m.Send != nil, "Requests", "/send/", "names that take a send"},
		{m.Lookup != nil, "Lookup", "/lookup/", "names of the channels"},
		{m.State != nil, "State", "/state/", "names of the states"},
		{m.Controls != nil, "Controls", "/controls/", "names of the controls"},
	} {
		if group.there {
			b.add(operation{method: "get", path: group.path, tag: group.tag, summary: group.summary, answer: stringList()})
		}
	}
	for _, s := range m.Streams {
		b.add(operation{method: "get", path: s.path(), tag: "Streaming", summary: "names that the stream (WebSocket on this path) takes", answer: stringList()})
	}
}

// channel describes last, next and send of a channel, for a basket of each key too.
func (b *describer) channel(p *gateway.Port) {
	one, python := b.parts.Ref(p.Type), b.h.pythonType(p.Type)
	o := operation{answer: arrayOf(one), typeName: python, missing: true}
	for _, of := range []struct {
		channels           *catalog
		tag, path, summary string
	}{
		{b.plan.last, "Last", "/last/", "the value now on "}, {b.plan.next, "Next", "/next/", "the next tick of "},
	} {
		if of.channels.named[p.Name] == nil {
			continue
		}
		o.method, o.tag, o.path, o.summary = "get", of.tag, of.path+p.Name, of.summary+p.Name
		b.withKey(o, p)
	}
	if b.plan.send.named[p.Name] == nil {
		return
	}
	o.method, o.tag, o.path, o.summary, o.refuse = "post", "Requests", "/send/"+p.Name, "give values to "+p.Name, true
	o.body = object{{"anyOf", []any{arrayOf(one), one}}}
	if p.Kind == gateway.KindBasket {
		keyed := o
		o.body = object{{"type", "object"}, {"additionalProperties", basketValue(p, one)}}
		b.add(o)
		b.addKey(keyed)
		return
	}
	b.add(o)
}

// basketValue is what a send to a whole basket may hold under a key.
func basketValue(p *gateway.Port, one json.RawMessage) any { return one }

// withKey adds o, and for a basket o of one key.
func (b *describer) withKey(o operation, p *gateway.Port) {
	b.add(o)
	if p.Kind == gateway.KindBasket {
		b.addKey(o)
	}
}

func (b *describer) addKey(o operation) {
	o.path += "/{key}"
	o.summary += ", one key"
	o.params = []object{pathParameter("key")}
	o.refuse = true
	b.add(o)
}

func (b *describer) states() {
	for _, p := range b.plan.ports {
		for _, view := range p.Views() {
			if !b.plan.showsView(view) {
				continue
			}
			b.add(operation{
				method: "get", path: "/state/" + view, tag: "State", summary: "the latest of each key of " + p.Name,
				params: []object{{
					{"name", "query"}, {"in", "query"}, {"required", false},
					{"description", `{"filters":[{"attr":"x","by":{"value":1,"where":"=="}}]}`},
					{"schema", object{{"type", "string"}}},
				}},
				answer: arrayOf(b.parts.Ref(p.Type)), typeName: b.h.pythonType(p.Type), missing: true, refuse: true, bad: true,
			})
		}
	}
}

func (b *describer) controls() {
	p := b.plan.controls
	if p == nil {
		return
	}
	o := operation{tag: "Controls", answer: arrayOf(b.parts.Ref(p.Type)), typeName: b.h.pythonType(p.Type), missing: true}
	for i, about := range []struct{ method, summary string }{
		{"get", "an answer from the graph"}, {"get", "the process as the graph sees it"}, {"post", "end the gateway"},
	} {
		if name := controlNames[i]; contains(b.plan.Controls, name) {
			o.method, o.path, o.summary = about.method, "/controls/"+name, about.summary
			b.add(o)
		}
	}
}

func (b *describer) fields() {
	for _, m := range b.plan.Fields {
		b.add(operation{method: "get", path: m.path(), tag: "Utility", summary: "names of the fields", answer: stringList()})
		for _, name := range m.of(b.h.g.Statics()) {
			b.add(operation{method: "get", path: m.path() + "/" + name, tag: "Utility", summary: "the value of " + name, answer: object{}})
		}
	}
}
