package httpapi

import (
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
	optional        bool     // the body may be left out
	missing, refuse bool     // documents 404, 422
	bad             bool     // documents 400
	timeless        bool     // true at no moment: without Gw-Time and Gw-Cycle
	root            bool     // not below the prefix
	open            bool     // to be had without credentials
	media           []string // content types of the 200 answer; none: JSON
	unable          any      // schema of the 503 answer, nil for the usual one
	also            []int
}

// add writes o.
func (b *describer) add(o operation) {
	op := object{{"tags", []string{o.tag}}, {"summary", o.summary}, {"operationId", operationID(o)}}
	if len(o.params) > 0 {
		op = append(op, member{"parameters", o.params})
	}
	if o.body != nil {
		op = append(op, member{"requestBody", object{{"required", !o.optional}, {"content", o.requestContent()}}})
	}
	op = append(op, member{"responses", b.answers(o)})
	if b.h.cfg.Auth != nil && !o.open {
		op = append(op, member{"security", []object{{{securityName, []string{}}}}})
	}
	if o.typeName != "" {
		op = append(op, member{"type_", o.typeName})
	}
	at := o.path
	if !o.root {
		at = b.h.cfg.Prefix + at
	}
	b.put(at, member{o.method, op})
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

// operationID is the path in letters, with the method, or of what lies at the root with the word page.
func operationID(o operation) string {
	id := []byte(o.method)
	switch {
	case o.root && o.method == "get":
		id = []byte("page")
	case o.root:
		id = append(id, "_page"...)
	}
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
			b.add(operation{method: "get", path: group.path, tag: group.tag, summary: group.summary, answer: stringList(), timeless: true})
		}
	}
	for _, s := range m.Streams {
		b.add(operation{method: "get", path: s.path(), tag: "Streaming", summary: "names that the stream (WebSocket on this path) takes", answer: stringList(), timeless: true})
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
	in := b.parts.InputRef(p.Type)
	o.body, o.media = oneOrMany(in), []string{jsonType, ndjsonType}
	if p.Kind == gateway.KindBasket {
		keyed := o
		o.body = basketBody(p, in)
		b.add(o)
		b.addKey(keyed, p)
		return
	}
	b.add(o)
}

// basketBody is what a send to a whole basket takes: a value a key, or some if the basket is one of lists.
func basketBody(p *gateway.Port, in any) object {
	if p.List {
		in = oneOrMany(in)
	}
	keys := object{}
	for _, key := range p.Keys() {
		keys = append(keys, member{key, in})
	}
	return object{{"type", "object"}, {"properties", keys}, {"additionalProperties", false}}
}

func oneOrMany(in any) object { return object{{"anyOf", []any{arrayOf(in), in}}} }

// withKey adds o, and for a basket o of one key.
func (b *describer) withKey(o operation, p *gateway.Port) {
	b.add(o)
	if p.Kind == gateway.KindBasket {
		b.addKey(o, p)
	}
}

func (b *describer) addKey(o operation, p *gateway.Port) {
	o.path += "/{key}"
	o.summary += ", one key"
	o.params = []object{{{"name", "key"}, {"in", "path"}, {"required", true}, {"schema", object{{"type", "string"}, {"enum", p.Keys()}}}}}
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
					{"description", `{"filters":[{"attr":"x","by":{"value":1,"where":"=="}}]}: those for which all filters hold`},
					{"content", jsonContent(queryOf(p.Type))},
				}},
				answer: arrayOf(b.parts.Ref(p.Type)), typeName: b.h.pythonType(p.Type), missing: true, refuse: true, bad: true,
			})
		}
	}
}

// queryOf is the schema of a query over values of a type.
func queryOf(t *schema.Type) object {
	names := []string{}
	for _, c := range t.Columns() {
		names = append(names, c.Name)
	}
	attr := object{{"type", "string"}, {"enum", names}}
	by := object{{"type", "object"}, {"description", "one of value, when and attr to compare with"}, {"properties", object{
		{"value", object{{"type", []string{"string", "number", "boolean", "null"}}}},
		{"when", object{{"anyOf", []object{{{"type", "string"}, {"format", "date-time"}}, {{"type", "number"}, {"description", "seconds or finer since 1970"}}, {{"type", "null"}}}}}},
		{"attr", object{{"type", "string"}, {"enum", append([]string{""}, names...)}}},
		{"where", object{{"type", "string"}, {"enum", []string{"==", "!=", "<", "<=", ">", ">="}}}},
	}}}
	filter := object{{"type", "object"}, {"required", []string{"attr", "by"}}, {"properties", object{{"attr", attr}, {"by", by}}}}
	return object{{"type", []string{"object", "null"}}, {"properties", object{{"filters", arrayOf(filter)}}}}
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
		b.add(operation{method: "get", path: m.path(), tag: "Utility", summary: "names of the fields", answer: stringList(), timeless: true})
		for _, name := range m.of(b.h.g.Statics()) {
			b.add(operation{method: "get", path: m.path() + "/" + name, tag: "Utility", summary: "the value of " + name, answer: object{}, timeless: true})
		}
	}
}
