package gateway

import (
	"fmt"
	"time"
)

// ModuleOptions are what any module can be told. Embed it in a module to take them from its fields, and so from its
// configuration.
type ModuleOptions struct {
	// Disable leaves the module out as if it were not there.
	Disable bool `json:"disable,omitempty"`
	// Required names channels that something must provide; the zero value requires none. With Exclude only, it is what the
	// module reads but those.
	Required Selection `json:"requires,omitzero" ref:"channel"`
	// BlockSetChannelsUntil is the time before which what the module sets does not tick. The zero time means the gateway's.
	BlockSetChannelsUntil time.Time `json:"block_set_channels_until,omitzero"`
	// OnError is what happens when a node of the module fails or panics: "stop" (or "") ends the run with the error,
	// "disable" ends only the module, whose channels then go on without it.
	OnError string `json:"on_error,omitempty"`
}

// moduleOptions is how a gateway finds the options in a module.
func (o ModuleOptions) moduleOptions() ModuleOptions { return o }

// The policies for a module that fails.
const (
	onErrorStop    = "stop"
	onErrorDisable = "disable"
)

func (o ModuleOptions) check() error {
	switch o.OnError {
	case "", onErrorStop, onErrorDisable:
		return nil
	}
	return fmt.Errorf("on_error: got %q, want %q or %q", o.OnError, onErrorStop, onErrorDisable)
}

// optionsOf returns the options of a module, those of the zero value if it takes none.
func optionsOf(module any) ModuleOptions {
	if m, ok := module.(interface{ moduleOptions() ModuleOptions }); ok {
		return m.moduleOptions()
	}
	return ModuleOptions{}
}

// blockedUntil returns the time before which the connecting module's values do not tick.
func (g *Gateway) blockedUntil() time.Time {
	if m := g.module; m != nil && !m.options.BlockSetChannelsUntil.IsZero() {
		return m.options.BlockSetChannelsUntil
	}
	return g.BlockSetChannelsUntil
}
