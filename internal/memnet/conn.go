package memnet

import (
	"net"
	"sync"
	"time"
)

// conn is one end of a connection: it reads from in, which the other end writes, and writes to out.
type conn struct {
	in, out *buffer
	writing sync.Mutex // one Write after the other, as on a network: none comes between the bytes of another
}

// Pipe returns the two ends of a new connection. Unlike those of net.Pipe they are buffered: a Write returns before
// the other end reads.
func Pipe() (a, b net.Conn) {
	x, y := newBuffer(), newBuffer()
	return &conn{in: x, out: y}, &conn{in: y, out: x}
}

func (c *conn) Read(p []byte) (int, error) {
	n, err := c.in.read(p)
	return n, wrap("read", err)
}

func (c *conn) Write(p []byte) (int, error) {
	c.writing.Lock()
	defer c.writing.Unlock()
	n, err := c.out.write(p)
	return n, wrap("write", err)
}

// Close ends both directions: the other end reads what is left and then io.EOF, its writes fail.
func (c *conn) Close() error {
	c.out.closeWriter()
	c.in.closeReader()
	return nil
}

func (c *conn) LocalAddr() net.Addr  { return addr{} }
func (c *conn) RemoteAddr() net.Addr { return addr{} }

func (c *conn) SetDeadline(t time.Time) error {
	c.in.reading.set(c.in, t)
	c.out.writing.set(c.out, t)
	return nil
}

func (c *conn) SetReadDeadline(t time.Time) error {
	c.in.reading.set(c.in, t)
	return nil
}

func (c *conn) SetWriteDeadline(t time.Time) error {
	c.out.writing.set(c.out, t)
	return nil
}
