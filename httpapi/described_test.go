package httpapi_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"

	"gw/httpapi"
)

// Every answer in the tests of this package is compared with the description of the handler that gave it: those that come
// over the network by described, those of a call by record.

// described is a transport that compares answers with the description of a handler, once they have been read to the end.
type described struct {
	t    *testing.T
	h    *httpapi.Handler
	next *http.Transport
}

func (d *described) RoundTrip(req *http.Request) (*http.Response, error) {
	resp, err := d.next.RoundTrip(req)
	if err == nil && resp.StatusCode != http.StatusSwitchingProtocols {
		resp.Body = &readAnswer{ReadCloser: resp.Body, end: func(body []byte) { compareWith(d.t, d.h, req, resp.StatusCode, resp.Header, body) }}
	}
	return resp, err
}

// readAnswer keeps what is read and hands it over at the end.
type readAnswer struct {
	io.ReadCloser
	read bytes.Buffer
	end  func(body []byte)
	once sync.Once
}

func (a *readAnswer) Read(p []byte) (int, error) {
	n, err := a.ReadCloser.Read(p)
	a.read.Write(p[:n])
	if err == io.EOF {
		a.once.Do(func() { a.end(a.read.Bytes()) })
	}
	return n, err
}

// record calls h and compares its answer with its description.
func record(t *testing.T, h *httpapi.Handler, r *http.Request) *httptest.ResponseRecorder {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	compareWith(t, h, r, w.Code, w.Header(), w.Body.Bytes())
	return w
}

func compareWith(t *testing.T, h *httpapi.Handler, req *http.Request, status int, header http.Header, body []byte) {
	t.Helper()
	text := h.Description()
	if text == nil {
		return // a gateway that cannot be built has none
	}
	if encoding := header.Get("Content-Encoding"); encoding != "" {
		body = []byte(inflate(t, encoding, string(body)))
	}
	if err := descriptionOf(t, text).check(req, status, header, body); err != nil {
		t.Errorf("%s %s: %d %.200s\n%v", req.Method, req.URL, status, body, err)
	}
}

// description compares answers with an OpenAPI document.
type description struct{ router routers.Router }

// read are the documents that were read already, by their text.
var read sync.Map

func descriptionOf(t *testing.T, text []byte) *description {
	t.Helper()
	if have, ok := read.Load(string(text)); ok {
		return have.(*description)
	}
	for _, kind := range []string{"text/html", "text/plain", "text/css", "text/javascript", "image/svg+xml", "text/event-stream", "application/x-ndjson", "text/csv", "application/jsonl", "application/vnd.apache.arrow.stream", "application/octet-stream"} {
		openapi3filter.RegisterBodyDecoder(kind, anyText)
	}
	router, err := gorillamux.NewRouter(readDescription(t, string(text)))
	if err != nil {
		t.Fatal(err)
	}
	d := &description{router}
	read.Store(string(text), d)
	return d
}

// anyText takes a body that is no JSON as a text.
func anyText(io.Reader, http.Header, *openapi3.SchemaRef, openapi3filter.EncodingFn) (any, error) {
	return "", nil
}

// check returns what is wrong with an answer. What is not described is a page, or an alias of what is, or fails.
func (d *description) check(req *http.Request, status int, header http.Header, body []byte) error {
	if req.Method == http.MethodOptions {
		return nil // asked by browsers, of no route
	}
	route, params, err := d.router.FindRoute(req)
	if err != nil {
		empty := strings.HasSuffix(req.URL.Path, "/") // a parameter of nothing
		if status < 300 && !empty && strings.HasPrefix(req.URL.Path, p) && !strings.Contains(req.URL.Path, "-") {
			return fmt.Errorf("succeeds, but is not described: %w", err)
		}
		return nil
	}
	switch status {
	case http.StatusInternalServerError, http.StatusRequestHeaderFieldsTooLarge, http.StatusMisdirectedRequest, http.StatusTemporaryRedirect:
		return nil // of no route in particular
	}
	in := &openapi3filter.RequestValidationInput{Request: req, Route: route, PathParams: params}
	out := &openapi3filter.ResponseValidationInput{RequestValidationInput: in, Status: status, Header: header}
	out.Options = &openapi3filter.Options{IncludeResponseStatus: true}
	out.SetBodyBytes(body)
	return openapi3filter.ValidateResponse(context.Background(), out)
}

func readDescription(t *testing.T, text string) *openapi3.T {
	t.Helper()
	doc, err := openapi3.NewLoader().LoadFromData([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	if err := doc.Validate(context.Background(), openapi3.AllowExtraSiblingFields("type_")); err != nil {
		t.Error("the description is no OpenAPI:", err)
	}
	return doc
}
