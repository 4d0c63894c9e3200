package httpapi

import (
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
)

// guard keeps out what a web page of somebody else could make a browser send: requests under a foreign host name
// (DNS rebinding) and requests from a foreign origin that would change something or open a WebSocket.
type guard struct {
	hosts   map[string]bool
	anyHost bool
	origins map[string]bool
	cross   *http.CrossOriginProtection

	lastHost atomic.Pointer[string] // the last one that is allowed wherever a request comes in
}

func newGuard(hosts, origins []string) *guard {
	g := &guard{hosts: map[string]bool{"localhost": true}, origins: map[string]bool{}, cross: http.NewCrossOriginProtection()}
	for _, h := range hosts {
		g.anyHost = g.anyHost || h == "*"
		g.hosts[plainHost(h)] = true
	}
	for _, o := range origins {
		g.origins[o] = g.cross.AddTrustedOrigin(o) == nil
	}
	return g
}

// check returns the refusal that r earns, nil for none.
func (g *guard) check(r *http.Request) error {
	if !g.hostAllowed(r) {
		return &Error{Status: http.StatusMisdirectedRequest, Detail: "Host not allowed: " + cut(r.Host)}
	}
	if err := g.cross.Check(r); err != nil {
		return &Error{Status: http.StatusForbidden, Detail: "Cross-origin request refused"}
	}
	return nil
}

// hostAllowed reports whether r names this server as it may be named: by a loopback name or address, the address it
// came in on, or a configured name. A connection that did not come over an IP network cannot come from a browser.
func (g *guard) hostAllowed(r *http.Request) bool {
	if g.anyHost {
		return true
	}
	if last := g.lastHost.Load(); last != nil && *last == r.Host {
		return true
	}
	local, _ := r.Context().Value(http.LocalAddrContextKey).(net.Addr)
	if local != nil && !strings.HasPrefix(local.Network(), "tcp") {
		return true
	}
	host := plainHost(r.Host)
	if g.hosts[host] {
		g.remember(r.Host)
		return true
	}
	ip := net.ParseIP(host)
	if ip == nil {
		return false
	}
	if ip.IsLoopback() {
		g.remember(r.Host)
		return true
	}
	tcp, _ := local.(*net.TCPAddr)
	return tcp != nil && tcp.IP.Equal(ip)
}

// remember keeps a host without what it came with.
func (g *guard) remember(host string) { g.lastHost.Store(&host) }

// plainHost strips port, brackets and trailing dot from a host and lowers it.
func plainHost(host string) string {
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	host = strings.TrimSuffix(strings.TrimPrefix(host, "["), "]")
	return strings.ToLower(strings.TrimSuffix(host, "."))
}

// originAllowed reports whether a WebSocket may be opened: without an Origin (no browser), from the same host, or
// from a configured origin. "null" is a foreign origin.
func (g *guard) originAllowed(r *http.Request) bool {
	origins := r.Header["Origin"]
	if len(origins) == 0 {
		return true
	}
	if len(origins) > 1 {
		return false
	}
	if g.origins[origins[0]] {
		return true
	}
	u, err := url.Parse(origins[0])
	return err == nil && u.Host != "" && strings.EqualFold(u.Host, r.Host)
}

// The headers that go with every answer, shared by all.
var (
	nosniff    = []string{"nosniff"}
	noReferrer = []string{"no-referrer"}
	pagePolicy = []string{"frame-ancestors 'none'"}
	dataPolicy = []string{"default-src 'none'; frame-ancestors 'none'"}
)

// secure sets the headers that go with every answer. strict is for answers that are no page.
func secure(h http.Header, strict bool) {
	h["X-Content-Type-Options"], h["Referrer-Policy"] = nosniff, noReferrer
	h["Content-Security-Policy"] = pagePolicy
	if strict {
		h["Content-Security-Policy"] = dataPolicy
	}
}

// cut shortens text of a client to what an answer may repeat.
func cut(s string) string {
	if len(s) > 80 {
		return strings.ToValidUTF8(s[:80], "") + "..."
	}
	return s
}
