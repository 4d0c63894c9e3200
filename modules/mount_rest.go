package modules

import "gw/gateway"

// MountRestRoutes serves the channels over REST. gw serves all channels that something provides by itself; this module
// is there for configurations of csp-gateway.
type MountRestRoutes struct {
	Base
	// ForceMountAll serves every channel, for debugging.
	ForceMountAll bool `later:"every channel is served anyway"`
	// MountLast names the channels whose last value is served.
	MountLast gateway.Selection `ref:"channel" later:"every channel is served"`
	// MountNext names the channels whose next value is served.
	MountNext gateway.Selection `ref:"channel" later:"every channel is served"`
	// MountSend names the channels that take values from outside.
	MountSend gateway.Selection `ref:"channel" later:"modules say which channels take values"`
	// MountStage names the channels whose staging areas are served.
	MountStage gateway.Selection `ref:"channel" later:"every staged channel is served"`
	// MountState names the state views that are served.
	MountState gateway.Selection `later:"every state view is served"`
	// MountLookup names the channels whose values can be found by id.
	MountLookup gateway.Selection `later:"every value can be found by id"`
}

// Connect does nothing: the API finds the channels by itself.
func (m *MountRestRoutes) Connect(*gateway.Bus) error { return nil }

// MountWebSocketRoutes streams ticks over a WebSocket. gw serves it by itself; this module is there for configurations of
// csp-gateway.
type MountWebSocketRoutes struct {
	Base
	// Selection names the channels that can be followed.
	Selection gateway.Selection `ref:"channel" later:"every channel can be followed"`
	// Readonly refuses what clients send.
	Readonly bool `later:"modules say which channels take values"`
	// Prefix is the path below the API.
	Prefix string `later:"it is /stream"`
	// Debug is csp-gateway's own.
	Debug bool `later:"there is nothing to debug"`
	// PingTimeS is the time between two heartbeats in seconds.
	PingTimeS int `json:"ping_time_s" later:"it is a second"`
}

// Connect does nothing: the API finds the channels by itself.
func (m *MountWebSocketRoutes) Connect(*gateway.Bus) error { return nil }

// MountFieldRestRoutes serves static fields over REST. gw serves all of them by itself; this module is there for
// configurations of csp-gateway.
type MountFieldRestRoutes struct {
	Base
	// Fields names those that are served.
	Fields []string `later:"every static field is served"`
	// Route is the path below the API.
	Route string `later:"it is /field"`
}

// Connect does nothing: the API finds the fields by itself.
func (m *MountFieldRestRoutes) Connect(*gateway.Bus) error { return nil }
