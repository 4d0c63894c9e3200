package adapter

import "gw/engine"

// Level says how much a [Status] matters.
type Level uint8

// The levels.
const (
	Debug Level = iota
	Info
	Warning
	Error
	Critical
)

// String returns the level's name.
func (l Level) String() string {
	names := [...]string{"debug", "info", "warning", "error", "critical"}
	if int(l) < len(names) {
		return names[l]
	}
	return "unknown"
}

// Status is how an adapter is doing.
type Status struct {
	Level Level
	Code  int // the adapter's own
	Text  string
}

// NewStatus adds a push adapter for the statuses of an adapter, so that nodes read how it is doing as they read its values. c.Group puts them in order with these.
// NonCollapsing and Burst lose none; LastValue shows the present one.
func NewStatus(g *engine.Graph, name string, c engine.PushConfig) *engine.PushAdapter[Status] {
	return engine.NewPush[Status](g, name, c)
}
