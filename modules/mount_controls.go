package modules

import "gw/gateway"

// MountControls answers questions on the channel controls: whether the engine runs, what the process uses, and it shuts
// the gateway down. A model without the channel gets it.
type MountControls struct {
	Base
	// MountHeartbeat serves the heartbeat.
	MountHeartbeat bool `default:"true" later:"all three are served"`
	// MountStats serves what the process uses.
	MountStats bool `default:"true" later:"all three are served"`
	// MountShutdown lets clients stop the gateway.
	MountShutdown bool `default:"true" later:"all three are served"`
}

var _ gateway.DynamicChanneler = (*MountControls)(nil)

// DynamicChannels adds the channel controls.
func (m *MountControls) DynamicChannels() []gateway.ChannelSpec {
	return []gateway.ChannelSpec{gateway.Spec[gateway.Controls]("controls")}
}

// Connect answers on the channel.
func (m *MountControls) Connect(bus *gateway.Bus) error {
	return (&gateway.ControlsModule{}).Connect(bus)
}

// MountProcessMonitor shows what the controls tell of the process. gw's page and workbench do so by themselves; this module
// is there for configurations of csp-gateway.
type MountProcessMonitor struct{ Base }

// Connect does nothing.
func (m *MountProcessMonitor) Connect(*gateway.Bus) error { return nil }
