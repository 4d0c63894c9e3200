package httpapi_test

import (
	"bufio"
	"context"
	"crypto/tls"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"gw/httpapi"
)

// TestS20ControlsNeedTheirScopeAndReadOnlyRefusesAll drives and ends a gateway in every role, and in none where it is read
// only.
func TestS20ControlsNeedTheirScopeAndReadOnlyRefusesAll(t *testing.T) {
	controls := []struct{ path, body string }{
		{"controls/shutdown", ""}, {"gw/control", `{"action":"pause"}`}, {"gw/control", `{"action":"stop"}`},
		{"gw/control", `{"action":"until","until":"2030-01-01T00:00:00Z"}`}, {"send/controls", `{"name":"shutdown"}`},
	}
	h := guarded(t)
	for _, c := range controls {
		for _, role := range roles {
			w := asRole(t, h, role, "POST", p+c.path)
			if may := role == "control" || role == "all"; letIn(w) != may {
				t.Errorf("%s as %s: got %d, want let in: %v", c.path, role, w.Code, may)
			}
		}
	}
	bubble(t, func(t *testing.T) {
		s := open(t, httpapi.Config{ReadOnly: true})
		for _, c := range append(controls, []struct{ path, body string }{{"send/example", `{"x":1}`}, {"stage/example_with_stage", `{"x":1}`}}...) {
			if got := s.post(c.path, c.body); got.status != 403 {
				t.Errorf("read only: %s: got %d %s", c.path, got.status, got.body)
			}
		}
		ws := s.dial("stream")
		ws.say(`{"action":"send","channel":"controls","data":{"name":"shutdown"}}`)
		ws.say(`{"action":"send","channel":"example","data":{"x":7}}`)
		if got := s.get("gw/status"); !strings.Contains(got.body, `"state":"running"`) {
			t.Errorf("read only: got %s", got.body)
		}
		if got := s.get("last/example"); strings.Contains(got.body, `"x":7`) {
			t.Errorf("read only: took %s", got.body)
		}
	})
}

// TestS23HugeRequestsAreCutShort sends a million values, keys and texts of a megabyte.
func TestS23HugeRequestsAreCutShort(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, httpapi.Config{})
		for what, body := range map[string]string{
			"a million values":     "[" + strings.Repeat("{},", 1_000_000) + "{}]",
			"a key of a megabyte":  `{"` + strings.Repeat("k", 1<<20) + `":1}`,
			"a text of a megabyte": `{"y":"` + strings.Repeat("y", 1<<20) + `"}`,
			"a million members":    `{"mapping":{` + strings.Repeat(`"a":1,`, 1_000_000) + `"b":1}}`,
		} {
			if got := s.post("send/example", body); got.status != 413 {
				t.Errorf("%s: got %d", what, got.status)
			}
		}
		if got := s.get("last/basket/" + strings.Repeat("k", 128<<10)); got.status != 431 {
			t.Errorf("a path of 128 KiB: got %d", got.status)
		}
	})
}

// TestS28HTTP2IsNotSpoken offers it in TLS and begins with it in the clear: streams that are reset as fast as they are
// opened, and lists of headers without end, cannot be sent to a server that does not speak it. Headers are bounded.
func TestS28HTTP2IsNotSpoken(t *testing.T) {
	cert, err := httpapi.SelfSigned("localhost", "127.0.0.1")
	if err != nil {
		t.Fatal(err)
	}
	clear, err := httpapi.Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	under, err := httpapi.Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	g, _ := newOmnibus()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() {
		done <- httpapi.Serve(ctx, httpapi.New(g, httpapi.Config{}), clear, httpapi.TLS(under, cert, nil))
	}()
	defer func() {
		cancel()
		<-done
	}()
	dial := &tls.Dialer{Config: &tls.Config{InsecureSkipVerify: true, NextProtos: []string{"h2", "http/1.1"}}}
	conn, err := dial.Dial("tcp", under.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if got := conn.(*tls.Conn).ConnectionState().NegotiatedProtocol; got != "http/1.1" {
		t.Errorf("TLS: got %q, want http/1.1", got)
	}
	plain, err := net.Dial("tcp", clear.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer plain.Close()
	plain.SetDeadline(time.Now().Add(time.Minute))
	if _, err := io.WriteString(plain, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	first, err := bufio.NewReader(plain).ReadString('\n')
	if err == nil && !strings.HasPrefix(first, "HTTP/1.1 4") && !strings.HasPrefix(first, "HTTP/1.1 5") {
		t.Errorf("a preface of HTTP/2: got %q", first)
	}
	req, err := http.NewRequest("GET", "http://"+clear.Addr().String()+p+"last/", nil)
	if err != nil {
		t.Fatal(err)
	}
	for range 100 {
		req.Header.Add("X-More", strings.Repeat("x", 1<<10))
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusRequestHeaderFieldsTooLarge {
		t.Errorf("100 KiB of headers: got %d, want 431", resp.StatusCode)
	}
}
