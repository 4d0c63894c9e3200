package modules

import (
	"gw/gateway"
	"gw/httpapi"
)

// MountControls answers questions on the channel controls: whether the engine runs, what the process uses, and it shuts
// the gateway down. A model without the channel gets it.
type MountControls struct {
	Base
	// MountHeartbeat serves the heartbeat.
	MountHeartbeat bool `default:"true"`
	// MountStats serves what the process uses.
	MountStats bool `default:"true"`
	// MountShutdown lets clients stop the gateway; without it nothing sent to the channel does either.
	MountShutdown bool `default:"true"`
}

var (
	_ gateway.DynamicChanneler = (*MountControls)(nil)
	_ httpapi.Rester           = (*MountControls)(nil)
)

// DynamicChannels adds the channel controls.
func (m *MountControls) DynamicChannels() []gateway.ChannelSpec {
	return []gateway.ChannelSpec{gateway.Spec[gateway.Controls]("controls")}
}

// Connect answers on the channel.
func (m *MountControls) Connect(bus *gateway.Bus) error {
	return gateway.ControlsModule{KeepRunning: !m.MountShutdown}.Connect(bus)
}

// Rest mounts the controls.
func (m *MountControls) Rest(c *httpapi.Config) error {
	routes := mounts(c)
	if routes.Controls == nil {
		routes.Controls = []string{}
	}
	for name, served := range map[string]bool{"heartbeat": m.MountHeartbeat, "stats": m.MountStats, "shutdown": m.MountShutdown} {
		if served {
			routes.Controls = append(routes.Controls, name)
		}
	}
	return nil
}

// MountProcessMonitor shows what the controls tell of the process. gw's page and workbench do so by themselves; this module
// is there for configurations of csp-gateway.
type MountProcessMonitor struct{ Base }

// Connect does nothing.
func (m *MountProcessMonitor) Connect(*gateway.Bus) error { return nil }
