package httpapi

import (
	"bytes"
	"encoding/json"
	"net/http"

	"gw/schema"
)

// object is a JSON object whose members keep their order.
type object []member

type member struct {
	name  string
	value any
}

// MarshalJSON writes the members in order.
func (o object) MarshalJSON() ([]byte, error) {
	b := []byte{'{'}
	for i, m := range o {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(append(b, encode(m.name)...), ':')
		b = append(b, encode(m.value)...)
	}
	return append(b, '}'), nil
}

// openapi answers with the description of what is served: OpenAPI 3.1, in the shape that csp-gateway's client reads.
func (h *Handler) openapi(doc []byte) handle {
	return func(w http.ResponseWriter, r *http.Request, _ string) error {
		h.reply.body(w, r, http.StatusOK, doc)
		return nil
	}
}

func (h *Handler) document(pl *plan) []byte {
	b := &describer{h: h, plan: pl, parts: &schema.Components{}}
	b.indexes()
	for _, p := range pl.ports {
		b.channel(p)
	}
	b.lookups()
	b.states()
	b.queries()
	b.stages()
	b.controls()
	b.fields()
	b.pages()
	b.logins()
	b.own()
	doc := encode(object{
		{"openapi", "3.1.0"},
		{"info", object{
			{"title", h.cfg.Title}, {"description", h.cfg.Description},
			{"contact", object{{"name", ""}, {"email", "example@domain.com"}}},
			{"version", h.cfg.Version},
		}},
		{"paths", b.paths},
		{"components", b.components()},
	})
	var compact bytes.Buffer
	if json.Compact(&compact, doc) != nil {
		return doc
	}
	return compact.Bytes()
}

// schemas are the types of the channels and the bodies of errors.
func (b *describer) schemas() object {
	var all object
	for _, name := range b.parts.Names() {
		all = append(all, member{name, b.parts.Schema(name)})
	}
	text := object{{"type", "string"}}
	anything := object{{"type", []string{"string", "number", "boolean", "object", "array", "null"}}}
	return append(all,
		member{"WatchRequest", json.RawMessage(watchRequestSchema)}, member{"WatchFrame", json.RawMessage(watchSchema)},
		member{"Error400", object{{"type", "object"}, {"required", []string{"detail"}}, {"properties", object{{"detail", object{{"anyOf", []object{
			text, {{"type", "array"}, {"items", ref("ValidationError")}},
		}}}}}}}},
		member{"Error404", object{{"type", "object"}, {"properties", object{{"detail", text}}}}},
		member{"HTTPValidationError", object{{"type", "object"}, {"properties", object{
			{"detail", object{{"type", "array"}, {"items", ref("ValidationError")}}},
		}}}},
		member{"ValidationError", object{{"type", "object"}, {"properties", object{
			{"type", text}, {"loc", object{{"type", "array"}, {"items", object{{"anyOf", []object{text, {{"type", "integer"}}}}}}}},
			{"msg", text}, {"input", anything}, {"ctx", object{{"type", "object"}}},
		}}}},
	)
}

func ref(name string) object { return object{{"$ref", "#/components/schemas/" + name}} }
