package client

import (
	"context"
	"net/http"
)

// Group is a group of routes that can list what it serves.
type Group string

// The groups.
const (
	GroupLast     Group = "last"
	GroupNext     Group = "next"
	GroupLookup   Group = "lookup"
	GroupSend     Group = "send"
	GroupState    Group = "state"
	GroupStage    Group = "stage"
	GroupControls Group = "controls"
)

// Names asks which names a group serves: channels, those that take a send (keys of baskets included), state views, staged
// channels, controls.
func (c *Client) Names(ctx context.Context, g Group) ([]string, error) {
	var names []string
	err := c.getJSON(ctx, &names, string(g), "")
	return names, err
}

// Lookup asks for the value with an id: of the type of a channel, or of any type if channel is "". An unknown id is an
// empty array of the former, and an *APIError of status 404 of the latter.
func (c *Client) Lookup(ctx context.Context, channel, id string) (Answer, error) {
	if channel == "" {
		channel = "id"
	}
	return c.data(ctx, request{method: http.MethodGet, path: []string{"lookup", channel, id}})
}

// Ask asks the graph: "heartbeat" whether it runs, "stats" what the process uses, "shutdown" to end. The answer is an
// array of one value with name, status and data.
func (c *Client) Ask(ctx context.Context, control string) (Answer, error) {
	method := http.MethodGet
	if control == "shutdown" {
		method = http.MethodPost
	}
	return c.data(ctx, request{method: method, path: []string{"controls", control}})
}
