package client

import (
	"context"
	"errors"
	"fmt"
	"net/http"
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
