package httpapi

import (
	"bytes"
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"gw/httpapi/auth"
)

// mountDocs mounts the description for programs and the page made of it, which needs nothing from elsewhere.
func (h *Handler) mountDocs(t *routes, pl *plan) {
	doc := h.document(pl)
	t.add("GET", "/openapi.json", auth.Read, h.openapi(doc))
	page := h.docsPage(doc)
	serve := func(w http.ResponseWriter, r *http.Request, _ string) error { return h.html(w, "docs", page) }
	t.add("GET", "/docs", auth.Read, serve)
	t.add("GET", "/redoc", auth.Read, serve)
}

// docsPage is the description as its page shows it.
type docsPage struct {
	Title, Version, Description, Base string
	Groups                            []docsGroup
	Schemas                           []docsSchema
}

type docsGroup struct {
	Name       string
	Operations []docsOperation
}

type docsSchema struct{ Name, Schema string }

type docsOperation struct {
	Method, Path, Summary, Curl, Body string
	Parameters                        []docsParameter
	Answers                           []docsAnswer
}

type docsParameter struct {
	Name        string `json:"name"`
	In          string `json:"in"`
	Description string `json:"description"`
}

type docsAnswer struct{ Status, Description, Schema string }

// readOperation is an operation as the description holds it.
type readOperation struct {
	Tags        []string        `json:"tags"`
	Summary     string          `json:"summary"`
	Parameters  []docsParameter `json:"parameters"`
	RequestBody *readContent    `json:"requestBody"`
	Responses   map[string]readContent
}

type readContent struct {
	Description string                     `json:"description"`
	Content     map[string]json.RawMessage `json:"content"`
}

func (h *Handler) docsPage(doc []byte) docsPage {
	p := docsPage{Title: h.cfg.Title, Version: h.cfg.Version, Description: h.cfg.Description, Base: h.cfg.Base}
	var read struct {
		Paths      map[string]map[string]readOperation `json:"paths"`
		Components struct {
			Schemas map[string]json.RawMessage `json:"schemas"`
		} `json:"components"`
	}
	if json.Unmarshal(doc, &read) != nil {
		return p
	}
	groups := map[string]*docsGroup{}
	for path, methods := range read.Paths {
		for method, op := range methods {
			tag := strings.Join(op.Tags, ", ")
			if groups[tag] == nil {
				groups[tag] = &docsGroup{Name: tag}
			}
			groups[tag].Operations = append(groups[tag].Operations, docsOperationOf(method, path, op))
		}
	}
	for _, g := range groups {
		slices.SortFunc(g.Operations, func(a, b docsOperation) int { return strings.Compare(a.Path+a.Method, b.Path+b.Method) })
		p.Groups = append(p.Groups, *g)
	}
	slices.SortFunc(p.Groups, func(a, b docsGroup) int { return strings.Compare(a.Name, b.Name) })
	for name, schema := range read.Components.Schemas {
		p.Schemas = append(p.Schemas, docsSchema{name, pretty(schema)})
	}
	slices.SortFunc(p.Schemas, func(a, b docsSchema) int { return strings.Compare(a.Name, b.Name) })
	return p
}

func docsOperationOf(method, path string, op readOperation) docsOperation {
	d := docsOperation{Method: strings.ToUpper(method), Path: path, Summary: op.Summary, Parameters: op.Parameters}
	d.Curl = "curl -X " + d.Method + " http://localhost:8000" + path
	if op.RequestBody != nil {
		d.Body = schemaText(*op.RequestBody)
		d.Curl += " -H 'Content-Type: application/json' -d '...'"
	}
	for status, answer := range op.Responses {
		d.Answers = append(d.Answers, docsAnswer{status, answer.Description, schemaText(answer)})
	}
	slices.SortFunc(d.Answers, func(a, b docsAnswer) int { return strings.Compare(a.Status, b.Status) })
	return d
}

func schemaText(c readContent) string {
	for _, body := range c.Content {
		var with struct {
			Schema json.RawMessage `json:"schema"`
		}
		if json.Unmarshal(body, &with) == nil {
			return pretty(with.Schema)
		}
	}
	return ""
}

func pretty(raw json.RawMessage) string {
	var b bytes.Buffer
	if json.Indent(&b, raw, "", "  ") != nil {
		return string(raw)
	}
	return b.String()
}
