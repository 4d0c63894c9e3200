package httpapi_test

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"gw/gateway"
	"gw/httpapi"
	"gw/httpapi/auth"
)

// TestS04GetChangesNothing calls every GET of the description and compares what the gateway holds.
func TestS04GetChangesNothing(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, httpapi.Config{Outputs: t.TempDir()})
		s.settled("send/example", `{"id":"e","x":1}`)
		s.settled("stage/example_with_stage", `{"id":"r","x":1}`)
		digest := func() string {
			return s.get("last/example").body + s.get("state/example").body + s.request("PUT", p+"stage/example_with_stage", "", "").body + s.get("channels_graph").body
		}
		var doc struct {
			Paths map[string]map[string]any `json:"paths"`
		}
		if err := json.Unmarshal([]byte(s.request("GET", "/openapi.json", "", "").body), &doc); err != nil {
			t.Fatal(err)
		}
		before := digest()
		for path, methods := range doc.Paths {
			if methods["get"] == nil || path == p+"gw/events" || strings.HasPrefix(path, p+"next/") && path != p+"next/" {
				continue
			}
			s.request("GET", strings.NewReplacer("{key}", "A", "{id}", "e", "{full_path}", "a").Replace(path), "", "")
			synctest.Wait()
		}
		if after := digest(); after != before {
			t.Errorf("got\n%s\nwant\n%s", after, before)
		}
	})
}

// TestS05CORSIsOffUnlessAnOriginIsNamed compares the headers for origins that are and are not in the list.
func TestS05CORSIsOffUnlessAnOriginIsNamed(t *testing.T) {
	bubble(t, func(t *testing.T) {
		const desk = "https://desk.example:8443"
		for _, tc := range []struct {
			allowed []string
			origin  string
			want    string
		}{
			{nil, desk, ""}, {[]string{desk}, desk, desk}, {[]string{desk}, "https://evil.example", ""},
			{[]string{desk}, "https://desk.example", ""}, {[]string{desk}, "null", ""}, {[]string{desk}, "", ""},
		} {
			s := open(t, httpapi.Config{Origins: tc.allowed})
			for _, method := range []string{"GET", "OPTIONS"} {
				req, _ := http.NewRequest(method, "http://host"+p+"last/example", nil)
				if tc.origin != "" {
					req.Header.Set("Origin", tc.origin)
				}
				if method == "OPTIONS" {
					req.Header.Set("Access-Control-Request-Method", "GET")
				}
				got := s.do(req)
				if have := got.header.Get("Access-Control-Allow-Origin"); have != tc.want {
					t.Errorf("%s allowed %v from %q: got %q", method, tc.allowed, tc.origin, have)
				}
				if tc.allowed != nil && got.header.Get("Vary") != "Origin" && !strings.Contains(got.header.Get("Vary"), "Origin") {
					t.Errorf("%s: no Vary: Origin", method)
				}
				if method == "OPTIONS" && (got.status == 204) != (tc.want != "") {
					t.Errorf("preflight from %q: got %d", tc.origin, got.status)
				}
			}
		}
	})
}

// TestS12S38LogsHoldNoKeysAndNoForgedLines drives what is logged with a key in the request and line breaks in values.
func TestS12S38LogsHoldNoKeysAndNoForgedLines(t *testing.T) {
	bubble(t, func(t *testing.T) {
		var log bytes.Buffer
		gate, err := auth.New(auth.Config{}, auth.Keys(auth.Key{Name: "desk", Value: "the-secret-key"}))
		if err != nil {
			t.Fatal(err)
		}
		g, _ := newOmnibus()
		run(t, g, gateway.RunConfig{Realtime: true})
		panics := http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("boom\nlevel=INFO msg=forged") })
		s := serve(t, g, httpapi.Config{Auth: gate, UI: panics, Log: slog.New(slog.NewTextHandler(&log, nil))})
		for _, path := range []string{"/x%0alevel=INFO?token=the-secret-key", p + "last/nope?token=the-secret-key", p + "last/example?token=wrong-secret-key"} {
			got := s.request("GET", path, "", "")
			if strings.Contains(got.body, "secret-key") {
				t.Errorf("%s: the answer holds the key: %s", path, got.body)
			}
		}
		ws := s.dial("stream?token=the-secret-key")
		ws.say(`{"action":"send","channel":"example","data":{"nope":"a\nlevel=INFO msg=forged"}}`)
		ws.ws.Close()
		synctest.Wait()
		if !strings.Contains(log.String(), "boom") || !strings.Contains(log.String(), "send refused") {
			t.Errorf("got log %s", log.String())
		}
		if strings.Contains(log.String(), "secret-key") {
			t.Errorf("the log holds a key: %s", log.String())
		}
		for line := range strings.Lines(log.String()) {
			if !strings.HasPrefix(line, "time=") {
				t.Errorf("a line of somebody else: %q", line)
			}
		}
	})
}

// TestS22HostileJSONIsRefused sends what breaks readers that go too deep or believe too much.
func TestS22HostileJSONIsRefused(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, httpapi.Config{})
		for name, body := range map[string]string{
			"deep arrays": strings.Repeat("[", 100_000), "deep objects": strings.Repeat(`{"mapping":`, 50_000),
			"deep in a field": `{"data":` + strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000) + `}`,
			"lone surrogate":  `{"y":"\udc00"}`, "not UTF-8": "{\"y\":\"\xff\xfe\"}", "byte order mark": "\xef\xbb\xbf{}",
			"huge integer": `{"x":123456789012345678901234567890}`, "control character": "{\"y\":\"\x01\"}",
		} {
			for _, path := range []string{"send/example", "send/basket", "stage/example"} {
				if got := s.post(path, body); got.status != 422 && got.status != 400 {
					t.Errorf("%s to %s: got %d %.80s", name, path, got.status, got.body)
				}
			}
		}
		if got := s.post("gw/control", strings.Repeat("[", 100_000)); got.status != 422 {
			t.Errorf("control: got %d", got.status)
		}
	})
}

// TestS24SlowHeadersEndTheConnection sends half a request and waits.
func TestS24SlowHeadersEndTheConnection(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, httpapi.Config{})
		conn, err := s.l.Dial(t.Context(), "", "")
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		start := time.Now()
		io.WriteString(conn, "GET /api/v1/last/example HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")
		io.ReadAll(conn)
		if took := time.Since(start); took > 15*time.Second {
			t.Errorf("held for %v", took)
		}
		slow, err := s.l.Dial(t.Context(), "", "")
		if err != nil {
			t.Fatal(err)
		}
		defer slow.Close()
		start = time.Now()
		io.WriteString(slow, "POST /api/v1/send/example HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{")
		io.ReadAll(slow)
		if took := time.Since(start); took > time.Minute {
			t.Errorf("a slow body held for %v", took)
		}
		if got := s.get("last/example"); got.status != 200 {
			t.Errorf("others: got %d", got.status)
		}
	})
}

// TestS27TooManyWaitingCallsAreRefused fills the places of next.
func TestS27TooManyWaitingCallsAreRefused(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, httpapi.Config{MaxWaiting: 2})
		done := make(chan answer, 2)
		for range 2 {
			go func() { done <- s.plain("", "next/example") }()
		}
		synctest.Wait()
		if got := s.get("next/example"); got.status != 503 {
			t.Errorf("the third: got %d", got.status)
		}
		if got := s.get("last/example"); got.status != 200 {
			t.Errorf("last: got %d", got.status)
		}
		s.settled("send/example", `{"x":1}`)
		for range 2 {
			if got := <-done; got.status != 200 {
				t.Errorf("got %d", got.status)
			}
		}
	})
}

type oddNames struct {
	gateway.Struct
	Order string `json:"order"`
	//lint:ignore SA5008 schema takes names that encoding/json does not
	Quote string `json:"a\"b"`
	//lint:ignore SA5008 schema takes names that encoding/json does not
	Drop string `json:"x'; DROP TABLE state; --"`
}

type oddModel struct {
	Odd gateway.Channel[oddNames] `channel:"odd" state:"order"`
}

type oddModule struct{}

func (oddModule) Connect(ch *oddModel) error {
	ch.Odd.Send()
	return nil
}

// TestS32NamesAndValuesOfQueriesAreNoSQL filters by fields whose names are SQL.
func TestS32NamesAndValuesOfQueriesAreNoSQL(t *testing.T) {
	bubble(t, func(t *testing.T) {
		g := gateway.New(&oddModel{}, oddModule{})
		run(t, g, gateway.RunConfig{Realtime: true})
		s := serve(t, g, httpapi.Config{})
		s.settled("send/odd", `[{"id":"1","order":"o","x'; DROP TABLE state; --":"d"},{"id":"2","order":"' OR 1=1 --"}]`)
		for attr, want := range map[string]int{"order": 1, "x'; DROP TABLE state; --": 1, "nope": -1, "1=1": -1, "id\" OR \"id": -1} {
			value := map[string]string{"order": "o"}[attr]
			if value == "" {
				value = "d"
			}
			query, _ := json.Marshal(map[string]any{"filters": []any{map[string]any{"attr": attr, "by": map[string]any{"value": value}}}})
			got := s.get("state/odd?query=" + url.QueryEscape(string(query)))
			var rows []any
			json.Unmarshal([]byte(got.body), &rows)
			if want < 0 && got.status != 400 || want >= 0 && (got.status != 200 || len(rows) != want) {
				t.Errorf("%s: got %d %s", attr, got.status, got.body)
			}
		}
		if got := s.get("state/odd?query=" + url.QueryEscape(`{"filters":[{"attr":"order","by":{"value":"' OR 1=1 --"}}]}`)); !strings.Contains(got.body, `"id":"2"`) || strings.Contains(got.body, `"id":"1"`) {
			t.Errorf("a value that is SQL: got %s", got.body)
		}
	})
}

// TestS37NothingOfTheProcessIsServed asks for what Go programs show when nobody has thought of it.
func TestS37NothingOfTheProcessIsServed(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, httpapi.Config{})
		for _, path := range []string{"/debug/pprof/", "/debug/pprof/heap", "/debug/vars", "/debug/requests", "/config", "/.env", "/server-status"} {
			if got := s.request("GET", path, "", ""); got.status != 404 {
				t.Errorf("%s: got %d", path, got.status)
			}
		}
	})
}
