package modules

import (
	"context"
	"log/slog"

	"gw/engine"
	"gw/gateway"
)

// LogChannels writes a log line for each tick of the selected channels.
type LogChannels struct {
	Base
	// Selection names the channels, in their order; nothing selects all of them.
	Selection gateway.Selection `ref:"channel"`
	// LogStates logs the ticks of state channels, which are answers of state and not channels here.
	LogStates bool `later:"state is a view of a channel, whose ticks are logged"`
	// LogLevel is the level of the lines.
	LogLevel Level `default:"info"`
	// LogName stands in each line as its logger.
	LogName string `default:"gw.channels"`
}

// Connect reads the selected channels.
func (m *LogChannels) Connect(bus *gateway.Bus) error {
	return each(bus, nameOf(m), selected(bus, m.Selection), func(n *engine.Node, l lane, t *gateway.Tick) {
		m.log().LogAttrs(context.Background(), slog.Level(m.LogLevel), l.String(),
			slog.String("logger", m.LogName), slog.String("time", n.Now().String()),
			slog.Uint64("cycle", t.Cycle), slog.String("value", string(valueOf(t, l))))
	})
}
