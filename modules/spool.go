package modules

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"sync"
)

// pendingLimit is how many bytes may wait to be written before a spool refuses more.
const pendingLimit = 64 << 20

// A spool writes what the engine hands over in a goroutine of its own, so that the engine never waits for a disk or a
// pipe. Nothing is lost: a spool that cannot keep up says so.
type spool struct {
	mu      sync.Mutex
	wake    *sync.Cond
	pending []byte
	failed  error
	ended   bool
	done    chan struct{}
}

// newSpool begins to write to w, and closes it at the end if it is an io.Closer of the spool's own.
func newSpool(w io.Writer, owned bool) *spool {
	s := &spool{done: make(chan struct{})}
	s.wake = sync.NewCond(&s.mu)
	go s.run(w, owned)
	return s
}

func (s *spool) run(w io.Writer, owned bool) {
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
func (s *spool) take() (text []byte, ended bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for len(s.pending) == 0 && !s.ended {
		s.wake.Wait()
	}
	text, s.pending = s.pending, nil
	return text, s.ended
}

// put hands text over; the error is that of an earlier write, or says that too much waits.
func (s *spool) put(text []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.failed != nil:
		return s.failed
	case len(s.pending)+len(text) > pendingLimit:
		return errors.New("is too slow: " + strconv.Itoa(len(s.pending)) + " bytes wait to be written")
	}
	s.pending = append(s.pending, text...)
	s.wake.Signal()
	return nil
}

// close writes what waits and ends, or gives up with ctx. A nil spool is closed.
func (s *spool) close(ctx context.Context) error {
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

// appendQuoted appends s as a JSON string.
func appendQuoted(dst []byte, s string) []byte {
	text, _ := json.Marshal(s) // text always has a form
	return append(dst, text...)
}
