package httpapi

import (
	"slices"
	"strings"
	"time"

	"gw/gateway"
)

// Mounts are the routes of csp-gateway's interface that there are; the zero value has none of them. What gw's own windows
// need is always there, for the channels that one of the mounts lets be read. Each list of selections means what any of
// them selects.
type Mounts struct {
	// Last, Next, Send, Stage and Lookup select the channels of each group, State the state views.
	Last, Next, Send, Stage, State, Lookup []gateway.Selection
	// EverySend mounts send for channels that take none, too; those say so when they are asked.
	EverySend bool
	// Streams are the WebSockets for ticks.
	Streams []StreamMount
	// Fields are the static fields.
	Fields []FieldMount
	// Controls are those of heartbeat, stats and shutdown.
	Controls []string
	// Graphs are the paths below the API at which it is told who sets and gets what; with any, there is a page of it.
	Graphs []string
	// Outputs is the folder of Config.Outputs.
	Outputs bool
	// Tables select channels that windows show besides those which can be read otherwise.
	Tables []gateway.Selection
}

// StreamMount is one WebSocket for ticks.
type StreamMount struct {
	// Path lies below the API; empty means "/stream".
	Path string
	// Channels selects those that can be followed.
	Channels gateway.Selection
	// ReadOnly ignores what clients send.
	ReadOnly bool
	// Heartbeat is the time between two heartbeats; 0 means Config.Heartbeat.
	Heartbeat time.Duration
	// Debug logs what clients say that makes no sense.
	Debug bool
}

// FieldMount are static fields under one path.
type FieldMount struct {
	// Path lies below the API; empty means "/field".
	Path string
	// Names are the fields, in the order in which they are listed; nil means all.
	Names []string
}

func (m StreamMount) path() string { return below(m.Path, "/stream") }

func (m FieldMount) path() string { return below(m.Path, "/field") }

// of are those of all fields that are mounted.
func (m FieldMount) of(all []string) []string {
	return picked([]gateway.Selection{{Include: m.Names}}, all)
}

// below is a path below the API as it is mounted.
func below(path, otherwise string) string {
	if path = strings.Trim(path, "/"); path == "" {
		return otherwise
	}
	return "/" + path
}

func (m *Mounts) clone() *Mounts {
	c := *m
	for _, list := range []*[]gateway.Selection{&c.Last, &c.Next, &c.Send, &c.Stage, &c.State, &c.Lookup, &c.Tables} {
		*list = slices.Clip(*list)
	}
	c.Streams, c.Fields = slices.Clip(c.Streams), slices.Clip(c.Fields)
	c.Controls, c.Graphs = slices.Clip(c.Controls), slices.Clip(c.Graphs)
	return &c
}

// everything mounts all that a gateway can serve.
func everything() *Mounts {
	all := []gateway.Selection{{}}
	return &Mounts{
		Last: all, Next: all, Send: all, Stage: all, State: all, Lookup: all, Tables: all, EverySend: true,
		Streams: []StreamMount{{}}, Fields: []FieldMount{{}}, Controls: controlNames, Graphs: []string{graphPath},
		Outputs: true,
	}
}

// picked returns the names that any of the selections selects, in the order of the first that does.
func picked(selections []gateway.Selection, names []string) []string {
	all := []string{}
	for _, s := range selections {
		for _, name := range s.From(names) {
			if !slices.Contains(all, name) {
				all = append(all, name)
			}
		}
	}
	return all
}
