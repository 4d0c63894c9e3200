package httpapi_test

import (
	"bytes"
	"net/http"
	"strings"
	"testing"
)

// TestAnswersAreAsDescribed asks for every operation of the description, in ways that succeed and ways that do not.
func TestAnswersAreAsDescribed(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := openWithOutputs(t)
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
			if got := s.do(req); got.status == 404 && strings.HasPrefix(path, p) && got.body == `{"detail":"Not Found"}` {
				t.Errorf("%s: no such route", text)
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
GET query?sql=SELECT+1
GET query?sql=nope
POST query {"sql":"SELECT 1","limit":3.0}
POST query {"sql":"SELECT 1","limit":2.5}
`
