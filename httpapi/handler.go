package httpapi

import (
	"context"
	"crypto/rand"
	"net/http"
	"runtime/debug"
	"sync"
	"sync/atomic"

	"gw/gateway"
	"gw/gateway/query"
)

// Handler serves the API of one gateway. Make it with New; it may be called from any goroutine.
type Handler struct {
	g     *gateway.Gateway
	cfg   Config
	guard *guard
	reply *reply
	pool  *query.Pool // for SQL

	table   atomic.Pointer[routes]
	plan    atomic.Pointer[plan] // with the table
	tabling sync.Mutex
	broken  error // why nothing is served

	closing context.Context // ends with Close
	close   context.CancelFunc

	scraped http.Handler
	counts  counts
	timings timings

	connections connections
	waiting     atomic.Int64 // calls of next under way

	entering sync.Mutex // guards open, and sockets against growing while Close waits
	open     int        // WebSockets open now
	sockets  sync.WaitGroup
}

var _ http.Handler = (*Handler)(nil)

// New returns the API of g, as c and the modules of g say (Config.With). It opens no port, and does not build g: the first
// request does, if nobody has before. While g cannot be built every data route answers 503, and if With finds something
// wrong every route does. What Config.Check finds wrong is left out.
func New(g *gateway.Gateway, c Config) *Handler {
	c, broken := c.With(g)
	c = c.withDefaults()
	h := &Handler{g: g, cfg: c, guard: newGuard(c.Hosts, c.Origins), broken: broken}
	if broken != nil {
		c.Log.Error("nothing is served", "error", broken)
	}
	h.reply = newReply(&h.counts)
	h.timings.g = g
	h.scraped = newMetrics(h)
	c.Query.Channel = func(name string) bool { return h.plan.Load().shows(name) }
	c.Query.View = func(name string) bool { return h.plan.Load().showsView(name) }
	h.pool = query.New(g, c.Query)
	h.closing, h.close = context.WithCancel(context.Background())
	return h
}

// Close ends every WebSocket with code 1001, answers pending "next" calls with an empty list, ends queries, and waits until
// all of them are gone. Later requests are still answered, but open no WebSocket and no query. It may be called twice.
func (h *Handler) Close() {
	h.entering.Lock()
	h.close()
	h.entering.Unlock()
	h.sockets.Wait()
	h.pool.Close()
	h.timings.end()
}

// ServeHTTP answers r.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	defer func() {
		if what := recover(); what != nil {
			if what == http.ErrAbortHandler {
				panic(what)
			}
			h.recovered(w, r, what, debug.Stack())
		}
	}()
	limitBody(w, r)
	secure(w.Header(), true)
	if err := h.guard.check(r); err != nil {
		h.fail(w, r, err)
		return
	}
	if h.guard.cors(w, r) {
		return
	}
	if h.broken != nil {
		h.fail(w, r, &Error{http.StatusServiceUnavailable, "not configured: the log says why"})
		return
	}
	if h.cfg.Auth != nil {
		h.cfg.Auth.Refresh(w, r)
	}
	h.routes().ServeHTTP(w, r)
}

// requestID returns a number by which a line of the log is found again.
func requestID() string { return rand.Text()[:12] }
