package httpapi

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/websocket"

	"gw/gateway"
)

const (
	maxWatches = 16 // a connection
	idleFrame  = time.Second
)

// watcher is one client of gw/watch with its watches, each of which has a goroutine and a subscription of its own.
type watcher struct {
	h   *Handler
	cat *catalog
	s   *socket
	ctx context.Context

	conn    *connection
	mu      sync.Mutex
	watches map[string]*watch
	running sync.WaitGroup
}

func (h *Handler) watch(cat *catalog) handle {
	return func(w http.ResponseWriter, r *http.Request, _ string) error {
		if !websocket.IsWebSocketUpgrade(r) {
			h.reply.value(w, r, http.StatusOK, cat.watched())
			return nil
		}
		wr := &watcher{h: h, cat: cat, watches: map[string]*watch{}}
		wr.conn = h.connections.enter("watch", r, wr.pending)
		defer h.connections.leave(wr.conn)
		return h.serveSocket(w, r, func(ctx context.Context, s *socket) talker {
			wr.s, wr.ctx = s, ctx
			return wr
		})
	}
}

// pending is what waits for the client in all of its watches.
func (wr *watcher) pending() (waiting int, dropped, conflated uint64) {
	wr.mu.Lock()
	defer wr.mu.Unlock()
	for _, v := range wr.watches {
		w, d, c := v.sub.Pending()
		waiting, dropped, conflated = waiting+w, dropped+d, conflated+c
	}
	return waiting, dropped, conflated
}

// run waits for the end of the connection and of its watches.
func (wr *watcher) run(ctx context.Context) farewell {
	<-ctx.Done()
	wr.mu.Lock()
	wr.watches = nil
	wr.mu.Unlock()
	wr.running.Wait()
	return farewell{}
}

func (wr *watcher) heard(text []byte) {
	m, err := readWatchMessage(text)
	if err == nil {
		err = wr.act(m)
	}
	if err != nil {
		wr.s.write(refusal(m.ID, err))
	}
}

func (wr *watcher) act(m watchMessage) error {
	wr.mu.Lock()
	defer wr.mu.Unlock()
	have := wr.watches[m.ID]
	switch {
	case wr.watches == nil:
		return nil
	case m.Action == "ack":
		have.ack(m.Seq)
		return nil
	case m.Action == "unwatch":
		have.end()
		delete(wr.watches, m.ID)
		return nil
	case have == nil && len(wr.watches) >= maxWatches:
		return fmt.Errorf("id: got the %dth watch of this connection, want at most %d", maxWatches+1, maxWatches)
	}
	selected, err := wr.cat.selected(m.Channels)
	if err != nil {
		return err
	}
	have.end()
	next, err := wr.start(m, selected)
	if err != nil {
		return err
	}
	wr.watches[m.ID] = next
	return nil
}

// start subscribes first and takes the snapshot then, so that no tick falls between the two.
func (wr *watcher) start(m watchMessage, selected []gateway.Selector) (*watch, error) {
	opts := gateway.SubscribeOptions{Select: selected, Policy: gateway.Latest, Limit: wr.h.cfg.Queue, Full: gateway.DropOldest}
	if m.Policy == "every" {
		opts.Policy = gateway.Every
	}
	ctx, cancel := context.WithCancel(wr.ctx)
	sub, err := wr.h.g.Subscribe(ctx, opts)
	if err != nil {
		cancel()
		return nil, err
	}
	v := &watch{
		h: wr.h, cat: wr.cat, s: wr.s, conn: wr.conn, sub: sub, cancel: cancel, acks: make(chan uint64, 1),
		interval: m.interval(), id: encode(m.ID), name: m.ID, arrow: m.Format == "arrow", ended: wr.h.g.Done(),
	}
	v.remember(ctx, selected, max(m.History, 1))
	wr.running.Go(func() {
		defer sub.Close()
		v.run(ctx)
	})
	return v, nil
}

// selected returns what names mean: "*", a channel, or "basket/key". What nothing provides is left out: it never ticks.
func (c *catalog) selected(names []string) ([]gateway.Selector, error) {
	if len(names) == 0 {
		return nil, errors.New(`channels: got none, want names or "*"`)
	}
	var all []gateway.Selector
	for _, name := range names {
		some, err := c.byName(name)
		if err != nil {
			return nil, err
		}
		for _, s := range some {
			if c.named[s.Channel].Provided() && !slices.Contains(all, s) {
				all = append(all, s)
			}
		}
	}
	return all, nil
}

func (c *catalog) byName(name string) ([]gateway.Selector, error) {
	if name == "*" {
		var all []gateway.Selector
		for _, p := range c.ports {
			all = append(all, selectors(p)...)
		}
		return all, nil
	}
	if p := c.named[name]; p != nil {
		return selectors(p), nil
	}
	channel, key, _ := strings.Cut(name, "/")
	s := gateway.Selector{Channel: channel, Key: key}
	if _, ok := c.heads[s]; !ok || key == "" {
		return nil, &gateway.NotFoundError{What: "Channel", Name: cut(name)}
	}
	return []gateway.Selector{s}, nil
}

// watch is one view: frames of what happened since the frame before, each sent only after the client has
// acknowledged the one before. Meanwhile ticks wait in the subscription under its policy.
type watch struct {
	h        *Handler
	cat      *catalog
	s        *socket
	conn     *connection
	sub      *gateway.Subscription
	cancel   context.CancelFunc
	acks     chan uint64
	interval time.Duration
	id       []byte
	name     string
	arrow    bool // frames are Arrow, not JSON

	changed <-chan struct{} // closed when the status changes from the one sent last
	ended   <-chan struct{} // closed when the gateway ends; nil once that has been sent
	seq     uint64
	pending []*gateway.Tick // taken, but not sent for lack of room
	seen    map[gateway.Selector]uint64
	buf     []byte
}

// ack keeps the highest number that the client has acknowledged.
func (v *watch) ack(seq uint64) {
	if v == nil {
		return
	}
	select {
	case before := <-v.acks:
		seq = max(seq, before)
	default:
	}
	v.acks <- seq
}

func (v *watch) end() {
	if v != nil {
		v.cancel()
	}
}

// remember puts the last n ticks of each selector into the first frame, in the order in which they happened.
func (v *watch) remember(ctx context.Context, selected []gateway.Selector, n int) {
	v.seen = map[gateway.Selector]uint64{}
	for _, s := range selected {
		ticks := v.h.g.Recent(ctx, s.Channel, s.Key, n)
		if len(ticks) > 0 {
			v.seen[s] = ticks[len(ticks)-1].N
			v.pending = append(v.pending, ticks...)
		}
	}
	slices.SortStableFunc(v.pending, func(a, b *gateway.Tick) int { return cmp.Compare(a.Cycle, b.Cycle) })
}

// run sends frames until ctx ends or the client is gone.
func (v *watch) run(ctx context.Context) {
	defer v.cancel()
	for v.send() == nil {
		sent := time.NewTimer(v.interval)
		idle := time.NewTimer(max(idleFrame, v.interval))
		next := v.acknowledged(ctx) && v.rested(ctx, sent) && v.somethingToSay(ctx, idle)
		sent.Stop()
		idle.Stop()
		if !next {
			return
		}
	}
}

// acknowledged waits for the client's word that it is done with the last frame.
func (v *watch) acknowledged(ctx context.Context) bool {
	for {
		select {
		case <-ctx.Done():
			return false
		case seq := <-v.acks:
			if seq >= v.seq {
				return true
			}
		}
	}
}

func (v *watch) rested(ctx context.Context, sent *time.Timer) bool {
	select {
	case <-ctx.Done():
		return false
	case <-sent.C:
		return true
	}
}

// somethingToSay waits for ticks, a change of the status, or the time for a sign of life.
func (v *watch) somethingToSay(ctx context.Context, idle *time.Timer) bool {
	if len(v.pending) > 0 {
		return true
	}
	select {
	case <-ctx.Done():
		return false
	case <-v.sub.Ready():
	case <-v.changed:
	case <-v.ended:
		v.ended = nil
	case <-idle.C:
	}
	return true
}

// send writes the next frame.
func (v *watch) send() error {
	var dropped, conflated uint64
	if v.seq > 0 && len(v.pending) == 0 {
		v.pending, dropped, conflated = v.sub.Take()
		v.pending = v.unseen(v.pending)
	}
	v.conn.lost(v.h, dropped, conflated)
	v.seq++
	v.changed = v.h.g.Control().Changed()
	f := watchFrame{id: v.id, name: v.name, seq: v.seq, snapshot: v.seq == 1, status: v.h.statusNow(), dropped: dropped, conflated: conflated}
	if v.arrow {
		head, streams, rest, err := f.arrow(v.cat, v.pending)
		if err != nil {
			return err
		}
		v.pending = rest
		return v.s.writeParts(head, streams)
	}
	v.buf, v.pending = f.appendTo(v.buf[:0], v.cat, v.pending)
	return v.s.write(v.buf)
}

// unseen leaves out the ticks that the snapshot had already. They can only be in the first ones taken.
func (v *watch) unseen(ticks []*gateway.Tick) []*gateway.Tick {
	if len(ticks) == 0 || len(v.seen) == 0 {
		return ticks
	}
	fresh := make([]*gateway.Tick, 0, len(ticks))
	for _, t := range ticks {
		if t.N > v.seen[gateway.Selector{Channel: t.Channel, Key: t.Key}] {
			fresh = append(fresh, t)
		}
	}
	v.seen = nil
	return fresh
}
