package httpapi_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gorilla/websocket"

	"gw/gateway"
	"gw/httpapi"
	"gw/internal/memnet"
)

const p = "/api/v1/"

// site is a served gateway with a client, over an in-memory network.
type site struct {
	t      *testing.T
	g      *gateway.Gateway
	h      *httpapi.Handler
	feed   *feed
	l      *listener
	client *http.Client
	stop   context.CancelFunc // ends the server
	served chan error
}

// listener counts what the server writes.
type listener struct {
	*memnet.Listener
	writes atomic.Int64
}

func (l *listener) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return &countedConn{c, l}, nil
}

type countedConn struct {
	net.Conn
	l *listener
}

func (c *countedConn) Write(b []byte) (int, error) {
	c.l.writes.Add(1)
	return c.Conn.Write(b)
}

// bubble runs f in a synctest bubble, where time stands still until everybody waits and begins at 2000-01-01.
func bubble(t *testing.T, f func(t *testing.T)) {
	t.Helper()
	synctest.Test(t, f)
}

// open serves a running omnibus.
func open(t *testing.T, c httpapi.Config) *site {
	t.Helper()
	g, f := newOmnibus()
	run(t, g, gateway.RunConfig{Realtime: true})
	s := serve(t, g, c)
	s.feed = f
	return s
}

// openWithOutputs serves a running omnibus with everything that can be served.
func openWithOutputs(t *testing.T) *site {
	t.Helper()
	return open(t, httpapi.Config{Outputs: t.TempDir()})
}

// serve serves g until the test ends.
func serve(t *testing.T, g *gateway.Gateway, c httpapi.Config) *site {
	t.Helper()
	s := &site{t: t, g: g, h: httpapi.New(g, c), l: &listener{Listener: memnet.Listen()}, served: make(chan error, 1)}
	ctx, stop := context.WithCancel(context.Background())
	s.stop = stop
	go func() { s.served <- httpapi.Serve(ctx, s.h, s.l) }()
	transport := &http.Transport{DialContext: s.l.Dial}
	s.client = &http.Client{
		Transport:     &described{t, s.h, transport},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	t.Cleanup(func() {
		transport.CloseIdleConnections()
		s.shut()
	})
	return s
}

// shut ends the server.
func (s *site) shut() {
	s.stop()
	if err := <-s.served; err != nil {
		s.t.Error("serve:", err)
	}
	s.served <- nil
}

type answer struct {
	status int
	header http.Header
	body   string
}

func (s *site) request(method, path, contentType, body string) answer {
	s.t.Helper()
	var r io.Reader
	if body != "" {
		r = bytes.NewReader([]byte(body))
	}
	req, err := http.NewRequest(method, "http://host"+path, r)
	if err != nil {
		s.t.Fatal(err)
	}
	if contentType != "" {
		req.Header.Set("Content-Type", contentType)
	}
	return s.do(req)
}

func (s *site) do(req *http.Request) answer {
	s.t.Helper()
	resp, err := s.client.Do(req)
	if err != nil {
		s.t.Fatal(err)
	}
	defer resp.Body.Close()
	got, err := io.ReadAll(resp.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return answer{resp.StatusCode, resp.Header, string(got)}
}

func (s *site) get(path string) answer { return s.request("GET", p+path, "", "") }

func (s *site) post(path, body string) answer {
	return s.request("POST", p+path, "application/json", body)
}

// settled posts and waits until the engine has done what follows.
func (s *site) settled(path, body string) answer {
	a := s.post(path, body)
	synctest.Wait()
	return a
}

// reuses makes a GET and reports whether that went over a connection that served before.
func (s *site) reuses(path string) bool {
	s.t.Helper()
	synctest.Wait()
	reused := false
	trace := &httptrace.ClientTrace{GotConn: func(c httptrace.GotConnInfo) { reused = c.Reused }}
	req, err := http.NewRequestWithContext(httptrace.WithClientTrace(s.t.Context(), trace), "GET", "http://host"+p+path, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	s.do(req)
	return reused
}

// plain makes a GET with somebody's key, on any goroutine.
func (s *site) plain(key, path string) answer {
	req, err := http.NewRequest("GET", "http://host"+p+path, nil)
	if err != nil {
		return answer{}
	}
	req.Header.Set("token", key)
	return s.do(req)
}

// dial opens a WebSocket.
func (s *site) dial(path string) *socket { return s.dialWith(path, nil) }

// dialAs opens a WebSocket with somebody's key.
func (s *site) dialAs(key, path string) *socket { return s.dialWith(path, http.Header{"token": {key}}) }

func (s *site) dialWith(path string, header http.Header) *socket {
	s.t.Helper()
	ws, resp, err := (&websocket.Dialer{NetDialContext: s.l.Dial}).Dial("ws://host"+p+path, header)
	if err != nil {
		s.t.Fatal(err, resp)
	}
	s.t.Cleanup(func() { ws.Close() })
	return &socket{s.t, ws}
}

type socket struct {
	t  *testing.T
	ws *websocket.Conn
}

func (s *socket) say(text string) {
	s.t.Helper()
	if err := s.ws.WriteMessage(websocket.TextMessage, []byte(text)); err != nil {
		s.t.Fatal(err)
	}
	synctest.Wait()
}

// hear returns the next frame.
func (s *socket) hear() string {
	s.t.Helper()
	_, text, err := s.ws.ReadMessage()
	if err != nil {
		s.t.Fatal(err)
	}
	return string(text)
}

// closes waits for the connection to be closed with a code.
func (s *socket) closes(code int) {
	s.t.Helper()
	for {
		_, _, err := s.ws.ReadMessage()
		if websocket.IsCloseError(err, code) {
			return
		}
		if err != nil {
			s.t.Errorf("got %v, want close code %d", err, code)
			return
		}
	}
}

// silent fails if a frame comes within d, and ends the use of the connection for reading.
func (s *socket) silent(d time.Duration) {
	s.t.Helper()
	s.ws.SetReadDeadline(time.Now().Add(d))
	if _, text, err := s.ws.ReadMessage(); err == nil {
		s.t.Errorf("got %s, want silence", text)
	}
}

// includes reports whether got has every member of want; lists must be as long. "*" stands for anything.
func includes(got, want any) bool {
	switch want := want.(type) {
	case string:
		return want == "*" || got == want
	case map[string]any:
		m, ok := got.(map[string]any)
		for name, v := range want {
			have, there := m[name]
			ok = ok && there && includes(have, v)
		}
		return ok
	case []any:
		l, ok := got.([]any)
		ok = ok && len(l) == len(want)
		for i := 0; ok && i < len(want); i++ {
			ok = includes(l[i], want[i])
		}
		return ok
	}
	return got == want
}

func decode(t *testing.T, text string) any {
	t.Helper()
	var v any
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return v
}
