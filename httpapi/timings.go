package httpapi

import (
	"sync"
	"time"

	"gw/engine"
	"gw/gateway"
)

// timedFor is how long the profiler runs after somebody has asked for its figures.
const timedFor = 2 * time.Minute

// timings has the profiler of a gateway run while somebody looks: it makes each node slower by some 50 ns, which nobody
// should pay for figures that nobody reads. A scraper that comes every minute keeps it on.
type timings struct {
	g   *gateway.Gateway
	mu  sync.Mutex
	off *time.Timer // nil while it is off
}

// look returns what was measured since somebody began to look; the first look sees nothing.
func (t *timings) look() engine.Profile {
	t.mu.Lock()
	defer t.mu.Unlock()
	switch {
	case t.off == nil:
		t.g.Profile(true)
		t.off = time.AfterFunc(timedFor, t.end)
	default:
		t.off.Reset(timedFor)
	}
	return t.g.Profiled()
}

// end switches the profiler off.
func (t *timings) end() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.off != nil {
		t.off.Stop()
		t.off = nil
		t.g.Profile(false)
	}
}
