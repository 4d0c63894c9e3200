package httpapi

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"

	"gw/httpapi/auth"
)

// connections are the streams, watches and event readers that are open.
type connections struct {
	mu   sync.Mutex
	next uint64
	open map[*connection]struct{}
}

// connection is one of them: who it is of and what it has lost. Its owner counts; anybody may read.
type connection struct {
	id           uint64
	kind, client string
	user         string
	pending      func() (waiting int, dropped, conflated uint64) // of what its owner has not taken yet

	dropped, conflated atomic.Uint64 // of what it has
}

// enter notes a connection; leave it when it is closed.
func (c *connections) enter(kind string, r *http.Request, pending func() (waiting int, dropped, conflated uint64)) *connection {
	one := &connection{kind: kind, client: r.RemoteAddr, pending: pending}
	if who := auth.IdentityOf(r.Context()); who != nil {
		one.user = who.User
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.open == nil {
		c.open = map[*connection]struct{}{}
	}
	c.next++
	one.id = c.next
	c.open[one] = struct{}{}
	return one
}

func (c *connections) leave(one *connection) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.open, one)
}

// all are the open connections, oldest first.
func (c *connections) all() []*connection {
	c.mu.Lock()
	defer c.mu.Unlock()
	all := make([]*connection, 0, len(c.open))
	for one := range c.open {
		all = append(all, one)
	}
	slices.SortFunc(all, func(a, b *connection) int { return cmp.Compare(a.id, b.id) })
	return all
}

// lost adds ticks that the client will not see.
func (c *connection) lost(h *Handler, dropped, conflated uint64) {
	c.dropped.Add(dropped)
	c.conflated.Add(conflated)
	h.counts.dropped.Add(dropped)
	h.counts.conflated.Add(conflated)
}

// behind is how far behind the client is, and what it has lost so far.
func (c *connection) behind() (waiting int, dropped, conflated uint64) {
	waiting, dropped, conflated = c.pending()
	return waiting, dropped + c.dropped.Load(), conflated + c.conflated.Load()
}

// labels name a connection in the metrics.
func (c *connection) labels() []string {
	return []string{strconv.FormatUint(c.id, 10), c.kind, c.client}
}

type connectionBody struct {
	ID        uint64 `json:"id"`
	Kind      string `json:"kind"`
	Client    string `json:"client"`
	User      string `json:"user"`
	Waiting   int    `json:"waiting"`
	Dropped   uint64 `json:"dropped"`
	Conflated uint64 `json:"conflated"`
}

// listConnections answers with who is connected and how far behind.
func (h *Handler) listConnections(w http.ResponseWriter, r *http.Request, _ string) error {
	all := []connectionBody{}
	for _, c := range h.connections.all() {
		waiting, dropped, conflated := c.behind()
		all = append(all, connectionBody{c.id, c.kind, c.client, c.user, waiting, dropped, conflated})
	}
	h.reply.value(w, r, http.StatusOK, all)
	return nil
}

const connectionsSchema = `{"type":"array","items":{"type":"object","properties":{"id":{"type":"integer"},` +
	`"kind":{"type":"string","enum":["stream","watch","events"]},"client":{"type":"string"},"user":{"type":"string"},` +
	`"waiting":{"type":"integer"},"dropped":{"type":"integer"},"conflated":{"type":"integer"}}}}`
