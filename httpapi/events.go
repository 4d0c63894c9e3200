package httpapi

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"gw/gateway"
)

// eventsQuiet is how long events are silent before a comment shows that the connection lives.
const eventsQuiet = 15 * time.Second

// events answers with the ticks of ?channels=a,b/key (default all) as server-sent events, for curl -N and EventSource:
// the event's name is the channel, its id the engine cycle, its data the frame of the stream. A reader that is too slow
// loses the oldest ticks, and is told how many.
func (h *Handler) events(cat *catalog) handle {
	return func(w http.ResponseWriter, r *http.Request, _ string) error {
		text, given := queryParameter(r, "channels")
		if !given {
			text = "*"
		}
		selected, err := cat.selected(strings.Split(text, ","))
		if err != nil {
			return err
		}
		if err := h.enterSocket(); err != nil {
			return err
		}
		defer h.leaveSocket()
		sub, err := h.g.Subscribe(r.Context(), gateway.SubscribeOptions{Select: selected, Limit: h.cfg.Queue, Full: gateway.DropOldest})
		if err != nil {
			return err
		}
		defer sub.Close()
		one := h.connections.enter("events", r, sub.Pending)
		defer h.connections.leave(one)
		w.Header().Set("Content-Type", "text/event-stream")
		w.Header().Set("Cache-Control", "no-store")
		w.Header().Set("X-Accel-Buffering", "no")
		e := &eventWriter{w: w, out: http.NewResponseController(w), cat: cat, sub: sub, lost: func(n uint64) { one.lost(h, n, 0) }}
		e.run(r, h)
		return nil
	}
}

// eventWriter is one reader of events.
type eventWriter struct {
	w   http.ResponseWriter
	out *http.ResponseController
	cat *catalog
	sub *gateway.Subscription
	buf []byte

	lost func(dropped uint64)
}

func (e *eventWriter) run(r *http.Request, h *Handler) {
	quiet := time.NewTicker(eventsQuiet)
	defer quiet.Stop()
	lease := time.NewTicker(leaseCheck)
	defer lease.Stop()
	grant := grantOf(r.Context())
	for e.flush() == nil {
		select {
		case <-r.Context().Done():
			return
		case <-h.closing.Done():
			return
		case <-h.g.Done():
			e.take()
			e.flush()
			return
		case <-lease.C:
			if grant.Valid != nil && !grant.Valid() {
				return
			}
		case <-quiet.C:
			e.buf = append(e.buf, ": still here\n\n"...)
		case <-e.sub.Ready():
			e.take()
		}
	}
}

// take renders what waits.
func (e *eventWriter) take() {
	ticks, dropped, _ := e.sub.Take()
	if dropped > 0 {
		e.lost(dropped)
		e.buf = fmt.Appendf(e.buf, "event: dropped\ndata: {\"dropped\":%d}\n\n", dropped)
	}
	for _, t := range ticks {
		s := gateway.Selector{Channel: t.Channel, Key: t.Key}
		e.buf = append(append(e.buf, "event: "...), eventName(path(s))...)
		e.buf = strconv.AppendUint(append(e.buf, "\nid: "...), t.Cycle, 10)
		e.buf = append(append(e.buf, "\ndata: "...), e.cat.heads[s]...)
		e.buf = append(append(e.buf, t.JSON()...), "}\n\n"...)
	}
}

// eventName keeps a name on its line.
func eventName(name string) string {
	return strings.NewReplacer("\n", "_", "\r", "_").Replace(name)
}

func (e *eventWriter) flush() error {
	e.out.SetWriteDeadline(after(writeWithin))
	if len(e.buf) > 0 {
		if _, err := e.w.Write(e.buf); err != nil {
			return err
		}
		e.buf = e.buf[:0]
	}
	return e.out.Flush()
}
