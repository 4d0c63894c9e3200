package httpapi

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync"
	"syscall"
	"time"
)

const (
	headerTimeout   = 10 * time.Second
	idleTimeout     = 2 * time.Minute
	shutdownTimeout = 5 * time.Second
	maxHeaderBytes  = 64 << 10
)

// Listen opens addr ("127.0.0.1:8000") for Serve. The error is one sentence that names the address, such as
// "listen on 127.0.0.1:8000: the port is in use", and wraps the system's own.
func Listen(addr string) (net.Listener, error) {
	l, err := net.Listen("tcp", addr)
	if err == nil {
		return l, nil
	}
	what := "cannot be opened"
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		what = "the port is in use"
	case errors.Is(err, syscall.EACCES):
		what = "the port needs more rights"
	case errors.Is(err, syscall.EADDRNOTAVAIL):
		what = "no such address on this machine"
	}
	return nil, &listenError{text: fmt.Sprintf("listen on %s: %s", addr, what), cause: err}
}

// listenError says why in words of its own; the system's words would repeat the address.
type listenError struct {
	text  string
	cause error
}

func (e *listenError) Error() string { return e.text }
func (e *listenError) Unwrap() error { return e.cause }

// Serve answers requests with h on all listeners until ctx ends or a listener fails, and closes them. If h has a
// method Close() (as a *Handler), it is called first, so that WebSockets end and pending "next" calls are answered;
// then requests under way get five seconds. The error is nil after ctx ended, else the listener's, wrapped.
func Serve(ctx context.Context, h http.Handler, listeners ...net.Listener) error {
	srv := &http.Server{
		Handler:           h,
		ReadHeaderTimeout: headerTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeaderBytes,
	}
	failed := make(chan error, len(listeners))
	var serving sync.WaitGroup
	for _, l := range listeners {
		serving.Go(func() {
			if err := srv.Serve(l); !errors.Is(err, http.ErrServerClosed) {
				failed <- fmt.Errorf("serve %s: %w", l.Addr(), err)
			}
		})
	}
	var err error
	select {
	case <-ctx.Done():
	case err = <-failed:
	}
	err = errors.Join(err, stop(srv, h))
	serving.Wait()
	return err
}

func stop(srv *http.Server, h http.Handler) error {
	if c, ok := h.(interface{ Close() }); ok {
		c.Close()
	}
	ctx, cancel := context.WithTimeout(context.Background(), shutdownTimeout)
	defer cancel()
	if err := srv.Shutdown(ctx); err != nil {
		return srv.Close()
	}
	return nil
}
