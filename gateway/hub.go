package gateway

import (
	"cmp"
	"slices"
	"sync"

	"gw/engine"
)

// The hub is the one place where ticks leave the engine's goroutine. Taps add the ticks of a cycle; when the cycle ends
// they are published together under the lock, so that nobody outside sees half of one.
type hub struct {
	batch  []*Tick   // of the running cycle; engine goroutine only
	stages []*stager // asked for something in it; likewise

	mu    sync.Mutex
	now   engine.Time
	cycle uint64
	seq   uint64
	ended bool
	fails []*ModuleError // of modules that the run went on without
	entry entries        // what has entered channels and stages, for Lookup
}

func (h *hub) add(t *Tick) { h.batch = append(h.batch, t) }

// publish ends a cycle. The order of the ticks in it is that of the channels' declaration, whatever the graph's was.
func (h *hub) publish(now engine.Time, cycle uint64) {
	if len(h.batch) > 1 {
		slices.SortFunc(h.batch, func(a, b *Tick) int { return cmp.Compare(a.lane.index, b.lane.index) })
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.now, h.cycle = now, cycle
	for _, t := range h.batch {
		h.seq++
		t.seq = h.seq
		t.lane.take(t)
		h.entry.add(now, t.Channel, t.Records)
	}
	for _, s := range h.stages {
		s.publish(now, cycle)
	}
	h.stages = h.stages[:0]
	for _, t := range h.batch {
		if len(t.lane.port.waiters) > 0 {
			t.lane.port.wake(t)
		}
	}
	clear(h.batch)
	h.batch = h.batch[:0]
}

// at returns the last published moment.
func (h *hub) at() (engine.Time, uint64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.now, h.cycle
}

// over tells whether nothing more will be published.
func (h *hub) over() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.ended
}

// end answers everybody who waits for a tick that will not come, and wakes all subscriptions.
func (h *hub) end(ports []*Port) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.ended = true
	for _, p := range ports {
		for _, w := range p.waiters {
			w.end()
		}
		for _, l := range p.lanes {
			for _, s := range l.subs {
				s.wake()
			}
		}
	}
}
