package modules

import (
	"time"

	"gw/config"
	"gw/gateway"
	"gw/httpapi"
)

// MountRestRoutes serves channels over REST. A gateway without any module that mounts routes serves everything; with one of
// them it serves what they name, and nothing else.
type MountRestRoutes struct {
	Base
	// ForceMountAll serves every channel in every way, whatever is selected; a channel that takes no values says so when it
	// is sent one.
	ForceMountAll bool `alias:"mount_all"`
	// MountLast names the channels whose last value is served.
	MountLast gateway.Selection `ref:"channel"`
	// MountNext names the channels whose next value is served.
	MountNext gateway.Selection `ref:"channel"`
	// MountSend names the channels that take values from outside, of those that can.
	MountSend gateway.Selection `ref:"channel"`
	// MountStage names the channels whose staging areas are served, of those that have some.
	MountStage gateway.Selection `ref:"channel"`
	// MountState names the state views that are served.
	MountState gateway.Selection `ref:"view"`
	// MountLookup names the channels whose values can be found by id.
	MountLookup gateway.Selection `ref:"channel"`
}

var _ httpapi.Rester = (*MountRestRoutes)(nil)

// Connect does nothing: the API finds the channels by itself.
func (m *MountRestRoutes) Connect(*gateway.Bus) error { return nil }

// Rest mounts the routes.
func (m *MountRestRoutes) Rest(c *httpapi.Config) error {
	routes := mounts(c)
	routes.EverySend = routes.EverySend || m.ForceMountAll
	for _, group := range []struct {
		list *[]gateway.Selection
		own  gateway.Selection
	}{
		{&routes.Last, m.MountLast}, {&routes.Next, m.MountNext}, {&routes.Send, m.MountSend},
		{&routes.Stage, m.MountStage}, {&routes.State, m.MountState}, {&routes.Lookup, m.MountLookup},
	} {
		if m.ForceMountAll {
			group.own = gateway.Selection{}
		}
		*group.list = append(*group.list, group.own)
	}
	return nil
}

// mounts are the routes that modules have named so far.
func mounts(c *httpapi.Config) *httpapi.Mounts {
	if c.Mounts == nil {
		c.Mounts = &httpapi.Mounts{}
	}
	return c.Mounts
}

// MountWebSocketRoutes streams ticks over a WebSocket, and takes values there.
type MountWebSocketRoutes struct {
	Base
	// Selection names the channels that can be followed and sent to.
	Selection gateway.Selection `ref:"channel"`
	// Readonly ignores what clients send.
	Readonly bool
	// Prefix is the path below the API.
	Prefix string `default:"/stream"`
	// Debug logs what clients say that makes no sense, without the values in it.
	Debug bool
	// PingTimeS is the time between two heartbeats in seconds.
	PingTimeS int `json:"ping_time_s" default:"1"`
}

var _ httpapi.Rester = (*MountWebSocketRoutes)(nil)

// Connect does nothing: the API finds the channels by itself.
func (m *MountWebSocketRoutes) Connect(*gateway.Bus) error { return nil }

// Check looks at the time between heartbeats.
func (m *MountWebSocketRoutes) Check(c *config.Checking) {
	if m.PingTimeS < 1 {
		c.Failf("ping_time_s", "", "got %d, want 1 or more", m.PingTimeS)
	}
}

// Rest mounts the WebSocket.
func (m *MountWebSocketRoutes) Rest(c *httpapi.Config) error {
	routes := mounts(c)
	routes.Streams = append(routes.Streams, httpapi.StreamMount{
		Path: m.Prefix, Channels: m.Selection, ReadOnly: m.Readonly, Debug: m.Debug,
		Heartbeat: time.Duration(m.PingTimeS) * time.Second,
	})
	return nil
}

// MountFieldRestRoutes serves static fields over REST.
type MountFieldRestRoutes struct {
	Base
	// Fields names those that are served, in this order; nothing means all of them.
	Fields []string
	// Route is the path below the API.
	Route string `default:"/field"`
}

var _ httpapi.Rester = (*MountFieldRestRoutes)(nil)

// Connect does nothing: the API finds the fields by itself.
func (m *MountFieldRestRoutes) Connect(*gateway.Bus) error { return nil }

// Rest mounts the fields.
func (m *MountFieldRestRoutes) Rest(c *httpapi.Config) error {
	routes := mounts(c)
	routes.Fields = append(routes.Fields, httpapi.FieldMount{Path: m.Route, Names: m.Fields})
	return nil
}
