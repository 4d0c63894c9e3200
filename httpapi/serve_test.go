package httpapi_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gorilla/websocket"

	"gw/gateway"
	"gw/httpapi"
)

func TestListenSaysThatThePortIsInUse(t *testing.T) {
	l, err := httpapi.Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	addr := l.Addr().String()
	_, err = httpapi.Listen(addr)
	if err == nil || err.Error() != "listen on "+addr+": the port is in use" || !errors.Is(err, syscall.EADDRINUSE) {
		t.Errorf("got %v", err)
	}
}

func TestServeEndsWithAFailedListener(t *testing.T) {
	l, err := httpapi.Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	if err := httpapi.Serve(t.Context(), http.NotFoundHandler(), l); !errors.Is(err, net.ErrClosed) {
		t.Errorf("got %v, want net.ErrClosed", err)
	}
}

func TestCloseEndsSocketsAndAnswersNext(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, httpapi.Config{})
		stream, watch := s.dial("stream"), s.dial("gw/watch")
		next := make(chan answer, 1)
		go func() { next <- s.get("next/example") }()
		synctest.Wait()
		s.shut()
		if got := <-next; got.status != 200 || got.body != "[]" {
			t.Errorf("next: got %d %s, want 200 []", got.status, got.body)
		}
		for _, ws := range []*socket{stream, watch} {
			if _, _, err := ws.ws.ReadMessage(); !websocket.IsCloseError(err, websocket.CloseGoingAway) {
				t.Errorf("got %v, want close 1001", err)
			}
		}
	})
}

func TestNextAnswersWithTheNextTick(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, httpapi.Config{})
		ask := func(path string) chan answer {
			got := make(chan answer, 1)
			go func() { got <- s.get(path) }()
			synctest.Wait()
			return got
		}
		s.settled("send/example", `{"x":1}`)
		one, whole, key := ask("next/example"), ask("next/basket"), ask("next/basket/A")
		s.settled("send/example", `{"x":2}`)
		s.settled("send/basket/B", `{"x":3}`)
		s.settled("send/basket/A", `{"x":4}`)
		for _, tc := range []struct {
			got  chan answer
			want string
		}{{one, `[{"x":2}]`}, {whole, `[{"x":3}]`}, {key, `[{"x":4}]`}} {
			if got := <-tc.got; !includes(decode(t, got.body), decode(t, tc.want)) {
				t.Errorf("got %s, want %s", got.body, tc.want)
			}
		}
		waiting := ask("next/controls")
		if got := s.post("controls/shutdown", ""); !includes(decode(t, got.body), decode(t, `[{"name":"shutdown","status":"ok"}]`)) {
			t.Errorf("shutdown: got %s", got.body)
		}
		<-s.g.Done()
		if got := <-waiting; got.status != 200 {
			t.Errorf("next over a shutdown: got %d %s", got.status, got.body)
		}
		if got := s.post("send/example", `{"x":1}`); got.status != 503 || got.body != `{"detail":"engine not running"}` {
			t.Errorf("send after the end: got %d %s", got.status, got.body)
		}
		if got := s.get("last/example"); got.status != 200 || !includes(decode(t, got.body), decode(t, `[{"x":2}]`)) {
			t.Errorf("last after the end: got %d %s", got.status, got.body)
		}
	})
}

func TestS27NextIsGivenUpWithItsClient(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, httpapi.Config{})
		ctx, cancel := context.WithCancel(t.Context())
		req, _ := http.NewRequestWithContext(ctx, "GET", "http://host/api/v1/next/example", nil)
		failed := make(chan error, 1)
		go func() {
			_, err := s.client.Do(req)
			failed <- err
		}()
		synctest.Wait()
		cancel()
		if err := <-failed; !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
	})
}

func TestHeartbeatAndStats(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, httpapi.Config{})
		for name, want := range map[string]string{
			"heartbeat": `[{"id":"*","timestamp":"*","name":"heartbeat","status":"ok","data":{},"data_str":""}]`,
			"stats":     `[{"name":"stats","status":"ok","data":{"csp-now":"*","now":"*","host":"*"},"data_str":"*"}]`,
		} {
			got := s.get("controls/" + name)
			if got.status != 200 || !includes(decode(t, got.body), decode(t, want)) {
				t.Errorf("%s: got %d %s", name, got.status, got.body)
			}
			if got.header.Get("Gw-Time") == "" || got.header.Get("Gw-Cycle") == "" {
				t.Errorf("%s: no Gw-Time or Gw-Cycle in %v", name, got.header)
			}
		}
	})
}

func TestHeldEngineAnswers503ToAHeartbeat(t *testing.T) {
	bubble(t, func(t *testing.T) {
		g, _ := newOmnibus()
		run(t, g, gateway.RunConfig{Hold: true, Start: time.Now(), End: time.Now().Add(time.Hour)})
		s := serve(t, g, httpapi.Config{})
		if got := s.get("controls/heartbeat"); got.status != 503 || got.body != `{"detail":"engine did not answer within 5s"}` {
			t.Errorf("got %d %s", got.status, got.body)
		}
		if got := s.post("controls/shutdown", ""); got.status != 200 {
			t.Errorf("shutdown: got %d %s", got.status, got.body)
		}
		<-g.Done()
	})
}

func TestS21BodyLimit(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, httpapi.Config{MaxBody: 100})
		long := `{"y":"` + strings.Repeat("y", 100) + `"}`
		want := `{"detail":"Request body too large: more than 100 bytes"}`
		if got := s.post("send/example", long); got.status != 413 || got.body != want {
			t.Errorf("declared length: got %d %s", got.status, got.body)
		}
		req, _ := http.NewRequest("POST", "http://host/api/v1/send/example", io.MultiReader(strings.NewReader(long)))
		resp, err := s.client.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(resp.Body)
		resp.Body.Close()
		if resp.StatusCode != 413 || string(body) != want {
			t.Errorf("chunked: got %d %s", resp.StatusCode, body)
		}
		if got := s.post("send/example", `{"x":1}`); got.status != 200 {
			t.Errorf("short body: got %d %s", got.status, got.body)
		}
	})
}

func TestS06HeadersOfEveryAnswer(t *testing.T) {
	g, _ := newOmnibus()
	h := httpapi.New(g, httpapi.Config{})
	for path, status := range map[string]int{"/": 307, "/nope": 404, "/api/v1/last/example": 200, "/api/v1/last": 307, "/favicon.ico": 200} {
		r := httptest.NewRequest("GET", "http://localhost"+path, nil)
		w := record(t, h, r)
		if w.Code != status {
			t.Errorf("%s: got %d %s", path, w.Code, w.Body)
		}
		for name, want := range map[string]string{
			"X-Content-Type-Options":  "nosniff",
			"Referrer-Policy":         "no-referrer",
			"Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
		} {
			if got := w.Header().Get(name); got != want {
				t.Errorf("%s: %s: got %q, want %q", path, name, got, want)
			}
		}
	}
	r := httptest.NewRequest("GET", "http://evil.example/api/v1/last/example", nil)
	w := record(t, h, r)
	if w.Code != 421 || w.Body.String() != `{"detail":"Host not allowed: evil.example"}` {
		t.Errorf("foreign host: got %d %s", w.Code, w.Body)
	}
	r = httptest.NewRequest("POST", "http://localhost/api/v1/controls/shutdown", nil)
	r.Header.Set("Origin", "http://evil.example")
	w = record(t, h, r)
	if w.Code != 403 || w.Body.String() != `{"detail":"Cross-origin request refused"}` {
		t.Errorf("foreign origin: got %d %s", w.Code, w.Body)
	}
}

func TestS01ForeignOriginOpensNoSocket(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, httpapi.Config{Origins: []string{"https://desk.example"}})
		for origin, want := range map[string]int{"http://evil.example": 403, "null": 403, "http://host": 101, "https://desk.example": 101} {
			ws, resp, err := (&websocket.Dialer{NetDialContext: s.l.Dial}).Dial("ws://host/api/v1/stream", http.Header{"Origin": {origin}})
			if resp == nil || resp.StatusCode != want {
				t.Errorf("%s: got %v %v, want %d", origin, resp, err, want)
			}
			if ws != nil {
				ws.Close()
			}
		}
	})
}

func TestS25TooManySockets(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, httpapi.Config{MaxSockets: 1})
		first := s.dial("stream")
		_, resp, err := (&websocket.Dialer{NetDialContext: s.l.Dial}).Dial("ws://host/api/v1/gw/watch", nil)
		if err == nil || resp.StatusCode != 503 {
			t.Errorf("got %v, want 503", err)
		}
		first.ws.Close()
		synctest.Wait()
		s.dial("stream")
	})
}

func TestUIGetsWhatTheAPIDoesNotKnow(t *testing.T) {
	ui := http.NewServeMux()
	ui.HandleFunc("/{$}", func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "page") })
	ui.HandleFunc("/assets/x.js", func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "script") })
	g, _ := newOmnibus()
	h := httpapi.New(g, httpapi.Config{UI: ui})
	for _, tc := range []struct {
		method, path string
		status       int
		body         string
	}{
		{"GET", "/", 200, "page"},
		{"GET", "/assets/x.js", 200, "script"},
		{"GET", "/assets/y.js", 404, `{"detail":"Not Found"}`},
		{"GET", "/api/v1/nope", 404, `{"detail":"Not Found"}`},
		{"GET", "/api/v1", 404, `{"detail":"Not Found"}`},
		{"POST", "/assets/x.js", 404, `{"detail":"Not Found"}`},
		{"GET", "/ui-config/", 307, ""},
	} {
		w := record(t, h, httptest.NewRequest(tc.method, "http://localhost"+tc.path, nil))
		if w.Code != tc.status || w.Body.String() != tc.body {
			t.Errorf("%s %s: got %d %s, want %d %s", tc.method, tc.path, w.Code, w.Body, tc.status, tc.body)
		}
	}
}

func TestS37PanicBecomesANumber(t *testing.T) {
	var log strings.Builder
	ui := http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("secret of the house") })
	g, _ := newOmnibus()
	h := httpapi.New(g, httpapi.Config{UI: ui, Log: slog.New(slog.NewTextHandler(&log, nil))})
	w := record(t, h, httptest.NewRequest("GET", "http://localhost/", nil))
	id, ok := strings.CutPrefix(w.Body.String(), `{"detail":"internal error, request `)
	if w.Code != 500 || !ok || strings.Contains(w.Body.String(), "secret") {
		t.Errorf("got %d %s", w.Code, w.Body)
	}
	id = strings.TrimSuffix(id, `"}`)
	if id == "" || !strings.Contains(log.String(), id) || !strings.Contains(log.String(), "secret of the house") {
		t.Errorf("log: got %s", log.String())
	}
}

func TestGatewayThatCannotBeBuiltAnswers503(t *testing.T) {
	g := gateway.New(&omnibus{}, struct{}{})
	h := httpapi.New(g, httpapi.Config{})
	for path, want := range map[string]int{"/api/v1/last/example": 503, "/openapi.json": 503, "/": 307, "/api/v1/gw/status": 200, "/nope": 404} {
		w := record(t, h, httptest.NewRequest("GET", "http://localhost"+path, nil))
		if w.Code != want {
			t.Errorf("%s: got %d %s, want %d", path, w.Code, w.Body, want)
		}
	}
}
