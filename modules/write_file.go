package modules

import (
	"context"
	"fmt"

	"gw/engine"
	"gw/gateway"
	"gw/internal/spool"
)

// WriteFile appends a line of JSON for each tick of the selected channels to a file: its time, channel, key and value.
// `gw replay` reads such files.
type WriteFile struct {
	Base
	// Path is the file; it and its folder are made if need be, for their owner alone.
	Path string `must:"true"`
	// Selection names the channels, in their order; nothing selects all of them.
	Selection gateway.Selection `ref:"channel"`
	// MaxSize is how many bytes the file may have before it is renamed to PATH.1; 0 means any number.
	MaxSize int64
	// Keep is how many renamed files stay.
	Keep int `default:"5"`

	spool *spool.Spool
	line  []byte
}

// Connect reads the selected channels. The file is opened by the first tick.
func (m *WriteFile) Connect(bus *gateway.Bus) error {
	return each(bus, nameOf(m), selected(bus, m.Selection), func(n *engine.Node, l lane, t *gateway.Tick) {
		if m.spool == nil {
			m.spool = spool.New(&rotating{path: m.Path, limit: m.MaxSize, keep: m.Keep}, true)
		}
		m.line = appendTick(m.line[:0], n.Now(), l, t)
		if _, err := m.spool.Write(m.line); err != nil {
			n.Stop(fmt.Errorf("write %s: %w", m.Path, err))
		}
	})
}

// appendTick appends the line of a tick.
func appendTick(b []byte, now engine.Time, l lane, t *gateway.Tick) []byte {
	b = append(append(append(b, `{"time":"`...), now.String()...), `","channel":`...)
	b = appendQuoted(b, t.Channel)
	if t.Key != "" {
		b = appendQuoted(append(b, `,"key":`...), t.Key)
	}
	return append(append(append(b, `,"value":`...), valueOf(t, l)...), "}\n"...)
}

// Shutdown writes what waits and closes the file.
func (m *WriteFile) Shutdown(ctx context.Context) error { return m.spool.Close(ctx) }
