package client_test

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gorilla/websocket"

	"gw/client"
)

// streamEnd is the gateway's end of a stream.
type streamEnd struct {
	t    *testing.T
	conn *websocket.Conn
}

func (e *streamEnd) hears(want string) {
	e.t.Helper()
	_, text, err := e.conn.ReadMessage()
	if err != nil || string(text) != want+"\n" {
		e.t.Errorf("the gateway hears %q, %v, want %q", text, err, want)
	}
}

func (e *streamEnd) says(text string) {
	e.t.Helper()
	if err := e.conn.WriteMessage(websocket.TextMessage, []byte(text)); err != nil {
		e.t.Error(err)
	}
}

// streaming makes a fake gateway that takes streams.
func streaming(t *testing.T) (*fakeGateway, chan *streamEnd) {
	t.Helper()
	g := startFake(t, nil)
	ends := make(chan *streamEnd, 1)
	g.stream = func(w http.ResponseWriter, r *http.Request) {
		conn, err := (&websocket.Upgrader{}).Upgrade(w, r, nil)
		if err != nil {
			return
		}
		g.mu.Lock()
		g.hijacked = append(g.hijacked, conn.NetConn())
		g.mu.Unlock()
		ends <- &streamEnd{t, conn}
	}
	return g, ends
}

func TestStreamSubscribesAgainAfterAReconnect(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g, ends := streaming(t)
		c := g.client(client.Options{Retry: time.Second})
		s, err := c.Stream(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		end := <-ends
		s.Subscribe("example", "")
		s.Subscribe("basket", "A")
		s.Subscribe("other", "")
		s.Unsubscribe("other", "")
		s.Publish("basket", "B", json.RawMessage(`{"x":1}`))
		end.hears(`{"action":"subscribe","channel":"example"}`)
		end.hears(`{"action":"subscribe","channel":"basket","key":"A"}`)
		end.hears(`{"action":"subscribe","channel":"other"}`)
		end.hears(`{"action":"unsubscribe","channel":"other"}`)
		end.hears(`{"action":"send","channel":"basket","key":"B","data":{"x":1}}`)
		end.says(`{"channel":"basket","key": "A","data":[{"x":1}]}`)
		if m := <-s.Messages(); m.Channel != "basket" || m.Key != "A" || string(m.Data) != `[{"x":1}]` {
			t.Errorf("got %+v", m)
		}
		g.stop()
		if m := <-s.Messages(); m.Lost == nil {
			t.Errorf("got %+v, want the loss", m)
		}
		synctest.Wait()
		if err := s.Publish("example", "", json.RawMessage(`{}`)); err != client.ErrNotConnected {
			t.Errorf("publish without a connection: got %v", err)
		}
		s.Subscribe("late", "")
		g.listen()
		end = <-ends
		end.hears(`{"action":"subscribe","channel":"example"}`)
		end.hears(`{"action":"subscribe","channel":"basket","key":"A"}`)
		end.hears(`{"action":"unsubscribe","channel":"other"}`)
		end.hears(`{"action":"subscribe","channel":"late"}`)
		s.Close()
		if _, open := <-s.Messages(); open || s.Err() != nil {
			t.Errorf("after Close: open %v, %v", open, s.Err())
		}
		c.Close()
		g.stop()
	})
}

func TestStreamEndsWhenTheGatewayRefuses(t *testing.T) {
	g := startFake(t, nil)
	g.stream = func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(403)
		w.Write([]byte(`{"detail":"unauthorized","status_code":403}`))
	}
	c := g.client(client.Options{})
	defer c.Close()
	_, err := c.Stream(context.Background())
	if api, ok := err.(*client.APIError); !ok || api.Status != 403 || api.Detail != "unauthorized" {
		t.Errorf("got %v", err)
	}
}

func TestStageNamesLookupAndControls(t *testing.T) {
	g := startFake(t, map[string]string{
		"GET /api/v1/last/": `["a","b"]`, "GET /api/v1/lookup/a/1%2F2": `[{"id":"1/2"}]`, "GET /api/v1/lookup/id/7": `[{"id":"7"}]`,
		"GET /api/v1/controls/heartbeat": `[{"status":"ok"}]`, "POST /api/v1/controls/shutdown": `[{"status":"ok"}]`,
		"POST /api/v1/stage/a": `{"9":[]}`, "POST /api/v1/stage/a?id=9%2C10": `{"9":[{"x":1}],"10":[{"x":1}]}`,
		"DELETE /api/v1/stage/a?id=": `{"9":[]}`, "PATCH /api/v1/stage/a": `{"9":[{"x":1}]}`, "PUT /api/v1/stage/a?id=9": `{"9":[]}`,
	})
	c := g.client(client.Options{})
	defer c.Close()
	ctx := context.Background()
	names, err := c.Names(ctx, client.GroupLast)
	if err != nil || !slices.Equal(names, []string{"a", "b"}) {
		t.Errorf("names: got %v, %v", names, err)
	}
	for name, call := range map[string]func() (client.Answer, error){
		`[{"id":"1/2"}]`: func() (client.Answer, error) { return c.Lookup(ctx, "a", "1/2") },
		`[{"id":"7"}]`:   func() (client.Answer, error) { return c.Lookup(ctx, "", "7") },
	} {
		if a, err := call(); err != nil || string(a.Data) != name {
			t.Errorf("lookup: got %s, %v, want %s", a.Data, err, name)
		}
	}
	for _, control := range []string{"heartbeat", "shutdown"} {
		if a, err := c.Ask(ctx, control); err != nil || string(a.Data) != `[{"status":"ok"}]` {
			t.Errorf("%s: got %s, %v", control, a.Data, err)
		}
	}
	if id, err := c.NewArea(ctx, "a"); err != nil || id != "9" {
		t.Errorf("new area: got %q, %v", id, err)
	}
	areas, err := c.Stage(ctx, "a", []string{"9", "10"}, json.RawMessage(`{"x":1}`))
	if err != nil || len(areas) != 2 || areas[0].ID != "9" || areas[1].ID != "10" {
		t.Errorf("stage: got %v, %v", areas, err)
	}
	if areas, err := c.ClearAreas(ctx, "a", []string{}); err != nil || len(areas) != 1 {
		t.Errorf("clear: got %v, %v", areas, err)
	}
	if areas, err := c.ReleaseAreas(ctx, "a", nil); err != nil || string(areas[0].Data) != `[{"x":1}]` {
		t.Errorf("release: got %v, %v", areas, err)
	}
	if areas, err := c.Areas(ctx, "a", "9"); err != nil || len(areas) != 1 {
		t.Errorf("areas: got %v, %v", areas, err)
	}
	if _, err := c.Unstage(ctx, "b", nil, json.RawMessage(`{"id":"1"}`)); err == nil {
		t.Error("unstage of an unknown channel: got no error")
	}
}
