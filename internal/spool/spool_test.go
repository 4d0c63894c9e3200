package spool_test

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"

	"gw/internal/spool"
)

// pipe is a reader that takes what it is given.
type pipe struct {
	bytes.Buffer
	fail   error
	closed int
}

func (p *pipe) Write(text []byte) (int, error) {
	if p.fail != nil {
		return 0, p.fail
	}
	return p.Buffer.Write(text)
}

func (p *pipe) Close() error {
	p.closed++
	return nil
}

func TestEverythingIsWrittenInItsOrder(t *testing.T) {
	for _, owned := range []bool{false, true} {
		to := &pipe{}
		s := spool.New(to, owned)
		for _, text := range []string{"a", "b", "c"} {
			if _, err := s.Write([]byte(text)); err != nil {
				t.Error(err)
			}
		}
		if err := s.Close(context.Background()); err != nil || to.String() != "abc" || (to.closed == 1) != owned {
			t.Errorf("owned %t: got %q, closed %d times, %v", owned, to.String(), to.closed, err)
		}
	}
}

func TestFailedWriteIsTold(t *testing.T) {
	broken := errors.New("broken pipe")
	s := spool.New(&pipe{fail: broken}, false)
	_, _ = s.Write([]byte("a"))
	if err := s.Close(context.Background()); !errors.Is(err, broken) {
		t.Errorf("got %v from Close", err)
	}
	if _, err := s.Write([]byte("b")); !errors.Is(err, broken) {
		t.Errorf("got %v from Write afterwards", err)
	}
}

// stuck never takes anything.
type stuck chan struct{}

func (s stuck) Write(p []byte) (int, error) {
	<-s
	return len(p), nil
}

func TestSpoolThatCannotKeepUpSaysSo(t *testing.T) {
	to := make(stuck)
	s := spool.New(to, false)
	var err error
	for megabyte := make([]byte, 1<<20); err == nil; {
		_, err = s.Write(megabyte)
	}
	if !strings.Contains(err.Error(), "is too slow") {
		t.Errorf("got %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := s.Close(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v from Close", err)
	}
	close(to)
	if err := s.Close(context.Background()); err != nil {
		t.Error(err)
	}
}

func TestNilSpoolIsClosed(t *testing.T) {
	if err := (*spool.Spool)(nil).Close(context.Background()); err != nil {
		t.Error(err)
	}
}
