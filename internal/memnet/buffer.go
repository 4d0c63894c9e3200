package memnet

import (
	"io"
	"net"
	"os"
	"sync"
	"syscall"
	"time"
)

// capacity bounds the bytes under way in one direction.
const capacity = 64 << 10

// buffer is one direction of a connection: a ring that grows up to capacity.
type buffer struct {
	mu      sync.Mutex
	changed sync.Cond

	ring       []byte
	head, size int

	readerGone, writerGone bool
	reading, writing       deadline
}

func newBuffer() *buffer {
	b := &buffer{}
	b.changed.L = &b.mu
	return b
}

func (b *buffer) read(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for {
		switch {
		case b.readerGone:
			return 0, net.ErrClosed
		case b.reading.passed:
			return 0, os.ErrDeadlineExceeded
		case len(p) == 0:
			return 0, nil
		case b.size > 0:
			b.changed.Broadcast()
			return b.take(p), nil
		case b.writerGone:
			return 0, io.EOF
		}
		b.changed.Wait()
	}
}

func (b *buffer) write(p []byte) (written int, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for {
		switch {
		case b.writerGone:
			return written, net.ErrClosed
		case b.readerGone:
			return written, syscall.EPIPE
		case b.writing.passed:
			return written, os.ErrDeadlineExceeded
		case len(p) == 0:
			return written, nil
		case b.size < capacity:
			n := b.put(p)
			written, p = written+n, p[n:]
			b.changed.Broadcast()
			continue
		}
		b.changed.Wait()
	}
}

// take moves up to len(p) bytes out of the ring.
func (b *buffer) take(p []byte) int {
	n := min(len(p), b.size)
	first := copy(p[:n], b.ring[b.head:min(b.head+n, len(b.ring))])
	copy(p[first:n], b.ring)
	b.head, b.size = b.head+n, b.size-n
	if b.head >= len(b.ring) {
		b.head -= len(b.ring)
	}
	if b.size == 0 {
		b.head = 0
	}
	return n
}

// put moves as much of p into the ring as its capacity allows.
func (b *buffer) put(p []byte) int {
	n := min(len(p), capacity-b.size)
	b.grow(b.size + n)
	tail := b.head + b.size
	if tail >= len(b.ring) {
		tail -= len(b.ring)
	}
	first := copy(b.ring[tail:], p[:n])
	copy(b.ring, p[first:n])
	b.size += n
	return n
}

func (b *buffer) grow(need int) {
	if need <= len(b.ring) {
		return
	}
	room := max(len(b.ring), 4<<10)
	for room < need {
		room *= 2
	}
	ring := make([]byte, room)
	n := copy(ring, b.ring[b.head:min(b.head+b.size, len(b.ring))])
	copy(ring[n:b.size], b.ring)
	b.ring, b.head = ring, 0
}

func (b *buffer) closeWriter() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.writerGone = true
	b.writing.stop()
	b.changed.Broadcast()
}

func (b *buffer) closeReader() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.readerGone = true
	b.ring, b.head, b.size = nil, 0, 0
	b.reading.stop()
	b.changed.Broadcast()
}

// deadline is the read or write deadline of a buffer, guarded by the buffer's mutex.
type deadline struct {
	timer  *time.Timer
	turn   int
	passed bool
}

func (d *deadline) stop() {
	d.turn++
	if d.timer != nil {
		d.timer.Stop()
	}
}

// set moves the deadline to t; the zero time is no deadline. A timer that fires after a later set changes nothing.
func (d *deadline) set(b *buffer, t time.Time) {
	b.mu.Lock()
	defer b.mu.Unlock()
	d.stop()
	wait := time.Until(t)
	d.passed = !t.IsZero() && wait <= 0
	b.changed.Broadcast()
	if t.IsZero() || d.passed {
		return
	}
	turn := d.turn
	d.timer = time.AfterFunc(wait, func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		if d.turn == turn {
			d.passed = true
			b.changed.Broadcast()
		}
	})
}

// wrap gives err the form that net's own connections use; io.EOF stays bare.
func wrap(op string, err error) error {
	if err == nil || err == io.EOF {
		return err
	}
	return opError(op, err)
}
