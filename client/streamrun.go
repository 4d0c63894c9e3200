package client

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"

	"github.com/gorilla/websocket"
)

// dial upgrades a connection at a path below the prefix. ctx cuts it.
func (c *Client) dial(ctx context.Context, path string) (*websocket.Conn, error) {
	d := websocket.Dialer{HandshakeTimeout: c.opts.Timeout, NetDialContext: c.opts.Dial, TLSClientConfig: c.opts.TLS}
	if c.opts.Dial == nil {
		d.Proxy = http.ProxyFromEnvironment
	}
	address := c.base.String() + c.opts.Prefix + path
	header := c.header()
	header.Del("Accept")
	conn, res, err := d.DialContext(ctx, "ws"+strings.TrimPrefix(address, "http"), header)
	if errors.Is(err, websocket.ErrBadHandshake) && res != nil {
		body, _ := io.ReadAll(io.LimitReader(res.Body, 1<<20))
		return nil, newAPIError("GET "+address, res.StatusCode, body)
	}
	if err != nil {
		return nil, err
	}
	conn.SetReadLimit(maxFrame)
	return conn, nil
}

func writeWord(conn *websocket.Conn, w streamWord) error {
	if err := conn.SetWriteDeadline(deadline()); err != nil {
		return err
	}
	return conn.WriteJSON(w)
}

// run delivers messages and restores the connection until ctx ends or the gateway refuses.
func (s *Stream) run(ctx context.Context, conn *websocket.Conn) {
	defer close(s.messages)
	for {
		err := s.pump(ctx, conn)
		conn, err = s.restore(ctx, err)
		if err != nil {
			if ctx.Err() == nil {
				s.mu.Lock()
				s.err = err
				s.mu.Unlock()
			}
			return
		}
	}
}

// pump delivers what one connection brings; the error says why it ended. The gateway pings at least every 20 s.
func (s *Stream) pump(ctx context.Context, conn *websocket.Conn) error {
	cut := context.AfterFunc(ctx, func() { conn.Close() })
	defer cut()
	defer s.leave(conn)
	for {
		_, data, err := conn.ReadMessage()
		if err != nil {
			return closeReason(err)
		}
		var m Message
		if json.Unmarshal(data, &m) != nil {
			continue
		}
		if !s.deliver(ctx, m) {
			return ctx.Err()
		}
	}
}

func (s *Stream) leave(conn *websocket.Conn) {
	s.mu.Lock()
	s.conn = nil
	s.mu.Unlock()
	conn.Close()
}

func (s *Stream) deliver(ctx context.Context, m Message) bool {
	select {
	case s.messages <- m:
		return true
	case <-ctx.Done():
		return false
	}
}

// restore tries again, waiting longer each time, until there is a connection or no hope, and subscribes again.
func (s *Stream) restore(ctx context.Context, err error) (*websocket.Conn, error) {
	wait := s.c.opts.Retry
	for {
		if ctx.Err() != nil || hopeless(err) {
			return nil, err
		}
		if !s.deliver(ctx, Message{Lost: s.c.explain(ctx, "stream "+s.c.URL(), err)}) || !pause(ctx, wait) {
			return nil, ctx.Err()
		}
		wait = min(2*wait, 20*s.c.opts.Retry)
		var conn *websocket.Conn
		if conn, err = s.c.dial(ctx, "/stream"); err != nil {
			continue
		}
		if err = s.resume(conn); err == nil {
			return conn, nil
		}
		conn.Close()
	}
}

// resume says again on a new connection what was said before.
func (s *Stream) resume(conn *websocket.Conn) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.conn, s.wants = conn, lasting(s.wants)
	for _, w := range s.wants {
		if err := writeWord(conn, w); err != nil {
			s.conn = nil
			return err
		}
	}
	return nil
}

// lasting leaves out what a later word takes back: of a channel and key only the last word counts, and leaving a whole
// basket takes its keys back too.
func lasting(words []streamWord) []streamWord {
	var kept []streamWord
	for i, w := range words {
		if !overruled(w, words[i+1:]) {
			kept = append(kept, w)
		}
	}
	return kept
}

func overruled(w streamWord, later []streamWord) bool {
	for _, l := range later {
		same := w.Key == nil && l.Key == nil || w.Key != nil && l.Key != nil && *w.Key == *l.Key
		if l.Channel == w.Channel && (same || l.Key == nil) {
			return true
		}
	}
	return false
}
