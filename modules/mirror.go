package modules

import (
	"context"
	"strings"

	"gw/gateway"
)

// Mirror feeds channels of this gateway from another's recording, and keeps state on them.
type Mirror struct {
	Base
	// MirrorSource is the module that replays: a ReplayEngineJSON, here or as /modules/NAME. It only reads, and needs not be
	// among the gateway's modules.
	MirrorSource Source `must:"true"`
	// Selection names the channels; nothing selects all of them.
	Selection gateway.Selection `ref:"channel"`
	// EncodeSelection is there for csp-gateway's sake: a mirror records nothing.
	EncodeSelection *gateway.Selection `later:"a mirror records nothing"`
	// DecodeSelection names the channels to feed, if they are others.
	DecodeSelection *gateway.Selection `ref:"channel"`
	// StateChannels keep the latest value by key: CHANNEL to the names of fields.
	StateChannels map[string][]string
}

// Source is a module that can feed a Mirror.
type Source interface {
	gateway.Shutdowner
	// Mirrored returns a copy of the source that only replays, and only those channels.
	Mirrored(channels gateway.Selection) Source
	// Connect sets the channels.
	Connect(*gateway.Bus) error
}

var _ Source = (*ReplayEngineJSON)(nil)

// Mirrored returns a ReplayEngineJSON that reads the same file for the given channels.
func (m *ReplayEngineJSON) Mirrored(channels gateway.Selection) Source {
	return &ReplayEngineJSON{
		Base: m.Base, Filename: m.Filename, Selection: channels, ReadWriteMode: "READ", FlagUpdates: m.FlagUpdates,
		SubscribeWithStructID: m.SubscribeWithStructID, SubscribeWithStructTimestamp: m.SubscribeWithStructTimestamp,
	}
}

// DynamicStates declares the state views.
func (m *Mirror) DynamicStates() map[string][]string {
	all := map[string][]string{}
	for channel, keys := range m.StateChannels {
		all[channel] = []string{strings.Join(keys, ",")}
	}
	return all
}

// Connect sets the channels from the source.
func (m *Mirror) Connect(bus *gateway.Bus) error {
	if m.MirrorSource == nil {
		return nil
	}
	return m.MirrorSource.Mirrored(orElse(m.DecodeSelection, m.Selection)).Connect(bus)
}

// Shutdown has nothing to close: a source that only reads closes its file with the engine.
func (m *Mirror) Shutdown(context.Context) error { return nil }
