package gateway

import (
	"time"

	"gw/engine"
	"gw/gateway/state"
)

// Profile switches the profiler of the graph on, from zero, or off. While it is on a node takes about 50 ns more.
func (g *Gateway) Profile(on bool) { g.graph.Profile(on) }

// Profiled returns how long cycles and nodes took since the profiler was switched on; nothing of a gateway that cannot be built.
func (g *Gateway) Profiled() engine.Profile {
	if g.Build() != nil {
		return engine.Profile{}
	}
	return g.graph.Profiled()
}

// StateStats returns what queries of state have taken.
func (g *Gateway) StateStats() state.Stats { return g.store.Stats() }

// StateKeys returns how many keys a state view has, 0 if there is no such view.
func (g *Gateway) StateKeys(view string) int {
	if v, ok := g.views[view]; ok && v.table != nil {
		return v.table.Len()
	}
	return 0
}

// Bytes returns how many bytes the ticks of the channel take as JSON, as far as anybody has asked for it: a tick that
// nobody reads is never written.
func (p *Port) Bytes() uint64 {
	var n uint64
	for _, l := range p.lanes {
		n += l.written.Load()
	}
	return n
}

// rateWindow is the engine time over which Rate counts.
const rateWindow = 10 * time.Second

// Rate returns how many ticks the channel had a second of engine time, over the last ten seconds before now or, where
// History does not reach back so far, as long as it does. It takes as long as there are ticks in the window.
func (p *Port) Rate(now engine.Time) float64 {
	p.g.hub.mu.Lock()
	defer p.g.hub.mu.Unlock()
	sum := 0.0
	for _, l := range p.lanes {
		sum += l.history.rate(now)
	}
	return sum
}

func (h *history) rate(now engine.Time) float64 {
	begin, n := now.Add(-rateWindow), 0
	for n < len(h.ring) && h.ring[(h.next+len(h.ring)-1-n)%len(h.ring)].Time > begin {
		n++
	}
	if n == h.limit { // there were more
		begin = h.ring[h.next].Time
	}
	if n == 0 || now <= begin {
		return 0
	}
	return float64(n) / now.Sub(begin).Seconds()
}

// Pending returns how many ticks wait for the owner of s, and how many were dropped or replaced since the last Take.
func (s *Subscription) Pending() (waiting int, dropped, conflated uint64) {
	s.g.hub.mu.Lock()
	defer s.g.hub.mu.Unlock()
	return len(s.queue), s.dropped, s.conflated
}
