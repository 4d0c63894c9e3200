package modules

import (
	"context"
	"fmt"

	"gw/engine"
	"gw/gateway"
	"gw/internal/spool"
)

// PrintChannels writes a line for each tick of the selected channels to standard output.
type PrintChannels struct {
	Base
	// Selection names the channels, in their order; nothing selects all of them.
	Selection gateway.Selection `ref:"channel"`

	spool *spool.Spool
	line  []byte
}

// Connect reads the selected channels.
func (m *PrintChannels) Connect(bus *gateway.Bus) error {
	return each(bus, nameOf(m), selected(bus, m.Selection), func(n *engine.Node, l lane, t *gateway.Tick) {
		if m.spool == nil {
			m.spool = spool.New(m.out(), false)
		}
		m.line = fmt.Appendf(m.line[:0], "%s %s: %s\n", n.Now(), l, valueOf(t, l))
		if _, err := m.spool.Write(m.line); err != nil {
			n.Stop(fmt.Errorf("print %s: %w", l, err))
		}
	})
}

// Shutdown prints what waits.
func (m *PrintChannels) Shutdown(ctx context.Context) error { return m.spool.Close(ctx) }

// valueOf is the JSON of a tick: an object, or an array if the channel is one of lists.
func valueOf(t *gateway.Tick, l lane) []byte {
	if l.port.List || len(t.Records) != 1 {
		return t.JSON()
	}
	text := t.JSON()
	return text[1 : len(text)-1]
}
