package httpapi_test

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"
)

// validated checks answers against the server's own description.
type validated struct {
	router routers.Router
}

// A page is not looked into.
func pageDecoder(io.Reader, http.Header, *openapi3.SchemaRef, openapi3filter.EncodingFn) (any, error) {
	return "", nil
}

// describe reads the description of the site; a document that is no OpenAPI fails the test.
func (s *site) describe() *validated {
	s.t.Helper()
	openapi3filter.RegisterBodyDecoder("text/html", pageDecoder)
	doc := readDescription(s.t, s.request("GET", "/openapi.json", "", "").body)
	router, err := gorillamux.NewRouter(doc)
	if err != nil {
		s.t.Fatal(err)
	}
	return &validated{router}
}

func readDescription(t *testing.T, text string) *openapi3.T {
	t.Helper()
	// The wire says date-time of a timestamp without an offset, as csp-gateway does.
	openapi3.DefineStringFormatValidator("date-time", openapi3.NewRegexpFormatValidator(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$`))
	doc, err := openapi3.NewLoader().LoadFromData([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	if err := doc.Validate(context.Background(), openapi3.AllowExtraSiblingFields("type_")); err != nil {
		t.Error("the description is no OpenAPI:", err)
	}
	return doc
}

// check returns what is wrong with an answer; a path that is not described may only fail.
func (v *validated) check(req *http.Request, got answer) error {
	route, params, err := v.router.FindRoute(req)
	if err != nil {
		return nil
	}
	in := &openapi3filter.RequestValidationInput{Request: req, Route: route, PathParams: params}
	out := &openapi3filter.ResponseValidationInput{RequestValidationInput: in, Status: got.status, Header: got.header}
	out.Options = &openapi3filter.Options{IncludeResponseStatus: true}
	out.SetBodyBytes([]byte(got.body))
	return openapi3filter.ValidateResponse(context.Background(), out)
}

// TestAnswersAreAsDescribed asks for every operation of the description, in ways that succeed and ways that do not.
func TestAnswersAreAsDescribed(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := openWithOutputs(t)
		v := s.describe()
		for _, text := range strings.Split(strings.TrimSpace(describedRequests), "\n") {
			fields := strings.Fields(text)
			method, path, body := fields[0], fields[1], strings.Join(fields[2:], " ")
			if !strings.HasPrefix(path, "/") {
				path = p + path
			}
			req, err := http.NewRequest(method, "http://host"+path, bytes.NewReader([]byte(body)))
			if err != nil {
				t.Fatal(err)
			}
			if body != "" {
				req.Header.Set("Content-Type", "application/json")
			}
			got := s.do(req)
			if err := v.check(req, got); err != nil {
				t.Errorf("%s: %d %.200s\n%v", text, got.status, got.body, err)
			}
		}
	})
}

const describedRequests = `
GET last/
GET send/
GET state/
GET stage/
GET lookup/
GET controls/
GET stream
GET field
GET field/metadata
POST send/example {"id":"e","x":1,"data":[1,null],"mapping":{"a":1}}
POST send/example [{"x":null},{}]
POST send/example {"x":-1}
POST send/example {bad
POST send/basket {"A":{"x":1}}
POST send/basket {"Z":{"x":1}}
POST send/basket/B {"x":2}
POST send/basket/Z {"x":2}
POST send/example_list {"x":1}
GET last/example
GET last/never_ticks
GET last/basket
GET last/basket/A
GET last/basket/Z
GET last/controls
GET lookup/example/e
GET lookup/example/nope
GET lookup/id/e
GET lookup/id/nope
GET state/example
GET state/example?query=notjson
GET state/example?query=[]
GET state/example?query={"filters":[{"attr":"nope","by":{"value":1}}]}
POST stage/example_with_stage
POST stage/example_with_stage {"id":"r","x":1}
POST stage/example_with_stage {"x":-1}
POST stage/example_with_stage?id=nope {"x":1}
GET stage/example_with_stage
PUT stage/example_with_stage
DELETE stage/example_with_stage {"id":"r"}
PATCH stage/example_with_stage
GET controls/heartbeat
GET controls/stats
GET channels_graph
GET /channels_graph
GET /outputs/nope
GET gw/status
GET /health
GET /ready
GET gw/events?channels=nope
GET gw/channels
GET gw/graph
POST gw/control {"action":"pause"}
POST gw/control {"action":"nope"}
GET gw/watch
`
