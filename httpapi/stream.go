package httpapi

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/gorilla/websocket"

	"gw/gateway"
	"gw/httpapi/auth"
)

// heartbeat is the name under which the stream takes subscriptions to its own pulse.
const heartbeat = "heartbeat"

// pulse is the frame of the heartbeat, to the byte what csp-gateway sends.
const pulse = `{"channel": "heartbeat", "data": "PING"}`

// writesPerSecond bounds how often all clients of the stream together are written to. Most of what a frame costs is the
// write and the wake-up of its writer; a client that was just written to therefore waits for its turn, and then gets all
// frames that came meanwhile in one write. With few clients the turn comes at once.
const writesPerSecond = 50_000

// stream is one client of the stream. Its subscription is the only queue: run writes what it holds, one frame a tick,
// and a client that lets it overflow is cut off.
type stream struct {
	h      *Handler
	mount  StreamMount
	cat    *catalog // of what can be followed
	s      *socket
	ctx    context.Context // of sends; carries who asks
	sub    *gateway.Subscription
	beats  chan bool // whether the client wants the heartbeat
	frames framer
}

func (h *Handler) stream(m StreamMount, cat *catalog) handle {
	m.Heartbeat = cmp.Or(m.Heartbeat, h.cfg.Heartbeat)
	m.ReadOnly = m.ReadOnly || h.cfg.ReadOnly
	return func(w http.ResponseWriter, r *http.Request, _ string) error {
		if !websocket.IsWebSocketUpgrade(r) {
			h.reply.value(w, r, http.StatusOK, cat.streamed())
			return nil
		}
		sub, err := h.g.Subscribe(r.Context(), gateway.SubscribeOptions{Policy: gateway.Every, Limit: h.cfg.Queue, Full: gateway.Disconnect})
		if err != nil {
			return err
		}
		defer sub.Close()
		defer h.connections.leave(h.connections.enter("stream", r, sub.Pending))
		return h.serveSocket(w, r, func(ctx context.Context, s *socket) talker {
			return &stream{h: h, mount: m, cat: cat, s: s, ctx: ctx, sub: sub, beats: make(chan bool), frames: framer{heads: cat.heads}}
		})
	}
}

// heard acts on one message; what makes no sense is ignored.
func (st *stream) heard(text []byte) {
	m, ok := readStreamMessage(text)
	switch {
	case !ok:
		st.debug("a message that is none", m)
	case m.action == "subscribe" || m.action == "unsubscribe":
		st.subscribe(m, m.action == "subscribe")
	case m.action == "send":
		st.send(m)
	default:
		st.debug("an action that there is not", m)
	}
}

// debug notes what is ignored, without the values in it.
func (st *stream) debug(what string, m streamMessage) {
	if st.mount.Debug {
		st.h.cfg.Log.Info("stream: ignored "+what, "client", st.s.ws.RemoteAddr().String(), "action", cut(m.action), "channel", cut(m.channel))
	}
}

func (st *stream) subscribe(m streamMessage, on bool) {
	if m.channel == heartbeat && !m.hasKey {
		select {
		case st.beats <- on:
		case <-st.ctx.Done():
		}
		return
	}
	selected := st.selected(m)
	if len(selected) == 0 {
		st.debug("a channel that there is not", m)
	}
	for _, s := range selected {
		if on {
			st.sub.Add(s)
		} else {
			st.sub.Remove(s)
		}
	}
}

// selected returns what a message means: a channel, all keys of a basket or one of them; nothing if there is none.
func (st *stream) selected(m streamMessage) []gateway.Selector {
	p := st.cat.named[m.channel]
	if p == nil {
		return nil
	}
	all := selectors(p)
	if !m.hasKey {
		return all
	}
	key := m.key
	if m.number {
		key, _ = p.KeyOf(m.value)
	}
	if key == "" || !slices.Contains(all, gateway.Selector{Channel: m.channel, Key: key}) {
		return nil
	}
	return []gateway.Selector{{Channel: m.channel, Key: key}}
}

func (st *stream) send(m streamMessage) {
	p := st.cat.named[m.channel]
	if st.mount.ReadOnly || !st.maySend(m.channel) || p == nil || isFalsy(m.data) || (p.Kind == gateway.KindBasket) != m.hasKey {
		st.debug("a send that is not possible", m)
		return
	}
	for _, s := range st.selected(m) {
		if _, err := st.h.g.Send(st.ctx, s.Channel, s.Key, m.data); err != nil {
			st.h.cfg.Log.Info("stream: send refused", "channel", path(s), "error", err)
		}
	}
}

// maySend reports whether who opened the stream may give values to a channel.
func (st *stream) maySend(channel string) bool {
	if st.h.cfg.Auth == nil {
		return true
	}
	need := auth.Send
	if channel == controlsChannel {
		need = auth.Control
	}
	return auth.IdentityOf(st.ctx).May(need)
}

// run writes frames until the client goes or falls behind.
func (st *stream) run(ctx context.Context) farewell {
	pulses, turn := time.NewTicker(st.mount.Heartbeat), time.NewTimer(0)
	pulses.Stop()
	defer pulses.Stop()
	defer turn.Stop()
	var ready <-chan struct{} // nil until it is the client's turn
	for {
		var err error
		select {
		case <-ctx.Done():
			return farewell{}
		case on := <-st.beats:
			pulses.Stop()
			if on {
				pulses.Reset(st.mount.Heartbeat)
			}
		case <-pulses.C:
			err = st.s.write([]byte(pulse))
		case <-turn.C:
			ready = st.sub.Ready()
		case <-ready:
			ready = nil
			err = st.drain()
			turn.Reset(st.h.turn())
		}
		if err != nil {
			return st.cutOff(err)
		}
	}
}

// turn is how long a client of the stream waits between two writes.
func (h *Handler) turn() time.Duration {
	return time.Duration(h.openSockets()) * time.Second / writesPerSecond
}

// bulks are where frames are laid out: there are only as many as clients are being written to.
var bulks = sync.Pool{New: func() any { return new([]byte) }}

// drain writes what waits, many frames at a time.
func (st *stream) drain() error {
	bulk := bulks.Get().(*[]byte)
	defer bulks.Put(bulk)
	ticks, _, _ := st.sub.Take()
	for len(ticks) > 0 {
		*bulk = (*bulk)[:0]
		n := 0
		for n < len(ticks) && len(*bulk) < bulkBytes {
			*bulk = st.frames.append(*bulk, ticks[n])
			n++
		}
		if err := st.s.writeFrames(*bulk, n); err != nil {
			return err
		}
		ticks = ticks[n:]
	}
	return st.sub.Err()
}

// cutOff names the reason for which the client loses its place.
func (st *stream) cutOff(err error) farewell {
	st.h.counts.cutOff.Add(1)
	why := farewell{websocket.CloseTryAgainLater, fmt.Sprintf("too slow: more than %d ticks waiting", st.h.cfg.Queue)}
	st.h.cfg.Log.Warn("stream: client cut off", "client", st.s.ws.RemoteAddr().String(), "reason", why.reason, "error", err)
	return why
}
