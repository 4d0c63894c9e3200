package httpapi

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"

	"gw/internal/memnet"
)

func TestS03HostsThatMayNameTheServer(t *testing.T) {
	tcp := &net.TCPAddr{IP: net.ParseIP("192.168.7.9"), Port: 8000}
	for _, tc := range []struct {
		host  string
		local net.Addr
		conf  []string
		want  bool
	}{
		{"localhost", tcp, nil, true},
		{"LOCALHOST.:8000", tcp, nil, true},
		{"127.0.0.1:8000", tcp, nil, true},
		{"127.3.2.1", tcp, nil, true},
		{"[::1]:8000", tcp, nil, true},
		{"[::1]", tcp, nil, true},
		{"192.168.7.9:8000", tcp, nil, true},
		{"192.168.7.8:8000", tcp, nil, false},
		{"evil.example", tcp, nil, false},
		{"localhost.evil.example", tcp, nil, false},
		{"", tcp, nil, false},
		{"desk.example:80", tcp, []string{"desk.example"}, true},
		{"Desk.Example.", tcp, []string{"desk.example"}, true},
		{"evil.example", tcp, []string{"desk.example"}, false},
		{"evil.example", tcp, []string{"*"}, true},
		{"gw", memnet.Listen().Addr(), nil, true},
		{"evil.example", nil, nil, false},
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.Host = tc.host
		if tc.local != nil {
			r = r.WithContext(context.WithValue(r.Context(), http.LocalAddrContextKey, tc.local))
		}
		if got := newGuard(tc.conf, nil).hostAllowed(r); got != tc.want {
			t.Errorf("host %q on %v with %v: got %v, want %v", tc.host, tc.local, tc.conf, got, tc.want)
		}
	}
}

func TestS01S02OriginsOfSocketsAndChanges(t *testing.T) {
	g := newGuard(nil, []string{"https://desk.example", "not an origin"})
	for _, tc := range []struct {
		method, header, value string
		send, socket          bool
	}{
		{"POST", "", "", true, true},
		{"POST", "Origin", "http://localhost:8000", true, true},
		{"POST", "Origin", "https://desk.example", true, true},
		{"POST", "Origin", "http://evil.example", false, false},
		{"POST", "Origin", "http://localhost:3000", false, false},
		{"POST", "Origin", "null", false, false},
		{"POST", "Origin", "not an origin", false, false},
		{"POST", "Sec-Fetch-Site", "same-origin", true, true},
		{"POST", "Sec-Fetch-Site", "cross-site", false, true},
		{"DELETE", "Sec-Fetch-Site", "same-site", false, true},
		{"GET", "Sec-Fetch-Site", "cross-site", true, true},
	} {
		r := httptest.NewRequest(tc.method, "http://localhost:8000/", nil)
		if tc.header != "" {
			r.Header.Set(tc.header, tc.value)
		}
		if got := g.check(r) == nil; got != tc.send {
			t.Errorf("%s %s=%s: got %v, want %v", tc.method, tc.header, tc.value, got, tc.send)
		}
		if got := g.originAllowed(r); got != tc.socket {
			t.Errorf("socket %s=%s: got %v, want %v", tc.header, tc.value, got, tc.socket)
		}
	}
}

func TestConfigCheckNamesTheBadOrigin(t *testing.T) {
	if err := (Config{Origins: []string{"https://ok.example"}}).Check(); err != nil {
		t.Error(err)
	}
	if err := (Config{Origins: []string{"desk"}}).Check(); err == nil {
		t.Error("got no error for the origin desk")
	}
}
