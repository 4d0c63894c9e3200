package client_test

import (
	"encoding/json"
	"net"
	"net/http"
	"sync"
	"testing"

	"github.com/gorilla/websocket"

	"gw/client"
	"gw/internal/memnet"
)

// fakeGateway answers as the protocol of gw/... says, from what a test put into it. It lives in memory, so that
// tests may run in a synctest bubble, where a goroutine left behind fails the test.
type fakeGateway struct {
	t       *testing.T
	answers map[string]string // "GET /api/v1/gw/status" -> body
	watches chan *fakeWatch   // one for each upgrade
	stream  http.HandlerFunc

	mu       sync.Mutex
	requests []*http.Request
	bodies   []string
	listener *memnet.Listener
	server   *http.Server
	hijacked []net.Conn
}

func startFake(t *testing.T, answers map[string]string) *fakeGateway {
	t.Helper()
	g := &fakeGateway{t: t, answers: answers, watches: make(chan *fakeWatch)}
	g.listen()
	t.Cleanup(g.stop)
	return g
}

func (g *fakeGateway) listen() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.listener, g.server = memnet.Listen(), &http.Server{Handler: g}
	go g.server.Serve(g.listener)
}

// stop cuts everything; listen may follow.
func (g *fakeGateway) stop() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.server.Close()
	for _, c := range g.hijacked {
		c.Close()
	}
	g.hijacked = nil
}

func (g *fakeGateway) client(o client.Options) *client.Client {
	o.Dial = func(ctx ctx, network, addr string) (net.Conn, error) {
		g.mu.Lock()
		l := g.listener
		g.mu.Unlock()
		return l.Dial(ctx, network, addr)
	}
	return client.New("http://gateway.test", o)
}

func (g *fakeGateway) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/api/v1/gw/watch" {
		g.upgrade(w, r)
		return
	}
	if r.URL.Path == "/api/v1/stream" {
		g.stream(w, r)
		return
	}
	body := make([]byte, max(r.ContentLength, 0))
	r.Body.Read(body)
	g.mu.Lock()
	g.requests, g.bodies = append(g.requests, r), append(g.bodies, string(body))
	g.mu.Unlock()
	answer, ok := g.answers[r.Method+" "+r.URL.RequestURI()]
	switch {
	case !ok:
		w.WriteHeader(http.StatusNotFound)
		answer = `{"detail":"Not Found"}`
	case answer == "wait":
		<-r.Context().Done()
		return
	case answer[0] == '!': // "!422 {...}"
		var code int
		json.Unmarshal([]byte(answer[1:4]), &code)
		w.WriteHeader(code)
		answer = answer[5:]
	}
	w.Header().Set("Gw-Time", "2024-08-09T00:03:12.418201993Z")
	w.Header().Set("Gw-Cycle", "48211")
	w.Write([]byte(answer))
}

// fakeWatch is the gateway's end of a watch.
type fakeWatch struct {
	t    *testing.T
	conn *websocket.Conn
	asks watchAsk
}

type watchAsk struct {
	Action   string   `json:"action"`
	ID       string   `json:"id"`
	Channels []string `json:"channels"`
	Policy   string   `json:"policy"`
	History  int      `json:"history"`
	Interval int      `json:"interval_ms"`
	Seq      uint64   `json:"seq"`
}

func (g *fakeGateway) upgrade(w http.ResponseWriter, r *http.Request) {
	up := websocket.Upgrader{}
	conn, err := up.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	g.mu.Lock()
	g.hijacked = append(g.hijacked, conn.NetConn())
	g.mu.Unlock()
	f := &fakeWatch{t: g.t, conn: conn}
	f.asks = f.receive()
	g.watches <- f
}

func (f *fakeWatch) receive() (ask watchAsk) {
	f.t.Helper()
	if err := f.conn.ReadJSON(&ask); err != nil {
		f.t.Errorf("gateway: read: %v", err)
	}
	return ask
}

func (f *fakeWatch) send(text string) {
	f.t.Helper()
	if err := f.conn.WriteMessage(websocket.TextMessage, []byte(text)); err != nil {
		f.t.Errorf("gateway: write: %v", err)
	}
}
