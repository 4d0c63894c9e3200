package client_test

import (
	"context"
	"encoding/json"
	"errors"
	"net"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"gw/client"
)

type ctx = context.Context

const statusJSON = `{"name":"omnibus","version":"0.1","mode":"replay","state":"paused","time":"2024-08-09T00:03:12.418201993Z",` +
	`"cycle":48211,"speed":10,"start":"2024-08-09T00:00:00Z","end":null}`

func wantStatus() client.Status {
	return client.Status{
		Name: "omnibus", Version: "0.1", Mode: "replay", State: "paused", Cycle: 48211, Speed: 10,
		Time:  time.Date(2024, 8, 9, 0, 3, 12, 418201993, time.UTC),
		Start: time.Date(2024, 8, 9, 0, 0, 0, 0, time.UTC),
	}
}

func TestStatusReadsTimesToTheNanosecond(t *testing.T) {
	g := startFake(t, map[string]string{"GET /api/v1/gw/status": statusJSON})
	c := g.client(client.Options{})
	defer c.Close()
	got, err := c.Status(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(wantStatus(), got); d != "" {
		t.Error(d)
	}
}

func TestChannelsAndGraph(t *testing.T) {
	g := startFake(t, map[string]string{
		"GET /api/v1/gw/channels": `[{"name":"basket","kind":"basket","keys":["A","B"],"type":"Data","fields":[{"name":"a.b","type":"int"}],` +
			`"send":true,"state":["basket"],"provided":true,"ticks":7,"rate":2.5,"bytes":90,"time":null}]`,
		"GET /api/v1/gw/graph?timings=true": `{"modules":[],"channels":[{"name":"basket","ticks":7,"rate":2.5}],"timings":{"cycles":{"count":3,"max_ns":1500},"nodes":[{"id":4,"path":"basket","count":2,"mean_ns":700}],"longest":[4]}}`,
		"GET /api/v1/gw/connections":        `[{"id":1,"kind":"watch","client":"127.0.0.1:5","user":"ann","waiting":3,"dropped":1,"conflated":2}]`,
		"GET /api/v1/gw/graph":              `{"modules":["Feed"],"channels":[{"name":"basket","kind":"basket","type":"Data","getters":[],"setters":["Feed"],"feedback":null}]}`,
	})
	c := g.client(client.Options{})
	defer c.Close()
	channels, err := c.Channels(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := []client.Channel{{
		Name: "basket", Kind: "basket", Keys: []string{"A", "B"}, Type: "Data",
		Fields: []client.Field{{Name: "a.b", Type: "int"}}, Send: true, State: []string{"basket"}, Provided: true, Ticks: 7, Rate: 2.5, Bytes: 90,
	}}
	if d := cmp.Diff(want, channels); d != "" {
		t.Error(d)
	}
	graph, err := c.Graph(t.Context())
	if err != nil || len(graph.Channels) != 1 || graph.Channels[0].Setters[0] != "Feed" || graph.Timings != nil {
		t.Errorf("got %+v, %v", graph, err)
	}
	timed, err := c.TimedGraph(t.Context())
	if err != nil || timed.Channels[0].Rate != 2.5 || timed.Timings.Cycles.Max != 1500 || timed.Timings.Nodes[0].Mean != 700*time.Nanosecond {
		t.Errorf("got %+v, %v", timed, err)
	}
	connections, err := c.Connections(t.Context())
	wantOpen := []client.Connection{{ID: 1, Kind: "watch", Client: "127.0.0.1:5", User: "ann", Waiting: 3, Dropped: 1, Conflated: 2}}
	if d := cmp.Diff(wantOpen, connections); d != "" || err != nil {
		t.Error(d, err)
	}
}

func TestControlSendsTheAction(t *testing.T) {
	until := time.Date(2024, 8, 9, 0, 1, 0, 5, time.UTC)
	for _, tc := range []struct {
		action client.Action
		want   string
	}{
		{client.Pause(), `{"action":"pause"}`},
		{client.Resume(), `{"action":"resume"}`},
		{client.Step(3), `{"action":"step","cycles":3}`},
		{client.Speed(0), `{"action":"speed","speed":0}`},
		{client.Until(until), `{"action":"until","until":"2024-08-09T00:01:00.000000005Z"}`},
		{client.Stop(), `{"action":"stop"}`},
	} {
		g := startFake(t, map[string]string{"POST /api/v1/gw/control": statusJSON})
		c := g.client(client.Options{})
		if _, err := c.Control(t.Context(), tc.action); err != nil {
			t.Fatal(err)
		}
		c.Close()
		if g.bodies[0] != tc.want {
			t.Errorf("got %s, want %s", g.bodies[0], tc.want)
		}
	}
}

func TestDataCallsEscapeNamesAndReadWhenItWasTrue(t *testing.T) {
	g := startFake(t, map[string]string{
		"GET /api/v1/last/basket/a%2Fb%3F":                  `[{"x":1}]`,
		"GET /api/v1/next/example":                          `[]`,
		"GET /api/v1/state/example?query=%7B%22a%22%3A1%7D": `[]`,
		"POST /api/v1/send/example":                         `[{"x":2}]`,
	})
	c := g.client(client.Options{Token: "secret"})
	defer c.Close()
	got, err := c.Last(t.Context(), "basket", "a/b?")
	want := client.Answer{Time: time.Date(2024, 8, 9, 0, 3, 12, 418201993, time.UTC), Cycle: 48211, Data: json.RawMessage(`[{"x":1}]`)}
	if d := cmp.Diff(want, got); d != "" || err != nil {
		t.Error(d, err)
	}
	_, err1 := c.Next(t.Context(), "example", "")
	_, err2 := c.State(t.Context(), "example", `{"a":1}`)
	_, err3 := c.Send(t.Context(), "example", "", json.RawMessage(`{"x":2}`))
	if err := errors.Join(err1, err2, err3); err != nil {
		t.Error(err)
	}
	for _, r := range g.requests {
		if r.Header.Get("token") != "secret" || strings.Contains(r.URL.String(), "secret") {
			t.Errorf("%s: want the token in the header only, header %q", r.URL, r.Header.Get("token"))
		}
	}
}

func TestAPIErrorSaysWhatTheGatewaySaid(t *testing.T) {
	g := startFake(t, map[string]string{
		"GET /api/v1/last/a":        `!404 {"detail":"Channel not found: a"}`,
		"GET /api/v1/last/b":        `!502 <html>`,
		"POST /api/v1/send/c":       `!422 {"detail":[{"type":"x","loc":["body",0,"price"],"msg":"Input should be a valid number"},{"loc":["body"],"msg":"no"}]}`,
		"POST /api/v1/gw/control":   `!409 {"detail":"not a replay"}`,
		"GET /api/v1/gw/channels":   `{"not":"a list"}`,
		"GET /api/v1/last/d":        `!500 {"detail":{"odd":1}}`,
		"GET /api/v1/last/long%20e": `!404 {"detail":""}`,
	})
	c := g.client(client.Options{})
	defer c.Close()
	last := func(name string) error { _, err := c.Last(t.Context(), name, ""); return err }
	_, send := c.Send(t.Context(), "c", "", json.RawMessage(`{}`))
	_, control := c.Control(t.Context(), client.Pause())
	_, status := c.Status(t.Context())
	_, channels := c.Channels(t.Context())
	for _, tc := range []struct {
		err  error
		want string
	}{
		{last("a"), "GET http://gateway.test/api/v1/last/a: Channel not found: a (404 Not Found)"},
		{last("b"), "GET http://gateway.test/api/v1/last/b: 502 Bad Gateway"},
		{last("d"), `GET http://gateway.test/api/v1/last/d: {"odd":1} (500 Internal Server Error)`},
		{last("long e"), "GET http://gateway.test/api/v1/last/long%20e: 404 Not Found"},
		{send, "POST http://gateway.test/api/v1/send/c: body.0.price: Input should be a valid number; body: no (422 Unprocessable Entity)"},
		{control, "POST http://gateway.test/api/v1/gw/control: not a replay (409 Conflict)"},
		{status, "http://gateway.test: not a gw gateway (GET http://gateway.test/api/v1/gw/status: 404 Not Found)"},
		{channels, "http://gateway.test/api/v1/gw/channels: not the answer of a gateway: json: cannot unmarshal object into Go value of type []client.Channel"},
	} {
		if tc.err == nil || tc.err.Error() != tc.want {
			t.Errorf("got  %v\nwant %s", tc.err, tc.want)
		}
	}
	var api *client.APIError
	if !errors.As(send, &api) || api.Status != 422 || !strings.HasPrefix(string(api.Raw), `[{"type":"x"`) {
		t.Errorf("got %#v", api)
	}
}

func TestNothingListens(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := l.Addr().String()
	l.Close()
	c := client.New(addr, client.Options{})
	defer c.Close()
	want := "http://" + addr + ": nothing answers (connection refused); start a gateway with gw run"
	_, err1 := c.Status(t.Context())
	_, err2 := c.Watch(t.Context(), client.WatchOptions{})
	for _, err := range []error{err1, err2} {
		var u *client.UnreachableError
		if !errors.As(err, &u) || err.Error() != want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}

func TestAddressesThatCannotBeUsed(t *testing.T) {
	for _, in := range []string{"", "ftp://host", "http://", "http://a b/", "\x00"} {
		c := client.New(in, client.Options{})
		if _, err := c.Status(t.Context()); err == nil || !strings.Contains(err.Error(), "not the address of a gateway") {
			t.Errorf("%q: got %v", in, err)
		}
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	}
	for in, want := range map[string]string{
		":8000": "http://127.0.0.1:8000", "localhost:1": "http://localhost:1",
		"https://h/root/?x=1#y": "https://h/root", "http://[::1]:8000": "http://[::1]:8000",
	} {
		if got := client.New(in, client.Options{}).URL(); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestCallsEndWithTimeoutContextAndClose(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := startFake(t, map[string]string{"GET /api/v1/gw/status": "wait", "GET /api/v1/next/a": "wait"})
		c := g.client(client.Options{Timeout: 3 * time.Second})
		start := time.Now()
		if _, err := c.Status(t.Context()); err == nil || err.Error() != "http://gateway.test: no answer in time" || time.Since(start) != 3*time.Second {
			t.Errorf("timeout: got %v after %v", err, time.Since(start))
		}
		short, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := c.Status(short); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("context: got %v", err)
		}
		ended := make(chan error)
		go func() { _, err := c.Next(t.Context(), "a", ""); ended <- err }()
		synctest.Wait()
		c.Close()
		if err := <-ended; !errors.Is(err, client.ErrClosed) {
			t.Errorf("close: got %v", err)
		}
		if _, err := c.Status(t.Context()); !errors.Is(err, client.ErrClosed) {
			t.Errorf("after close: got %v", err)
		}
		g.stop()
	})
}
