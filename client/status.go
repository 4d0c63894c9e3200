package client

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"
)

// Status is what a gateway is doing. Times are engine times in UTC with nanoseconds; the zero time means there is none (yet).
type Status struct {
	// Name is the gateway's name, Version that of the program that runs it.
	Name    string `json:"name"`
	Version string `json:"version"`
	// Mode is "realtime" or "replay".
	Mode string `json:"mode"`
	// State is "starting", "running", "paused", "ended" or "stopped".
	State string `json:"state"`
	// Time and Cycle are the engine's last cycle.
	Time  time.Time `json:"time"`
	Cycle uint64    `json:"cycle"`
	// Speed of a replay: 1 is the original, 0 as fast as possible.
	Speed float64 `json:"speed"`
	// Start and End are the bounds of the run; a zero End means it has none.
	Start time.Time `json:"start"`
	End   time.Time `json:"end"`
}

// Over reports whether the run has ended, so that nothing will tick any more.
func (s Status) Over() bool { return s.State == "ended" || s.State == "stopped" }

// Channel describes one channel of a gateway.
type Channel struct {
	// Name is the channel's name; Kind is "struct", "list" or "basket".
	Name string `json:"name"`
	Kind string `json:"kind"`
	// Keys of a basket in its own order, else nil.
	Keys []string `json:"keys"`
	// Type names the type of its values; Fields are its columns, nested ones as "a.b".
	Type   string  `json:"type"`
	Fields []Field `json:"fields"`
	// Send says that values may be sent to it; State names the views of its state; Provided that something sets it.
	Send     bool     `json:"send"`
	State    []string `json:"state"`
	Provided bool     `json:"provided"`
	// Ticks it has had so far, over all keys, and the engine time of the last (zero: none yet).
	Ticks uint64    `json:"ticks"`
	Time  time.Time `json:"time"`
	// Rate is how many ticks it had a second of engine time lately; Bytes what those that somebody read take as JSON.
	Rate  float64 `json:"rate"`
	Bytes uint64  `json:"bytes"`
}

// Field is one column of a channel's values.
type Field struct {
	Name string `json:"name"`
	Type string `json:"type"`
}

// Graph is how a gateway is wired.
type Graph struct {
	// Modules by name, in the order in which they were given.
	Modules []string `json:"modules"`
	// Channels in the order of their declaration.
	Channels []GraphChannel `json:"channels"`
	// Timings are there if they were asked for.
	Timings *Timings `json:"timings"`
}

// GraphChannel is a channel with the names of the modules that set and read it.
type GraphChannel struct {
	Name string `json:"name"`
	Kind string `json:"kind"`
	Type string `json:"type"`
	// Getters read the channel, Setters set it; Feedback are the setters whose values arrive one cycle later.
	Getters  []string `json:"getters"`
	Setters  []string `json:"setters"`
	Feedback []string `json:"feedback"`
	// Ticks it has had so far, and Rate lately, a second of engine time.
	Ticks uint64  `json:"ticks"`
	Rate  float64 `json:"rate"`
}

// Timings is how long cycles and nodes took since somebody began to look.
type Timings struct {
	Cycles Timing       `json:"cycles"`
	Nodes  []NodeTiming `json:"nodes"`
	// Longest are the IDs of nodes on the path that took longest together.
	Longest []int `json:"longest"`
}

// Timing is how long something took, each time it was done.
type Timing struct {
	Count uint64        `json:"count"`
	Total time.Duration `json:"total_ns"`
	Mean  time.Duration `json:"mean_ns"`
	P99   time.Duration `json:"p99_ns"`
	Max   time.Duration `json:"max_ns"`
}

// NodeTiming is the Timing of one node of the engine's graph.
type NodeTiming struct {
	ID   int    `json:"id"`
	Path string `json:"path"`
	Kind string `json:"kind"`
	Timing
}

// Status asks what the gateway is doing.
func (c *Client) Status(ctx context.Context) (Status, error) {
	var s Status
	err := c.getJSON(ctx, &s, "gw", "status")
	var api *APIError
	if errors.As(err, &api) && api.Status == http.StatusNotFound {
		err = fmt.Errorf("%s: not a gw gateway (%w)", c.base, err)
	}
	return s, err
}

// Channels asks for the gateway's channels, in the order of their declaration.
func (c *Client) Channels(ctx context.Context) ([]Channel, error) {
	var chs []Channel
	err := c.getJSON(ctx, &chs, "gw", "channels")
	return chs, err
}

// Graph asks how the gateway is wired.
func (c *Client) Graph(ctx context.Context) (Graph, error) {
	var g Graph
	err := c.getJSON(ctx, &g, "gw", "graph")
	return g, err
}

// TimedGraph asks the same, and how long nodes took since somebody began to ask for that; the first one learns nothing.
func (c *Client) TimedGraph(ctx context.Context) (Graph, error) {
	var g Graph
	path := []string{"gw", "graph"}
	_, body, err := c.do(ctx, request{method: http.MethodGet, path: path, query: url.Values{"timings": {"true"}}})
	if err != nil {
		return g, err
	}
	return g, c.decode(body, &g, path)
}

// Connection is a stream, watch or event reader that somebody has open.
type Connection struct {
	ID     uint64 `json:"id"`
	Kind   string `json:"kind"`
	Client string `json:"client"`
	User   string `json:"user"`
	// Waiting ticks have not been taken yet; Dropped and Conflated ones never will be.
	Waiting   int    `json:"waiting"`
	Dropped   uint64 `json:"dropped"`
	Conflated uint64 `json:"conflated"`
}

// Connections asks who is connected and how far behind.
func (c *Client) Connections(ctx context.Context) ([]Connection, error) {
	var all []Connection
	err := c.getJSON(ctx, &all, "gw", "connections")
	return all, err
}
