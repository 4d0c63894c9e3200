package httpapi_test

import (
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"gw/gateway"
	"gw/httpapi"
	"gw/httpapi/auth"
)

func only(names ...string) []gateway.Selection { return []gateway.Selection{{Include: names}} }

// TestRoutesAreThereOnlyForWhatIsMounted asks for what some mounts name and for what none does, by every way.
func TestRoutesAreThereOnlyForWhatIsMounted(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, httpapi.Config{Mounts: &httpapi.Mounts{
			Last: only("example"), Next: only("example"), Send: only("example", "example_list"), State: only("example_with_state"),
			Stage: only("example_with_stage"), Lookup: only("example"), Fields: []httpapi.FieldMount{{Path: "facts"}},
			Streams:  []httpapi.StreamMount{{Path: "/ws", Channels: gateway.Selection{Include: []string{"basket"}}}},
			Controls: []string{"heartbeat"}, Graphs: []string{"/wires"},
		}})
		for _, tc := range []struct {
			method, path string
			there        bool
		}{
			{"GET", "last/", true}, {"GET", "last/example", true}, {"GET", "last/example_list", false}, {"GET", "last/basket/A", false},
			{"GET", "last/example-list", false},
			{"POST", "send/example", true}, {"POST", "send/example_list", false}, {"POST", "send/basket", false}, {"POST", "send/basket/A", false},
			{"GET", "state/example_with_state", true}, {"GET", "state/example", false},
			{"GET", "stage/", true}, {"GET", "stage/example_with_stage", true}, {"GET", "stage/example", false}, {"POST", "stage/example", false},
			{"GET", "lookup/example/1", true}, {"GET", "lookup/basket/1", false},
			{"GET", "ws", true}, {"GET", "stream", false}, {"GET", "facts/metadata", true}, {"GET", "field", false},
			{"GET", "controls/heartbeat", true}, {"GET", "controls/stats", false}, {"POST", "controls/shutdown", false},
			{"GET", "wires", true}, {"GET", "channels_graph", false},
		} {
			got := s.request(tc.method, p+tc.path, "application/json", map[string]string{"POST": "{}"}[tc.method])
			if there := got.status != 404 && got.status != 405; there != tc.there {
				t.Errorf("%s %s: got %d, want it there: %v", tc.method, tc.path, got.status, tc.there)
			}
		}
		for path, want := range map[string]string{
			"last/": `["example"]`, "send/": `["example"]`, "state/": `["example_with_state"]`, "stage/": `["example_with_stage"]`,
			"controls/": `["heartbeat"]`, "ws": `["basket/A","basket/B","basket/C","heartbeat"]`, "facts": `["metadata"]`,
		} {
			if got := s.get(path); got.body != want {
				t.Errorf("%s: got %s, want %s", path, got.body, want)
			}
		}
	})
}

// TestWindowsShowOnlyWhatIsMountedForReading looks through gw's own routes at a gateway that mounts a part of its channels.
func TestWindowsShowOnlyWhatIsMountedForReading(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, httpapi.Config{Mounts: &httpapi.Mounts{Last: only("example"), Tables: only("basket"), Send: only("example_list")}})
		var channels []struct{ Name string }
		if err := json.Unmarshal([]byte(s.get("gw/channels").body), &channels); err != nil {
			t.Fatal(err)
		}
		if len(channels) != 2 || channels[0].Name != "example" || channels[1].Name != "basket" {
			t.Errorf("gw/channels: got %v, want example and basket", channels)
		}
		ws := s.dial("gw/watch")
		ws.say(`{"action":"watch","id":"a","channels":["controls"]}`)
		if got := ws.hear(); !strings.Contains(got, "Channel not found: controls") {
			t.Errorf("watch of what is not mounted: got %s", got)
		}
		if got := s.request("GET", p+"gw/events?channels=controls", "", ""); got.status != 404 {
			t.Errorf("events of what is not mounted: got %d", got.status)
		}
	})
}

// TestDescriptionHasTheMountedPathsOnly compares openapi.json with the table of routes.
func TestDescriptionHasTheMountedPathsOnly(t *testing.T) {
	g, _ := newOmnibus()
	h := httpapi.New(g, httpapi.Config{Mounts: &httpapi.Mounts{Last: only("example"), Streams: []httpapi.StreamMount{{Path: "ws"}}}})
	w := asRole(t, h, "nobody", "GET", "/openapi.json")
	var doc struct{ Paths map[string]any }
	if err := json.Unmarshal(w.Body.Bytes(), &doc); err != nil {
		t.Fatal(err)
	}
	for _, path := range slices.Sorted(maps.Keys(doc.Paths)) {
		for _, gone := range []string{"/next/", "/send/", "/state/", "/stage/", "/lookup/", "/field", "/controls/", "channels_graph", "/outputs/", "/stream"} {
			if strings.Contains(path, gone) {
				t.Errorf("describes %s, which is not mounted", path)
			}
		}
	}
	for _, path := range []string{"/api/v1/last/", "/api/v1/last/example", "/api/v1/ws", "/api/v1/gw/watch"} {
		if doc.Paths[path] == nil {
			t.Errorf("does not describe %s", path)
		}
	}
}

// TestS20AReadOnlyStreamTakesNothing sends on it.
func TestS20AReadOnlyStreamTakesNothing(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, httpapi.Config{Mounts: &httpapi.Mounts{
			Last:    only("example"),
			Streams: []httpapi.StreamMount{{ReadOnly: true, Heartbeat: 5 * time.Second}, {Path: "both"}},
		}})
		for _, tc := range []struct {
			path  string
			takes bool
			pulse time.Duration
		}{{"stream", false, 5 * time.Second}, {"both", true, time.Second}} {
			ws := s.dial(tc.path)
			ws.say(`{"action":"send","channel":"example","data":{"x":41}}`)
			if got := strings.Contains(s.get("last/example").body, `"x":41`); got != tc.takes {
				t.Errorf("%s: took it: %v, want %v", tc.path, got, tc.takes)
			}
			begin := time.Now()
			ws.say(`{"action":"subscribe","channel":"heartbeat"}`)
			ws.hear()
			if took := time.Since(begin); took != tc.pulse {
				t.Errorf("%s: the heartbeat came after %v, want %v", tc.path, took, tc.pulse)
			}
			ws.ws.Close()
		}
	})
}

// lock is a module that lets in who has a key, or says what is wrong.
type lock struct {
	wrong error
	keys  bool
}

func (lock) Connect(*gateway.Bus) error { return nil }

func (l lock) Rest(c *httpapi.Config) error {
	c.NeedsLogin = true
	if l.keys {
		c.Methods = append(c.Methods, auth.Keys(auth.Key{Name: "desk", Value: "desk-secret-1"}))
	}
	return l.wrong
}

// TestModulesLockWhoeverServesThem serves gateways with modules that want a login, without asking them before.
func TestModulesLockWhoeverServesThem(t *testing.T) {
	for name, tc := range map[string]struct {
		module lock
		want   int
	}{
		"a key": {lock{keys: true}, 403}, "nobody to ask": {lock{}, 503}, "something wrong": {lock{wrong: errors.New("broken"), keys: true}, 503},
	} {
		h := httpapi.New(gateway.New(nil, tc.module), httpapi.Config{})
		for _, path := range []string{"/", "/docs", "/api/v1/last/", "/api/v1/gw/status", "/metrics"} {
			if w := asRole(t, h, "nobody", "GET", path); w.Code != tc.want {
				t.Errorf("%s: %s: got %d, want %d", name, path, w.Code, tc.want)
			}
		}
	}
	_, err := httpapi.Config{}.With(gateway.New(nil, lock{}))
	if !errors.Is(err, httpapi.ErrNobody) {
		t.Errorf("got %v, want ErrNobody", err)
	}
}
