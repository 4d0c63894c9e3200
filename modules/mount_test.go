package modules_test

import (
	"context"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"

	"gw/gateway"
	"gw/httpapi"
)

// running starts the gateway of a configuration in a synctest bubble.
func running(t *testing.T, yaml string) *door {
	t.Helper()
	app := loaded(t, yaml)
	h := httpapi.New(app.Gateway, httpapi.Config{})
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- app.Gateway.Run(ctx, gateway.RunConfig{Realtime: true}) }()
	t.Cleanup(func() {
		h.Close()
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	<-app.Gateway.Ready()
	return &door{t: t, h: h}
}

// send gives a value and waits until it has ticked.
func (d *door) send(path, body string, headers ...string) *httptest.ResponseRecorder {
	w := d.ask("POST", path, body, append(headers, "Content-Type", "application/json")...)
	synctest.Wait()
	return w
}

// TestS18EverybodyTheirOwnFromAConfiguration gives values as two users and reads them back, with the last one of each kept.
func TestS18EverybodyTheirOwnFromAConfiguration(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := running(t, `
channels:
  kept: {fields: {user: str, n: int}, send: true}
  list: {fields: {user: str, n: int}, list: true, send: true}
  basket: {fields: {user: str, n: int}, keys: [k, l], send: true}
  plain: {fields: {user: str, n: int}, send: true, state: user}
modules:
  lock: {_target_: csp_gateway.MountAPIKeyMiddleware, keys: [{name: alice, key: alice-key-1}, {name: bob, key: bob-key-12}, {name: root, key: root-key-1, claims: {"*": "*"}}, {name: "", key: nobody-key}]}
  own: {_target_: csp_gateway.AuthFilterMiddleware, filter_fields: [user], identity_cache_channels: {exclude: [plain]}, next_filter_timeout: 5.0}
`)
		for _, body := range []string{`{"user":"alice","n":1}`, `{"user":"alice","n":2}`, `{"user":"bob","n":3}`} {
			for _, path := range []string{"kept", "list", "basket/k", "plain"} {
				if got := d.send("/api/v1/send/"+path, body, "token", "root-key-1"); got.Code != 200 {
					t.Fatalf("%s: got %d %s", path, got.Code, got.Body)
				}
			}
		}
		for path, want := range map[string][4]string{ // alice, bob, root, nobody
			"last/kept": {"2", "3", "3", ""}, "last/list": {"2", "3", "3", ""}, "last/basket/k": {"2", "3", "3", ""}, "last/basket": {"2", "3", "3", ""},
			"last/plain": {"", "3", "3", ""}, "state/plain": {"2", "3", "23", ""}, "last/basket/l": {"", "", "", ""},
		} {
			for i, key := range []string{"alice-key-1", "bob-key-12", "root-key-1", "nobody-key"} {
				got := d.ask("GET", "/api/v1/"+path, "", "token", key)
				seen := ""
				for _, n := range []string{"1", "2", "3"} {
					if strings.Contains(got.Body.String(), `"n":`+n+`}`) {
						seen += n
					}
				}
				if got.Code != 200 || seen != want[i] {
					t.Errorf("%s as %s: got %d, sees %q, want %q", path, key, got.Code, seen, want[i])
				}
			}
		}
		if got := d.send("/api/v1/send/kept", `{"user":"bob","n":4}`, "token", "alice-key-1"); got.Code != 403 {
			t.Errorf("as somebody else: got %d", got.Code)
		}
		if got := d.send("/api/v1/send/kept", `{"n":5}`, "token", "alice-key-1"); !strings.Contains(got.Body.String(), `"user":"alice"`) {
			t.Errorf("left out: got %s", got.Body)
		}
		if got := d.ask("GET", "/api/v1/next/kept", "", "token", "bob-key-12"); got.Code != 408 || !strings.Contains(got.Body.String(), "5.0s") {
			t.Errorf("next: got %d %s", got.Code, got.Body)
		}
	})
}

// TestMountControlsMountsWhatItIsTold leaves the shutdown out, in every way that there is to ask for it.
func TestMountControlsMountsWhatItIsTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := running(t, `
channels: {a: {fields: {n: int}, send: true}}
modules:
  controls: {_target_: csp_gateway.MountControls, mount_stats: false, mount_shutdown: false}
  rest: {_target_: csp_gateway.MountRestRoutes, mount_all: true}
`)
		if got := d.ask("GET", "/api/v1/controls/", ""); got.Body.String() != `["heartbeat"]` {
			t.Errorf("got %s", got.Body)
		}
		for path, want := range map[string]int{"/api/v1/controls/heartbeat": 200, "/api/v1/controls/stats": 404} {
			if got := d.status(path); got != want {
				t.Errorf("%s: got %d, want %d", path, got, want)
			}
		}
		if got := d.send("/api/v1/controls/shutdown", ""); got.Code != 404 {
			t.Errorf("shutdown: got %d", got.Code)
		}
		if got := d.send("/api/v1/send/controls", `{"name":"shutdown"}`); got.Code != 200 {
			t.Errorf("shutdown by a send: got %d", got.Code)
		}
		if got := d.ask("GET", "/api/v1/gw/status", ""); !strings.Contains(got.Body.String(), `"state":"running"`) {
			t.Errorf("got %s", got.Body)
		}
	})
}

// TestMountsOfAConfigurationAreTheRoutes looks at the routes with and without modules that mount some.
func TestMountsOfAConfigurationAreTheRoutes(t *testing.T) {
	const channels = "channels: {a: {fields: {n: int}, send: true}, b: {fields: {n: int}}}\n"
	for name, tc := range map[string]struct {
		modules string
		want    map[string]int
	}{
		"none": {`{}`, map[string]int{"last/a": 200, "last/b": 404, "stream": 200, "controls/": 200, "field": 200, "channels_graph": 200}},
		"rest": {
			`{rest: {_target_: gw.MountRestRoutes, mount_last: [a], mount_next: []}, feed: {_target_: gw.Generate, channel: b}}`,
			map[string]int{"last/a": 200, "last/b": 404, "next/a": 404, "next/": 200, "stream": 404, "controls/": 404, "field": 404, "channels_graph": 404},
		},
		"graph": {`{graph: {_target_: csp_gateway.MountChannelsGraph, route: /wires}}`, map[string]int{"wires": 200, "channels_graph": 404, "last/": 404}},
		"stream": {
			`{ws: {_target_: csp_gateway.server.modules.web.MountWebSocketRoutes, prefix: /ticks, selection: {exclude: [b]}}}`,
			map[string]int{"ticks": 200, "stream": 404, "gw/events?channels=b": 404},
		},
	} {
		d := opened(t, channels+"modules: "+tc.modules)
		for path, want := range tc.want {
			if got := d.status("/api/v1/" + path); got != want {
				t.Errorf("%s: %s: got %d, want %d", name, path, got, want)
			}
		}
	}
}
