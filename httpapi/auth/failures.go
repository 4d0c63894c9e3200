package auth

import (
	"net"
	"net/http"
	"sync"
	"time"
)

const (
	failureWindow = time.Minute
	maxAddresses  = 10_000
)

// failures counts failed credentials by address, so that nobody can try out many.
type failures struct {
	limit int
	now   func() time.Time

	mu sync.Mutex
	by map[string]*tries
}

type tries struct {
	since time.Time
	count int
}

func newFailures(limit int, now func() time.Time) *failures {
	return &failures{limit: limit, now: now, by: map[string]*tries{}}
}

func address(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}

func (f *failures) blocked(r *http.Request) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	t := f.by[address(r)]
	return t != nil && t.count >= f.limit && f.now().Before(t.since.Add(failureWindow))
}

func (f *failures) count(r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	now := f.now()
	t := f.by[address(r)]
	if t == nil || !now.Before(t.since.Add(failureWindow)) {
		f.forget(now)
		t = &tries{since: now}
		f.by[address(r)] = t
	}
	t.count++
}

// forget makes room: what is over goes, and everything if that is not enough.
func (f *failures) forget(now time.Time) {
	if len(f.by) < maxAddresses {
		return
	}
	for at, t := range f.by {
		if !now.Before(t.since.Add(failureWindow)) {
			delete(f.by, at)
		}
	}
	if len(f.by) >= maxAddresses {
		clear(f.by)
	}
}
