package state

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"

	"gw/schema"
)

// Query is what a client asks of a table: records that pass all filters. The zero Query asks for all of them.
type Query struct {
	Filters []Filter
}

// Filter compares one attribute of a record with a value, a time, or another attribute of the same record.
type Filter struct {
	// Attr is the attribute, dotted into nested structs.
	Attr string
	// Op is one of == != < <= > >=.
	Op string
	// Value is a JSON number, string, true or false; nil if there is none.
	Value json.RawMessage
	// When is an ISO datetime as a JSON string, or a JSON number of seconds since 1970; nil if there is none.
	When json.RawMessage
	// Other is the other attribute, "" if there is none.
	Other string
}

// operators are those of a filter with their SQL.
var operators = [...]struct{ op, sql string }{
	{"==", "="}, {"!=", "<>"}, {"<", "<"}, {"<=", "<="}, {">", ">"}, {">=", ">="},
}

const operatorNames = "'==', '!=', '<', '<=', '>' or '>='"

// ParseQuery reads a query as clients send it:
//
//	{"filters":[{"attr":"x","by":{"value":1,"when":null,"attr":"","where":"=="}}]}
//
// Of value, when and attr the first that is given counts. Unknown members are ignored; "", null and {} ask for all.
// Text that is no JSON is schema.Problems, other JSON a *QueryError.
func ParseQuery(raw string) (Query, error) {
	if raw == "" {
		return Query{}, nil
	}
	if err := validJSON(raw); err != nil {
		return Query{}, err
	}
	p := parser{}
	q := p.query(json.RawMessage(raw))
	if len(p.problems) > 0 {
		return Query{}, &QueryError{Problems: p.problems}
	}
	return q, nil
}

func validJSON(raw string) error {
	var v any
	err := json.Unmarshal([]byte(raw), &v)
	if err == nil {
		return nil
	}
	text := err.Error()
	if broken, ok := errors.AsType[*json.SyntaxError](err); ok {
		text = broken.Error()
	}
	return schema.Problems{{
		Type: "json_invalid", Loc: []any{"query", "query"}, Msg: "Invalid JSON: " + text, Input: raw,
		Ctx: map[string]any{"error": text},
	}}
}

// A parser collects what is wrong with a query. Its methods get valid JSON.
type parser struct{ problems schema.Problems }

func (p *parser) problem(kind, msg string, input json.RawMessage, ctx map[string]any, loc ...any) {
	if loc == nil {
		loc = []any{}
	}
	if input == nil {
		input = json.RawMessage("null")
	}
	p.problems = append(p.problems, schema.Problem{Type: kind, Loc: loc, Msg: msg, Input: input, Ctx: ctx})
}

// object takes an object apart.
func (p *parser) object(raw json.RawMessage, name string, loc ...any) map[string]json.RawMessage {
	var members map[string]json.RawMessage
	if json.Unmarshal(raw, &members) != nil || members == nil {
		p.problem("model_type", "Input should be a valid dictionary or instance of "+name, raw,
			map[string]any{"class_name": name}, loc...)
	}
	return members
}

func (p *parser) query(raw json.RawMessage) Query {
	var q Query
	if isNull(raw) {
		return q
	}
	list, ok := p.object(raw, "Query")["filters"]
	if !ok {
		return q
	}
	var filters []json.RawMessage
	if json.Unmarshal(list, &filters) != nil || filters == nil {
		p.problem("list_type", "Input should be a valid list", list, nil, "filters")
	}
	for i, f := range filters {
		q.Filters = append(q.Filters, p.filter(f, i))
	}
	return q
}

func (p *parser) filter(raw json.RawMessage, i int) Filter {
	members := p.object(raw, "Filter", "filters", i)
	if members == nil {
		return Filter{}
	}
	f := Filter{Attr: p.text(members["attr"], "filters", i, "attr")}
	by, ok := members["by"]
	if !ok {
		p.problem("missing", "Field required", raw, nil, "filters", i, "by")
		return f
	}
	members = p.object(by, "FilterCondition", "filters", i, "by")
	f.Op = "=="
	if where, ok := members["where"]; ok {
		f.Op = p.operator(where, i)
	}
	f.Value = p.value(members["value"], i)
	f.When = p.when(members["when"], i)
	f.Other = p.text(members["attr"], "filters", i, "by", "attr")
	return f
}

func (p *parser) operator(raw json.RawMessage, i int) string {
	var op string
	if json.Unmarshal(raw, &op) == nil {
		for _, o := range operators {
			if o.op == op {
				return op
			}
		}
	}
	p.problem("literal_error", "Input should be "+operatorNames, raw,
		map[string]any{"expected": operatorNames}, "filters", i, "by", "where")
	return ""
}

// value takes a scalar.
func (p *parser) value(raw json.RawMessage, i int) json.RawMessage {
	switch {
	case isNull(raw):
		return nil
	case raw[0] == '[' || raw[0] == '{':
		p.problem("string_type", "Input should be a valid number, string or boolean", raw, nil, "filters", i, "by", "value")
	}
	return raw
}

// when takes a datetime.
func (p *parser) when(raw json.RawMessage, i int) json.RawMessage {
	if isNull(raw) {
		return nil
	}
	if _, problems := probeAs("when", raw); len(problems) > 0 {
		for _, bad := range problems {
			bad.Loc = []any{"filters", i, "by", "when"}
			p.problems = append(p.problems, bad)
		}
	}
	return raw
}

func (p *parser) text(raw json.RawMessage, loc ...any) string {
	var s string
	if raw != nil && (raw[0] != '"' || json.Unmarshal(raw, &s) != nil) {
		p.problem("string_type", "Input should be a valid string", raw, nil, loc...)
	}
	return s
}

func isNull(raw json.RawMessage) bool {
	return raw == nil || strings.TrimSpace(string(bytes.TrimSpace(raw))) == "null"
}
