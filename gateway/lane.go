package gateway

import (
	"slices"
	"sync/atomic"

	"gw/gateway/state"
)

// A lane is one channel, or one key of a basket, behind its graph: what came out of it and who waits for more.
// The hub's lock guards what changes while the gateway runs; count belongs to the engine's goroutine.
type lane struct {
	port  *Port
	key   string
	index int // over all lanes, in the order of declaration: the order of ticks within a cycle
	wire  wirer

	getters []string // modules, in the order of connecting

	count   uint64        // ticks made, published or not
	written atomic.Uint64 // bytes of the JSON of ticks

	last    *Tick
	history history
	tables  []*state.Table
	subs    []*Subscription
}

// id names the lane in errors and labels.
func (l *lane) id() string {
	if l.port.Kind != KindBasket {
		return l.port.Name
	}
	return l.port.Name + "/" + l.key
}

// readBy notes a module that reads the lane.
func (l *lane) readBy(module string) {
	if !slices.Contains(l.getters, module) {
		l.getters = append(l.getters, module)
	}
}

// take makes t the last tick and hands it to all that follow the lane. The hub's lock is held.
func (l *lane) take(t *Tick) {
	l.last = t
	l.history.add(t)
	for _, table := range l.tables {
		for _, r := range t.Records {
			table.Put(r)
		}
	}
	for _, s := range l.subs {
		s.offer(t)
	}
}
