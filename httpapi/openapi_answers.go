package httpapi

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
)

// securityName is what the description calls the way in.
const securityName = "credentials"

// answers are the answers of o in the order of their status. Every route may refuse, and every one may say that the
// engine does not run.
func (b *describer) answers(o operation) object {
	all := object{{"200", b.success(o)}}
	schemas := map[int]string{http.StatusUnprocessableEntity: "HTTPValidationError", http.StatusBadRequest: "Error400"}
	for _, status := range b.refusals(o) {
		what := http.StatusText(status)
		if status/100 == 3 {
			all = append(all, member{strconv.Itoa(status), object{{"description", what}}})
			continue
		}
		if status == http.StatusUnprocessableEntity {
			what = "Validation Error"
		}
		body := any(ref(cmp.Or(schemas[status], "Error404")))
		if status == http.StatusServiceUnavailable && o.unable != nil {
			body = o.unable
		}
		all = append(all, member{strconv.Itoa(status), object{{"description", what}, {"content", jsonContent(body)}}})
	}
	return all
}

// success is the 200 answer of o with the headers that it has.
func (b *describer) success(o operation) object {
	content := object{}
	for _, media := range o.media {
		body := any(object{{"type", "string"}})
		if media == jsonType {
			body = o.answer
		}
		content = append(content, member{media, object{{"schema", body}}})
	}
	if o.media == nil {
		content = jsonContent(o.answer)
	}
	headers := object{}
	for _, name := range []string{"Gw-Time", "Gw-Cycle"} {
		if !o.timeless {
			headers = append(headers, member{name, object{{"$ref", "#/components/headers/" + name}}})
		}
	}
	if o.method == "get" && o.media == nil {
		headers = append(headers, member{"ETag", object{{"$ref", "#/components/headers/ETag"}}})
	}
	return object{{"description", "Successful Response"}, {"headers", headers}, {"content", content}}
}

// refusals are the statuses of o other than 200.
func (b *describer) refusals(o operation) []int {
	all := append([]int{http.StatusForbidden, http.StatusServiceUnavailable}, o.also...)
	for status, may := range map[int]bool{
		http.StatusNotModified:           o.method == "get" && o.media == nil,
		http.StatusBadRequest:            o.bad || o.body != nil, // a body that breaks off
		http.StatusNotFound:              o.missing,
		http.StatusUnprocessableEntity:   o.refuse,
		http.StatusRequestEntityTooLarge: o.body != nil,
		http.StatusTooManyRequests:       o.body != nil || b.h.cfg.Auth != nil,
		http.StatusUnauthorized:          b.h.cfg.Auth != nil && b.h.cfg.Auth.Status() == http.StatusUnauthorized,
		http.StatusRequestTimeout:        o.tag == "Next" && b.h.g.Filter != nil,
	} {
		if may {
			all = append(all, status)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// headers are those of the answers.
func (b *describer) headers() object {
	text, number := object{{"type", "string"}}, object{{"type", "integer"}, {"minimum", 0}}
	return object{
		{"Gw-Time", object{{"description", "engine time at which the answer was true, to the nanosecond"}, {"schema", append(text, member{"format", "date-time"})}}},
		{"Gw-Cycle", object{{"description", "engine cycle at whose end the answer was true"}, {"schema", number}}},
		{"ETag", object{{"description", "of the body; as If-None-Match it gets 304 while the body is the same"}, {"schema", text}}},
	}
}

// components are what the paths refer to.
func (b *describer) components() object {
	all := object{{"schemas", b.schemas()}, {"headers", b.headers()}}
	switch gate := b.h.cfg.Auth; {
	case gate == nil:
	case gate.Status() == http.StatusUnauthorized:
		all = append(all, member{"securitySchemes", object{{securityName, object{{"type", "http"}, {"scheme", "basic"}}}}})
	default:
		all = append(all, member{"securitySchemes", object{{securityName, object{{"type", "apiKey"}, {"in", "header"}, {"name", gate.TokenName()}}}}})
	}
	return all
}
