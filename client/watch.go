package client

import (
	"context"
	"errors"
	"math/rand/v2"
	"sync"
	"time"
)

// WatchOptions says what to watch and how.
type WatchOptions struct {
	// Channels by name, "basket/key" for one key of a basket, "*" for all.
	Channels []string
	// Every asks for every tick; without it only the latest of each channel and key in a frame.
	Every bool
	// History is how many past ticks of each channel and key the first frame should hold; at least the last one comes anyway.
	History int
	// Interval is the least time between two frames, in whole milliseconds; 0 means 100 ms.
	Interval time.Duration
}

// Watch is a live view of channels. It restores its connection by itself and goes on with a snapshot.
type Watch struct {
	c      *Client
	opts   WatchOptions
	frames chan Frame
	cancel context.CancelFunc
	done   chan struct{}

	mu  sync.Mutex
	err error
}

// Watch opens a live view and returns when its first frame is there. An unknown channel is an *APIError of
// status 404; a gateway that cannot be reached is an *UnreachableError. The view ends with Close, with ctx or with the client.
func (c *Client) Watch(ctx context.Context, o WatchOptions) (*Watch, error) {
	if err := c.begin(); err != nil {
		return nil, err
	}
	if o.Interval == 0 {
		o.Interval = 100 * time.Millisecond
	}
	w := &Watch{c: c, opts: o, frames: make(chan Frame), done: make(chan struct{})}
	bound, cancel := c.bind(ctx)
	w.cancel = cancel
	link, first, err := w.open(bound)
	if err != nil {
		cancel()
		c.work.Done()
		return nil, c.explain(ctx, "watch "+c.URL(), err)
	}
	go func() {
		defer c.work.Done()
		defer close(w.done)
		defer cancel()
		w.run(bound, link, first)
	}()
	return w, nil
}

// Frames delivers the frames. Taking one acknowledges it and lets the gateway send the next. The channel is closed
// when the view has ended; Err then says why.
func (w *Watch) Frames() <-chan Frame { return w.frames }

// Err is why the view ended by itself: the gateway refuses to go on with it. It is nil while the view lives and
// when it was ended by Close, ctx or the client.
func (w *Watch) Err() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.err
}

// Close ends the view and waits for its goroutine. It may be called twice.
func (w *Watch) Close() {
	w.cancel()
	<-w.done
}

// run delivers frames and restores the connection until ctx ends or the gateway refuses.
func (w *Watch) run(ctx context.Context, l *link, first Frame) {
	defer close(w.frames)
	for {
		err := w.pump(ctx, l, first)
		l.close()
		l, first, err = w.restore(ctx, err)
		if err != nil {
			w.fail(ctx, err)
			return
		}
	}
}

// pump hands over the frames of one connection; the error says why it ended.
func (w *Watch) pump(ctx context.Context, l *link, f Frame) error {
	for {
		if !w.deliver(ctx, f) {
			return ctx.Err()
		}
		if err := l.ack(f.Seq); err != nil {
			return err
		}
		var err error
		if f, err = l.read(); err != nil {
			return err
		}
	}
}

// restore tries again, waiting longer each time, until there is a connection or no hope.
func (w *Watch) restore(ctx context.Context, err error) (*link, Frame, error) {
	wait := w.c.opts.Retry
	for {
		if ctx.Err() != nil || hopeless(err) {
			return nil, Frame{}, err
		}
		if !w.deliver(ctx, Frame{Lost: w.c.explain(ctx, "watch "+w.c.URL(), err)}) || !pause(ctx, wait) {
			return nil, Frame{}, ctx.Err()
		}
		wait = min(2*wait, 20*w.c.opts.Retry)
		var l *link
		var f Frame
		if l, f, err = w.open(ctx); err == nil {
			return l, f, nil
		}
	}
}

func (w *Watch) deliver(ctx context.Context, f Frame) bool {
	select {
	case w.frames <- f:
		return true
	case <-ctx.Done():
		return false
	}
}

func (w *Watch) fail(ctx context.Context, err error) {
	if ctx.Err() != nil {
		return
	}
	w.mu.Lock()
	w.err = err
	w.mu.Unlock()
}

// hopeless reports whether trying again cannot help: the gateway has answered and said no.
func hopeless(err error) bool {
	var api *APIError
	return errors.As(err, &api) && api.Status/100 == 4
}

// pause waits d, up to a fifth more so that many clients do not come back at once; false if ctx ended first.
func pause(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d + rand.N(d/5+1))
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}
