package client

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

// Answer is the values of a channel or of a state at one moment.
type Answer struct {
	// Time and Cycle are the engine's when the answer was true; zero if the gateway does not tell (csp-gateway's own server).
	Time  time.Time
	Cycle uint64
	// Data is a JSON array of the values.
	Data json.RawMessage
}

// Last asks for the value that a channel has now; an empty array means it has not ticked yet.
// For a basket key "" means all keys, in the basket's order.
func (c *Client) Last(ctx context.Context, channel, key string) (Answer, error) {
	return c.data(ctx, request{method: http.MethodGet, path: place("last", channel, key)})
}

// Next waits for the first tick of a channel after the call. It has no time limit but ctx.
// When the gateway stops first the array is empty.
func (c *Client) Next(ctx context.Context, channel, key string) (Answer, error) {
	return c.data(ctx, request{method: http.MethodGet, path: place("next", channel, key), limit: -1})
}

// State asks for the latest values of a view of a channel's state. query is the JSON of a query, or "" for all.
func (c *Client) State(ctx context.Context, view, query string) (Answer, error) {
	r := request{method: http.MethodGet, path: []string{"state", view}}
	if query != "" {
		r.query = url.Values{"query": {query}}
	}
	return c.data(ctx, r)
}

// Send gives values to a channel: body is one JSON object or an array of them, for a whole basket an object by key.
// The answer has the values as they were queued, ids and defaults filled in. Rejected values are an *APIError of
// status 422, and then none was queued.
func (c *Client) Send(ctx context.Context, channel, key string, body json.RawMessage) (Answer, error) {
	return c.data(ctx, request{method: http.MethodPost, path: place("send", channel, key), body: body})
}

func (c *Client) data(ctx context.Context, r request) (Answer, error) {
	header, body, err := c.do(ctx, r)
	if err != nil {
		return Answer{}, err
	}
	return answerOf(header, body), nil
}

// answerOf is an answer with the moment that its header tells.
func answerOf(header http.Header, body []byte) Answer {
	a := Answer{Data: body}
	a.Time, _ = time.Parse(time.RFC3339Nano, header.Get("Gw-Time"))
	a.Cycle, _ = strconv.ParseUint(header.Get("Gw-Cycle"), 10, 64)
	return a
}

func place(verb, channel, key string) []string {
	if key == "" {
		return []string{verb, channel}
	}
	return []string{verb, channel, key}
}
