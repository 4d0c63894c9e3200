package httpapi_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"gw/httpapi"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// golden compares got with a file of testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	file := "testdata/" + name + ".golden"
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", file, diff)
	}
}

// TestWireBytes fixes the bytes of answers and frames, times and ids included: the clock of a bubble begins at
// 2000-01-01.
func TestWireBytes(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, httpapi.Config{})
		stream, watch := s.dial("stream"), s.dial("gw/watch")
		stream.say(`{"action":"subscribe","channel":"example"}`)
		stream.say(`{"action":"subscribe","channel":"basket"}`)
		var b strings.Builder
		for _, req := range []struct{ path, body string }{
			{"send/example", `{"x":5,"y":"a<b>&ü","data":[1,2.5,null],"mapping":{"k":1}}`},
			{"send/example", `{}`},
			{"send/basket", `{"A":{"x":1},"C":{"x":3}}`},
			{"send/example", `{"x":-1}`},
			{"last/example", ""}, {"last/basket", ""}, {"last/str_basket", ""}, {"state/example", ""},
			{"gw/status", ""}, {"gw/graph", ""}, {"gw/channels", ""},
		} {
			method := "GET"
			if req.body != "" {
				method = "POST"
			}
			<-time.After(1_234_567_890 * time.Nanosecond)
			got := s.request(method, p+req.path, "", req.body)
			synctest.Wait()
			b.WriteString(method + " " + req.path + " " + req.body + "\n" + got.header.Get("Gw-Time") + " #" + got.header.Get("Gw-Cycle") + "\n" + got.body + "\n\n")
		}
		for range 4 {
			b.WriteString("stream " + stream.hear() + "\n\n")
		}
		watch.say(`{"action":"watch","id":"w","channels":["basket"],"history":1}`)
		b.WriteString("watch " + watch.hear() + "\n")
		golden(t, "wire", b.String())
	})
}

func TestOpenAPI(t *testing.T) {
	g, _ := newOmnibus()
	h := httpapi.New(g, httpapi.Config{Version: "1.0.0", TypeNames: map[string]string{
		"exampleData": "csp_gateway.server.demo.omnibus.ExampleData", "Controls": "csp_gateway.utils.web.controls.Controls",
	}})
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest("GET", "http://localhost/openapi.json", nil))
	var pretty bytes.Buffer
	if err := json.Indent(&pretty, w.Body.Bytes(), "", "  "); err != nil {
		t.Fatal(err)
	}
	golden(t, "openapi", pretty.String()+"\n")
}

// TestOpenAPIListsWhatIsServed asks for each path of the description: none is unknown, and each has the methods it says.
func TestOpenAPIListsWhatIsServed(t *testing.T) {
	g, _ := newOmnibus()
	h := httpapi.New(g, httpapi.Config{})
	h.Close() // what waits does not, then
	ask := func(method, path string) int {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(method, "http://localhost"+path, nil))
		return w.Code
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest("GET", "http://localhost/openapi.json", nil))
	var doc struct {
		OpenAPI    string                                    `json:"openapi"`
		Info       map[string]any                            `json:"info"`
		Paths      map[string]map[string]json.RawMessage     `json:"paths"`
		Components struct{ Schemas, Headers map[string]any } `json:"components"`
	}
	dec := json.NewDecoder(w.Body)
	dec.DisallowUnknownFields() // a test of the client asserts the set of members
	if err := dec.Decode(&doc); err != nil {
		t.Fatal(err)
	}
	for path, operations := range doc.Paths {
		real := strings.ReplaceAll(path, "{key}", "a")
		if strings.Contains(path, "/next/") && !strings.HasSuffix(path, "/") {
			continue // would wait
		}
		if got := ask("TRACE", real); got != 405 {
			t.Errorf("%s: got %d for TRACE, want 405 of a known path", path, got)
		}
		for method, op := range operations {
			if got := ask(strings.ToUpper(method), real); got == 405 {
				t.Errorf("%s %s is described but answers 405", method, path)
			}
			checkRefs(t, path, op, doc.Components.Schemas)
		}
	}
	for _, need := range []string{"last/", "last/basket/{key}", "send/basket/{key}", "state/example_with_state_alternative", "controls/heartbeat", "gw/watch"} {
		if doc.Paths[p+need] == nil {
			t.Errorf("%s is not described", need)
		}
	}
}

// checkRefs finds references to schemas that are not there.
func checkRefs(t *testing.T, path string, op json.RawMessage, schemas map[string]any) {
	t.Helper()
	for part := range strings.SplitSeq(string(op), `"#/components/schemas/`) {
		name, _, _ := strings.Cut(part, `"`)
		if strings.HasPrefix(part, "{") {
			continue
		}
		if schemas[name] == nil {
			t.Errorf("%s refers to %q, which is not there", path, name)
		}
	}
}
