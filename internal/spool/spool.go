package spool

import (
	"context"
	"errors"
	"io"
	"strconv"
	"sync"
)

// pendingLimit is how many bytes may wait to be written before a spool refuses more.
const pendingLimit = 64 << 20

// Spool writes what the engine hands over. Make one with New.
type Spool struct {
	mu      sync.Mutex
	wake    *sync.Cond
	pending []byte
	failed  error
	ended   bool
	done    chan struct{}
}

// New begins to write to w, and closes it at the end if it is an io.Closer of the spool's own.
func New(w io.Writer, owned bool) *Spool {
	s := &Spool{done: make(chan struct{})}
	s.wake = sync.NewCond(&s.mu)
	go s.run(w, owned)
	return s
}

func (s *Spool) run(w io.Writer, owned bool) {
	defer close(s.done)
	for {
		text, ended := s.take()
		_, err := w.Write(text)
		if !ended && err == nil {
			continue
		}
		if c, ok := w.(io.Closer); ok && owned {
			err = errors.Join(err, c.Close())
		}
		s.mu.Lock()
		s.failed = errors.Join(s.failed, err)
		s.mu.Unlock()
		return
	}
}

// take waits for something to write.
func (s *Spool) take() (text []byte, ended bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for len(s.pending) == 0 && !s.ended {
		s.wake.Wait()
	}
	text, s.pending = s.pending, nil
	return text, s.ended
}

// Write hands a copy of text over and does not wait; the error is that of an earlier write, or says that too much waits.
// Any goroutine.
func (s *Spool) Write(text []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.failed != nil:
		return 0, s.failed
	case len(s.pending)+len(text) > pendingLimit:
		return 0, errors.New("is too slow: " + strconv.Itoa(len(s.pending)) + " bytes wait to be written")
	}
	s.pending = append(s.pending, text...)
	s.wake.Signal()
	return len(text), nil
}

// Close writes what waits and ends, or gives up with ctx. The error is that of a write. A nil Spool is closed.
func (s *Spool) Close(ctx context.Context) error {
	if s == nil {
		return nil
	}
	s.mu.Lock()
	s.ended = true
	s.wake.Signal()
	s.mu.Unlock()
	select {
	case <-s.done:
	case <-ctx.Done():
		return ctx.Err()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.failed
}
