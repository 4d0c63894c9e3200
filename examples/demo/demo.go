// Package demo is the smallest gateway that shows something: one channel, and one module that counts on it. It is what
// csp-gateway calls its simple demo, and `gw run demo` starts it.
package demo

import (
	"time"

	"gw/engine"
	"gw/engine/op"
	"gw/gateway"
	"gw/schema"
)

// ExampleData is the value on the channel.
type ExampleData struct {
	schema.Struct
	X int64 `json:"x"`
}

// Channels is the model.
type Channels struct {
	Example gateway.Channel[ExampleData] `channel:"example"`
}

// ExampleModule counts: x is 1, 2, 3 and so on.
type ExampleModule struct {
	gateway.ModuleOptions
	// Interval is the time between two ticks.
	Interval time.Duration `default:"1s"`
}

// Connect sets the channel.
func (m *ExampleModule) Connect(ch *Channels) error {
	every := m.Interval
	if every == 0 {
		every = time.Second
	}
	count := op.Count(engine.Timer(ch.Example.Graph(), every, true))
	ch.Example.Set(op.Map(count, func(n int) ExampleData { return ExampleData{X: int64(n)} }))
	return nil
}

// New returns the gateway, ready to be built and run.
func New() *gateway.Gateway {
	g := gateway.New(&Channels{}, &ExampleModule{})
	g.Name = "demo"
	return g
}
