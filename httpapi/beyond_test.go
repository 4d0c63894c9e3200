package httpapi_test

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/klauspost/compress/zstd"

	"gw/gateway"
	"gw/httpapi"
)

func TestReadyTellsWhyNot(t *testing.T) {
	bubble(t, func(t *testing.T) {
		g, _ := newOmnibus()
		s := serve(t, g, httpapi.Config{})
		if got := s.request("GET", "/ready", "", ""); got.status != 503 || got.body != `{"status":"unready","reasons":["the engine is starting"]}` {
			t.Errorf("before the run: got %d %s", got.status, got.body)
		}
		if got := s.request("GET", "/health", "", ""); got.status != 200 {
			t.Errorf("health before the run: got %d", got.status)
		}
		run(t, g, gateway.RunConfig{Realtime: true})
		if got := s.request("GET", "/ready", "", ""); got.status != 200 || got.body != `{"status":"ready"}` {
			t.Errorf("while it runs: got %d %s", got.status, got.body)
		}
		g.Stop()
		synctest.Wait()
		if got := s.request("GET", "/ready", "", ""); got.status != 503 || got.body != `{"status":"unready","reasons":["the engine is stopped"]}` {
			t.Errorf("after the end: got %d %s", got.status, got.body)
		}
	})
}

func TestMetricsCountWhatHappens(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, httpapi.Config{})
		ws := s.dial("stream")
		ws.say(`{"action":"subscribe","channel":"example"}`)
		s.settled("send/example", `[{"x":1},{"x":2}]`)
		ws.hear()
		ws.hear()
		s.get("last/nope")
		got := s.request("GET", "/metrics", "", "")
		for _, line := range []string{
			`gw_channel_ticks_total{channel="example"} 2`, `gw_ready 1`, `gw_connections 1`, `gw_socket_frames_total 2`,
			`gw_http_answers_total{status="4xx"} 1`, "go_goroutines ",
		} {
			if !strings.Contains(got.body, line) {
				t.Errorf("got no %q in\n%s", line, got.body)
			}
		}
	})
}

func TestETagsSaveTheBody(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, httpapi.Config{})
		s.settled("send/example", `{"x":1}`)
		first := s.get("last/example")
		tag := first.header.Get("Etag")
		ask := func(given string) answer {
			req, _ := http.NewRequest("GET", "http://host"+p+"last/example", nil)
			req.Header.Set("If-None-Match", given)
			return s.do(req)
		}
		for given, want := range map[string]int{tag: 304, `"x", ` + tag: 304, "*": 304, `W/"other"`: 200, "": 200} {
			if got := ask(given); got.status != want || (got.body == "") != (want == 304) {
				t.Errorf("%q: got %d %s, want %d", given, got.status, got.body, want)
			}
		}
		s.settled("send/example", `{"x":2}`)
		if got := ask(tag); got.status != 200 {
			t.Errorf("after a tick: got %d", got.status)
		}
	})
}

func TestLongAnswersAreCompressedForWhoTakesThat(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, httpapi.Config{})
		plain := s.request("GET", "/openapi.json", "", "")
		for accept, want := range map[string]string{"gzip": "gzip", "gzip, zstd": "zstd", "br": "", "gzip;q=0": "", "GZIP;q=0.5": "gzip", "identity": ""} {
			req, _ := http.NewRequest("GET", "http://host/openapi.json", nil)
			req.Header.Set("Accept-Encoding", accept)
			got := s.do(req)
			if enc := got.header.Get("Content-Encoding"); enc != want || got.header.Get("Vary") != "Accept-Encoding" {
				t.Errorf("%s: got %q, Vary %q", accept, enc, got.header.Get("Vary"))
			}
			if body := inflate(t, want, got.body); body != plain.body || got.header.Get("Content-Length") != strconv.Itoa(len(got.body)) {
				t.Errorf("%s: got another body of %d bytes", accept, len(body))
			}
		}
	})
}

func inflate(t *testing.T, encoding, body string) string {
	t.Helper()
	var r io.Reader = strings.NewReader(body)
	var err error
	switch encoding {
	case "gzip":
		r, err = gzip.NewReader(r)
	case "zstd":
		var z *zstd.Decoder
		if z, err = zstd.NewReader(r, zstd.WithDecoderConcurrency(1)); err == nil {
			defer z.Close()
			r = z
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestBulkSendAnswersEachLine(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, httpapi.Config{MaxBody: 200})
		got := s.request("POST", p+"send/example", "application/x-ndjson", "{\"id\":\"a\",\"x\":1}\n\n{\"x\":-1}\n{bad\n[{\"id\":\"b\",\"x\":2},{\"id\":\"c\",\"x\":3}]\n")
		lines := strings.Split(strings.TrimSpace(got.body), "\n")
		want := []string{
			`{"line":1,"status":200,"sent":[{"id":"a"}]}`, `{"line":3,"status":422,"detail":[{"type":"value_error","loc":["body","x"]}]}`,
			`{"line":4,"status":422,"detail":[{"type":"json_invalid"}]}`, `{"line":5,"status":200,"sent":[{"id":"b"},{"id":"c"}]}`,
		}
		if got.status != 200 || len(lines) != len(want) {
			t.Fatalf("got %d %s", got.status, got.body)
		}
		for i := range want {
			if !includes(decode(t, lines[i]), decode(t, want[i])) {
				t.Errorf("line %d: got %s, want %s", i, lines[i], want[i])
			}
		}
		synctest.Wait()
		if got := s.get("last/example"); !strings.Contains(got.body, `"id":"c"`) {
			t.Errorf("last: got %s", got.body)
		}
		long := s.request("POST", p+"send/example", "application/x-ndjson", `{"y":"`+strings.Repeat("x", 300)+`"}`)
		if !strings.Contains(long.body, `"status":413`) {
			t.Errorf("a line too long: got %s", long.body)
		}
		if !s.reuses("last/example") {
			t.Error("a line too long: the connection has ended, want it to go on")
		}
		long = s.request("POST", p+"send/example", "application/x-ndjson", strings.Repeat("x", 3000))
		if !strings.Contains(long.body, `"status":413`) || s.reuses("last/example") {
			t.Errorf("a line much too long: got %s, want it answered with 413 and the connection ended", long.body)
		}
	})
}

func TestEventsForCurl(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, httpapi.Config{})
		req, _ := http.NewRequest("GET", "http://host"+p+"gw/events?channels=example,basket/A", nil)
		resp, err := s.client.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		if kind := resp.Header.Get("Content-Type"); kind != "text/event-stream" {
			t.Errorf("got %s", kind)
		}
		s.settled("send/example", `{"id":"e","x":1}`)
		s.settled("send/basket", `{"A":{"id":"a"},"B":{"id":"b"}}`)
		lines := bufio.NewScanner(resp.Body)
		var events []string
		for len(events) < 2 && lines.Scan() {
			if name, is := strings.CutPrefix(lines.Text(), "event: "); is {
				lines.Scan()
				lines.Scan()
				events = append(events, name+" "+lines.Text())
			}
		}
		for i, want := range []string{`example data: {"channel":"example","data":[{"id":"e",`, `basket/A data: {"channel":"basket","key": "A","data":[{"id":"a",`} {
			if i >= len(events) || !strings.HasPrefix(events[i], want) {
				t.Errorf("got %q, want %q", events, want)
			}
		}
		if got := s.get("gw/events?channels=nope"); got.status == 200 {
			t.Errorf("unknown channel: got %d %s", got.status, got.body)
		}
		// the site's shutdown ends the reader
		go s.h.Close()
		rest, _ := io.ReadAll(resp.Body)
		if bytes.Contains(rest, []byte("event:")) {
			t.Errorf("got %s after that", rest)
		}
	})
}
