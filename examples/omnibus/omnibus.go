package omnibus

import (
	"time"

	"gw/gateway"
)

// Options are what can be chosen about the example. The zero value is the demo as csp-gateway's users know it.
type Options struct {
	// Seed makes all random values; the same seed gives the same ticks.
	Seed uint64
	// Interval is the time between two ticks; 0 means a second.
	Interval time.Duration
}

// New returns the gateway, ready to be built and run: a channels model, and modules in the order in which they connect.
func New(o Options) *gateway.Gateway {
	g := gateway.New(
		&Channels{Metadata: map[string]string{"name": "Demo"}},
		&ExampleModule{Interval: o.Interval, Seed: o.Seed},
		&ExampleModuleFeedback{},
		&gateway.ControlsModule{},
	)
	g.Name, g.Seed = "omnibus", o.Seed
	return g
}
