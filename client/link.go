package client

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/gorilla/websocket"
)

const (
	watchID   = "w1" // one watch a connection
	maxFrame  = 256 << 20
	frameWait = 15 * time.Second // the gateway sends at least once a second
)

// link is one WebSocket connection of a watch. One goroutine uses it; the context it was opened with cuts it.
type link struct {
	url  string
	conn *websocket.Conn
	stop func() bool
}

type watchRequest struct {
	Action   string   `json:"action"`
	ID       string   `json:"id"`
	Channels []string `json:"channels"`
	Policy   string   `json:"policy"`
	History  int      `json:"history"`
	Interval int64    `json:"interval_ms"`
}

// open connects, asks for the watch and reads its first frame.
func (w *Watch) open(ctx context.Context) (*link, Frame, error) {
	l, err := w.c.connect(ctx)
	if err != nil {
		return nil, Frame{}, err
	}
	first, err := l.start(w.opts)
	if err != nil {
		l.close()
		return nil, Frame{}, err
	}
	return l, first, nil
}

// connect upgrades a connection at gw/watch.
func (c *Client) connect(ctx context.Context) (*link, error) {
	conn, err := c.dial(ctx, "/gw/watch")
	if err != nil {
		return nil, err
	}
	return &link{url: c.URL(), conn: conn, stop: context.AfterFunc(ctx, func() { conn.Close() })}, nil
}

func (l *link) start(o WatchOptions) (Frame, error) {
	policy := "latest"
	if o.Every {
		policy = "every"
	}
	err := l.write(watchRequest{"watch", watchID, o.Channels, policy, o.History, o.Interval.Milliseconds()})
	if err != nil {
		return Frame{}, err
	}
	return l.read()
}

// read waits for the next frame.
func (l *link) read() (Frame, error) {
	if err := l.conn.SetReadDeadline(deadline()); err != nil {
		return Frame{}, err
	}
	_, data, err := l.conn.ReadMessage()
	if err != nil {
		return Frame{}, closeReason(err)
	}
	f, refusal, err := decodeFrame(data)
	switch {
	case err != nil:
		return Frame{}, fmt.Errorf("broken frame: %w", err)
	case refusal != "":
		return Frame{}, &APIError{Status: http.StatusNotFound, Detail: refusal, request: "watch " + l.url}
	}
	return f, nil
}

// ack lets the gateway send the next frame.
func (l *link) ack(seq uint64) error {
	return l.write(struct {
		Action string `json:"action"`
		ID     string `json:"id"`
		Seq    uint64 `json:"seq"`
	}{"ack", watchID, seq})
}

func (l *link) write(v any) error {
	if err := l.conn.SetWriteDeadline(deadline()); err != nil {
		return err
	}
	return l.conn.WriteJSON(v)
}

// deadline is when a gateway that neither sends nor takes anything is given up.
func deadline() time.Time { return time.Now().Add(frameWait) }

func (l *link) close() {
	l.stop()
	l.conn.Close()
}

// closeReason makes a plain "closed" of a close frame, keeping the gateway's words if it sent some.
func closeReason(err error) error {
	var closed *websocket.CloseError
	if !errors.As(err, &closed) {
		return err
	}
	if closed.Text == "" || closed.Code == websocket.CloseAbnormalClosure {
		return io.EOF
	}
	return fmt.Errorf("the gateway closed the connection: %s", closed.Text)
}
