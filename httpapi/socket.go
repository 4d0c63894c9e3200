package httpapi

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
	"unicode/utf8"

	"github.com/gorilla/websocket"
)

const (
	pingEvery    = 20 * time.Second
	pongWithin   = 2 * pingEvery
	writeWithin  = 10 * time.Second
	goodbye      = time.Second
	maxCloseText = 123 // RFC 6455, 5.5
)

// socket is one open WebSocket. write and end may be called from any goroutine.
type socket struct {
	ws       *websocket.Conn
	writing  sync.Mutex
	deadline time.Time // of frames that are written by themselves; guarded by writing
	counts   *counts
}

// serveSocket opens a WebSocket on r, runs its talker until that returns, and closes it with the talker's farewell.
// heard gets the text frames, one after the other, on a goroutine that has ended before serveSocket returns; the
// context ends when the client goes, the Handler closes or run returns.
func (h *Handler) serveSocket(w http.ResponseWriter, r *http.Request, talk func(context.Context, *socket) talker) error {
	if err := h.enterSocket(); err != nil {
		return err
	}
	defer h.leaveSocket()
	s, err := h.upgrade(w, r)
	if err != nil {
		return nil // the upgrade has answered
	}
	ctx, cancel := context.WithCancel(r.Context())
	defer cancel()
	defer context.AfterFunc(h.closing, cancel)()
	t := talk(ctx, s)
	var listening sync.WaitGroup
	listening.Go(func() {
		defer cancel()
		s.listen(t.heard)
	})
	listening.Go(func() { s.ping(ctx) })
	var expired atomic.Bool
	listening.Go(func() {
		watchLease(ctx, func() {
			expired.Store(true)
			cancel()
		})
	})
	why := t.run(ctx)
	if expired.Load() {
		why = errLeaseOver
	}
	if h.closing.Err() != nil {
		why = farewell{websocket.CloseGoingAway, "the gateway is closing"}
	}
	cancel()
	s.end(why)
	listening.Wait()
	return nil
}

// talker is what one kind of WebSocket does with its connection.
type talker interface {
	heard(text []byte)
	run(ctx context.Context) farewell
}

// farewell is a close code with its reason; the zero value closes without a word.
type farewell struct {
	code   int
	reason string
}

// enterSocket counts a WebSocket in, unless there are too many or the Handler is closing.
func (h *Handler) enterSocket() error {
	h.entering.Lock()
	defer h.entering.Unlock()
	if h.closing.Err() != nil {
		return &Error{http.StatusServiceUnavailable, "closing"}
	}
	if h.open >= h.cfg.MaxSockets {
		return &Error{http.StatusServiceUnavailable, "too many WebSockets"}
	}
	h.open++
	h.sockets.Add(1)
	return nil
}

func (h *Handler) leaveSocket() {
	h.entering.Lock()
	h.open--
	h.entering.Unlock()
	h.sockets.Done()
}

// openSockets is how many WebSockets are open.
func (h *Handler) openSockets() int {
	h.entering.Lock()
	defer h.entering.Unlock()
	return h.open
}

func (h *Handler) upgrade(w http.ResponseWriter, r *http.Request) (*socket, error) {
	up := websocket.Upgrader{
		HandshakeTimeout: writeWithin,
		CheckOrigin:      h.guard.originAllowed,
		Error: func(w http.ResponseWriter, r *http.Request, status int, why error) {
			h.fail(w, r, &Error{status, why.Error()})
		},
	}
	ws, err := up.Upgrade(w, r, nil)
	if err != nil {
		return nil, err
	}
	ws.SetReadLimit(h.cfg.MaxBody)
	return &socket{ws: ws, counts: &h.counts}, nil
}

// listen reads until the connection ends. Binary frames are ignored; text that is no UTF-8 ends the connection.
func (s *socket) listen(heard func([]byte)) {
	alive := func(string) error { return s.ws.SetReadDeadline(after(pongWithin)) }
	s.ws.SetPongHandler(alive)
	s.ws.SetPingHandler(func(data string) error { // as the library's own, but with the deadline that frames rely on
		s.ws.WriteControl(websocket.PongMessage, []byte(data), after(writeWithin))
		return nil
	})
	for alive("") == nil {
		kind, text, err := s.ws.ReadMessage()
		if err != nil {
			return
		}
		if kind != websocket.TextMessage {
			continue
		}
		if !utf8.Valid(text) {
			s.end(farewell{websocket.CloseInvalidFramePayloadData, "text is not UTF-8"})
			return
		}
		heard(text)
	}
}

func (s *socket) ping(ctx context.Context) {
	every := time.NewTicker(pingEvery)
	defer every.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-every.C:
			if s.ws.WriteControl(websocket.PingMessage, nil, after(writeWithin)) != nil {
				return
			}
		}
	}
}

// errStalled is the end of a connection whose client does not read.
var errStalled = errors.New("client does not read")

// write sends one text frame and waits until the system has taken it.
func (s *socket) write(text []byte) error {
	return s.writeParts(text, nil)
}

// writeParts writes a text frame and the binary ones that belong to it, with nothing in between.
func (s *socket) writeParts(text []byte, parts [][]byte) error {
	s.writing.Lock()
	defer s.writing.Unlock()
	if err := s.put(websocket.TextMessage, text); err != nil {
		return err
	}
	for _, p := range parts {
		if err := s.put(websocket.BinaryMessage, p); err != nil {
			return err
		}
	}
	return nil
}

// put writes one frame. The caller has the lock.
func (s *socket) put(kind int, frame []byte) error {
	s.ws.SetWriteDeadline(after(writeWithin))
	if err := s.ws.WriteMessage(kind, frame); err != nil {
		return errors.Join(errStalled, err)
	}
	s.sent(1, len(frame))
	return nil
}

// writeFrames sends frames that are laid out as they go over the wire, and waits until the system has taken them. What
// the WebSocket library sends by itself, such as a pong, comes before or after: a connection does one write at a time.
func (s *socket) writeFrames(frames []byte, n int) error {
	s.writing.Lock()
	defer s.writing.Unlock()
	conn := s.ws.NetConn()
	if now := time.Now(); s.deadline.Sub(now) < writeWithin/2 { // to move it costs more than a frame
		s.deadline = now.Add(writeWithin)
		conn.SetWriteDeadline(s.deadline)
	}
	if _, err := conn.Write(frames); err != nil {
		return errors.Join(errStalled, err)
	}
	s.sent(n, len(frames))
	return nil
}

// sent counts frames and their bytes.
func (s *socket) sent(frames, bytes int) {
	s.counts.frames.Add(uint64(frames))
	s.counts.frameSize.Add(uint64(bytes))
}

// end says why, if the client still reads, and closes the connection.
func (s *socket) end(why farewell) {
	if why.code != 0 {
		reason := why.reason
		if len(reason) > maxCloseText {
			reason = reason[:maxCloseText]
		}
		s.ws.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(why.code, reason), after(goodbye))
	}
	s.ws.Close()
}

// after is the moment d from now on the wall clock, as deadlines of connections want it.
func after(d time.Duration) time.Time { return time.Now().Add(d) }
