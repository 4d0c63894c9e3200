package memnet

import (
	"context"
	"net"
	"sync"
)

// Listener accepts the connections that its Dial makes. All methods may be called from any goroutine.
type Listener struct {
	accepted chan net.Conn
	closed   chan struct{}
	once     sync.Once
}

var _ net.Listener = (*Listener)(nil)

// Listen returns an open listener. It holds no resources of the system and need not be closed, but only Close makes
// its Accept return.
func Listen() *Listener {
	return &Listener{accepted: make(chan net.Conn), closed: make(chan struct{})}
}

// Accept waits for a Dial and returns the server's end of its connection; after Close it returns net.ErrClosed.
func (l *Listener) Accept() (net.Conn, error) {
	select {
	case c := <-l.accepted:
		return c, nil
	case <-l.closed:
		return nil, opError("accept", net.ErrClosed)
	}
}

// Dial connects to the listener; network and addr are ignored, so that it fits http.Transport.DialContext and
// websocket.Dialer.NetDialContext. It waits until the connection is accepted and returns net.ErrClosed after Close,
// or ctx's error.
func (l *Listener) Dial(ctx context.Context, network, addr string) (net.Conn, error) {
	client, server := Pipe()
	select {
	case <-l.closed:
		return nil, opError("dial", net.ErrClosed)
	default:
	}
	select {
	case l.accepted <- server:
		return client, nil
	case <-l.closed:
		return nil, opError("dial", net.ErrClosed)
	case <-ctx.Done():
		return nil, opError("dial", ctx.Err())
	}
}

// Close makes Accept and Dial return net.ErrClosed. Connections made before stay open. It never fails.
func (l *Listener) Close() error {
	l.once.Do(func() { close(l.closed) })
	return nil
}

// Addr returns the address of the listener, which is the same for all: network "memory", address "memory".
func (l *Listener) Addr() net.Addr { return addr{} }

type addr struct{}

func (addr) Network() string { return "memory" }
func (addr) String() string  { return "memory" }

func opError(op string, err error) error {
	return &net.OpError{Op: op, Net: "memory", Addr: addr{}, Err: err}
}
