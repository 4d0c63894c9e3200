package client

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"
)

// ErrClosed is what every call on a closed Client returns.
var ErrClosed = errors.New("client: closed")

const (
	defaultPrefix  = "/api/v1"
	defaultTimeout = 10 * time.Second
)

// Options says how to reach the gateway. The zero value is right for one that listens on a port and asks for no token.
type Options struct {
	// Dial opens the connections instead of the network, for a gateway in the same process. The base URL's host is passed as addr.
	Dial func(ctx context.Context, network, addr string) (net.Conn, error)
	// Token is sent as the header "token" with every request and with the WebSocket; it never enters a URL.
	Token string
	// TLS is used for https and wss; nil means what the system trusts.
	TLS *tls.Config
	// Prefix is where the API is mounted; empty means "/api/v1".
	Prefix string
	// Timeout limits each call except Next, and the opening of a watch; 0 means 10 s.
	Timeout time.Duration
	// Retry is the wait before the first attempt to restore a lost watch; it doubles to 20 times its length. 0 means 250 ms.
	Retry time.Duration
}

// Client is a connection to one gateway. Make it with New, end it with Close. It is safe for any goroutine.
type Client struct {
	base *url.URL
	bad  error // why base cannot be used; every call returns it
	opts Options
	http *http.Client

	ctx    context.Context // ends with Close
	cancel context.CancelFunc
	mu     sync.Mutex
	closed bool
	work   sync.WaitGroup // calls and watches under way
}

// New returns a client of the gateway at baseURL, such as "http://127.0.0.1:8000"; "127.0.0.1:8000" and ":8000" mean the same.
// It opens no connection: a URL that cannot be used and a gateway that does not answer are errors of the calls.
func New(baseURL string, o Options) *Client {
	if o.Prefix == "" {
		o.Prefix = defaultPrefix
	}
	if o.Timeout == 0 {
		o.Timeout = defaultTimeout
	}
	if o.Retry == 0 {
		o.Retry = 250 * time.Millisecond
	}
	c := &Client{opts: o}
	c.base, c.bad = parseBase(baseURL)
	c.http = &http.Client{Transport: newTransport(o)}
	c.ctx, c.cancel = context.WithCancel(context.Background())
	return c
}

func newTransport(o Options) *http.Transport {
	t := &http.Transport{
		Proxy:                 http.ProxyFromEnvironment,
		DialContext:           (&net.Dialer{}).DialContext,
		MaxIdleConnsPerHost:   4,
		IdleConnTimeout:       time.Minute,
		TLSClientConfig:       o.TLS,
		TLSHandshakeTimeout:   o.Timeout,
		ExpectContinueTimeout: time.Second,
	}
	if o.Dial != nil {
		t.Proxy, t.DialContext = nil, o.Dial
	}
	return t
}

// URL is the gateway's base URL as the client uses it, for messages.
func (c *Client) URL() string {
	if c.base == nil {
		return ""
	}
	return c.base.String()
}

// Close ends all calls and watches, waits for them and closes the connections. It may be called twice and returns nil.
func (c *Client) Close() error {
	c.mu.Lock()
	c.closed = true
	c.mu.Unlock()
	c.cancel()
	c.work.Wait()
	c.http.CloseIdleConnections()
	return nil
}

// begin registers a piece of work that Close waits for; end it with c.work.Done.
func (c *Client) begin() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case c.closed:
		return ErrClosed
	case c.bad != nil:
		return c.bad
	}
	c.work.Add(1)
	return nil
}

// bind returns a context that ends with ctx and with the client.
func (c *Client) bind(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(ctx)
	stop := context.AfterFunc(c.ctx, cancel)
	return ctx, func() { stop(); cancel() }
}

// parseBase accepts a URL, host:port or :port, without query and fragment.
func parseBase(s string) (*url.URL, error) {
	full := s
	if strings.HasPrefix(full, ":") {
		full = "127.0.0.1" + full
	}
	if !strings.Contains(full, "://") {
		full = "http://" + full
	}
	u, err := url.Parse(full)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return nil, &addressError{s}
	}
	u.Path = strings.TrimRight(u.Path, "/")
	u.RawPath, u.RawQuery, u.Fragment = "", "", ""
	return u, nil
}
