package client

import (
	"context"
	"encoding/json"
	"errors"
	"sync"

	"github.com/gorilla/websocket"
)

// Message is what a stream delivers: one tick of a channel, for a basket of one key.
type Message struct {
	Channel string `json:"channel"`
	Key     string `json:"key"`
	// Data is a JSON array of the tick's values; of the channel "heartbeat" a string.
	Data json.RawMessage `json:"data"`
	// Lost is set on a message that the client makes itself when the connection is lost, and again after each attempt to
	// restore it that did not work. Ticks in between are lost; everything else in such a message is zero.
	Lost error `json:"-"`
}

// Stream is every tick of some channels as csp-gateway's protocol has it: gw's Watch knows more, a Stream works with
// csp-gateway's own server too. It restores its connection by itself and subscribes again.
// Its methods may be called from any goroutine.
type Stream struct {
	c        *Client
	messages chan Message
	cancel   context.CancelFunc
	done     chan struct{}

	mu    sync.Mutex
	conn  *websocket.Conn // nil while there is none
	wants []streamWord    // subscriptions in their order
	err   error
}

// streamWord is what a client of a stream says.
type streamWord struct {
	Action  string          `json:"action"`
	Channel string          `json:"channel"`
	Key     *string         `json:"key,omitempty"`
	Data    json.RawMessage `json:"data,omitempty"`
}

// ErrNotConnected is what Publish returns while a stream has no connection.
var ErrNotConnected = errors.New("client: the stream is not connected")

// Stream opens a stream without subscriptions. It ends with Close, with ctx or with the client.
func (c *Client) Stream(ctx context.Context) (*Stream, error) {
	if err := c.begin(); err != nil {
		return nil, err
	}
	s := &Stream{c: c, messages: make(chan Message), done: make(chan struct{})}
	bound, cancel := c.bind(ctx)
	s.cancel = cancel
	conn, err := c.dial(bound, "/stream")
	if err != nil {
		cancel()
		c.work.Done()
		return nil, c.explain(ctx, "stream "+c.URL(), err)
	}
	s.conn = conn
	go func() {
		defer c.work.Done()
		defer close(s.done)
		defer cancel()
		s.run(bound, conn)
	}()
	return s, nil
}

// Messages delivers the ticks. The channel is closed when the stream has ended; Err then says why.
func (s *Stream) Messages() <-chan Message { return s.messages }

// Err is why the stream ended by itself: the gateway refuses to go on with it.
func (s *Stream) Err() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.err
}

// Close ends the stream and waits for its goroutine. It may be called twice.
func (s *Stream) Close() {
	s.cancel()
	<-s.done
}

// Subscribe asks for the ticks of a channel ("heartbeat" is one, too), of a basket of one key or, if key is "", of all.
// The gateway ignores names that it does not know.
func (s *Stream) Subscribe(channel, key string) error {
	return s.say(word("subscribe", channel, key, nil))
}

// Unsubscribe ends what Subscribe began.
func (s *Stream) Unsubscribe(channel, key string) error {
	return s.say(word("unsubscribe", channel, key, nil))
}

// Publish sends values to a channel. The gateway ignores what it does not take: to learn why, use Client.Send.
func (s *Stream) Publish(channel, key string, data json.RawMessage) error {
	return s.say(word("send", channel, key, data))
}

func word(action, channel, key string, data json.RawMessage) streamWord {
	w := streamWord{Action: action, Channel: channel, Data: data}
	if key != "" {
		w.Key = &key
	}
	return w
}

// say writes w, and remembers a subscription for the next connection.
func (s *Stream) say(w streamWord) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if w.Action != "send" {
		s.wants = append(s.wants, w)
	}
	if s.conn == nil {
		if w.Action == "send" {
			return ErrNotConnected
		}
		return nil
	}
	return writeWord(s.conn, w)
}
