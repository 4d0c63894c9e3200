package modules

import (
	"cmp"
	"sync"

	"gw/engine"
	"gw/gateway"
)

// AddChannelsToGraphOutput collects the ticks of the selected channels, for a program that asks for them when the run is
// over.
type AddChannelsToGraphOutput struct {
	Base
	// Selection names the channels; nothing selects all of them.
	Selection gateway.Selection `ref:"channel"`
	// Limit is how many ticks of each channel and key are kept, the newest.
	Limit int `default:"100000"`

	mu     sync.Mutex
	kept   map[string][]*gateway.Tick
	passed map[string]uint64
}

// Connect reads the selected channels.
func (m *AddChannelsToGraphOutput) Connect(bus *gateway.Bus) error {
	m.kept, m.passed = map[string][]*gateway.Tick{}, map[string]uint64{}
	return each(bus, nameOf(m), selected(bus, m.Selection), func(_ *engine.Node, l lane, t *gateway.Tick) {
		m.mu.Lock()
		defer m.mu.Unlock()
		name := l.String()
		m.kept[name] = append(m.kept[name], t)
		if limit := cmp.Or(m.Limit, 100000); len(m.kept[name]) >= 2*limit {
			m.kept[name] = append([]*gateway.Tick(nil), m.kept[name][limit:]...)
			m.passed[name] += uint64(limit)
		}
	})
}

// Output returns the newest ticks of a channel ("name", or "name/key" of a basket), oldest first, and how many older
// ones are not kept any more. Any goroutine may call it.
func (m *AddChannelsToGraphOutput) Output(name string) (ticks []*gateway.Tick, dropped uint64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	ticks, dropped = m.kept[name], m.passed[name]
	if limit := cmp.Or(m.Limit, 100000); len(ticks) > limit {
		dropped += uint64(len(ticks) - limit)
		ticks = ticks[len(ticks)-limit:]
	}
	return append([]*gateway.Tick(nil), ticks...), dropped
}
