package tui

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"

	"gw/client"
)

// pollTime is how often a gateway that cannot be watched is asked for the values it has.
const pollTime = 500 * time.Millisecond

// errUndriven is the answer to a control request for a gateway that has none.
var errUndriven = errors.New("this gateway has csp-gateway's own API only: nothing to pause or step")

// sourceOf finds out what the gateway can be asked: gw's own API, or csp-gateway's, which every gateway has. One that
// does not answer now is taken for gw's.
func sourceOf(ctx context.Context, c *client.Client) (source, error) {
	var api *client.APIError
	_, err := c.Channels(ctx)
	if !errors.As(err, &api) || api.Status != http.StatusNotFound {
		return clientSource{c}, nil
	}
	s := &standardSource{client: c, known: map[string]*known{}}
	if _, err := s.Channels(ctx); err != nil {
		return nil, fmt.Errorf("%s: not a gateway (%w)", c.URL(), err)
	}
	return s, nil
}

// standardSource is a gateway with csp-gateway's API: its values are asked for again and again, and one that differs
// from the one before counts as a tick. What comes and goes in between is not seen.
type standardSource struct {
	client *client.Client

	mu    sync.Mutex
	known map[string]*known
}

// known is what a channel had when it was asked last.
type known struct {
	tick client.Tick
	none bool // nothing ever sets it
}

// Channels gives the names; the API tells no more.
func (s *standardSource) Channels(ctx context.Context) ([]client.Channel, error) {
	index, err := s.client.Last(ctx, "", "")
	if err != nil {
		return nil, err
	}
	var names []string
	if err := json.Unmarshal(index.Data, &names); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	channels := make([]client.Channel, len(names))
	for i, name := range names {
		if s.known[name] == nil {
			s.known[name] = &known{tick: client.Tick{Channel: name}}
		}
		channels[i] = client.Channel{Name: name, Provided: !s.known[name].none}
	}
	return channels, nil
}

// Graph is not told by this API.
func (s *standardSource) Graph(context.Context) (client.Graph, error) { return client.Graph{}, nil }

// Control is refused.
func (s *standardSource) Control(context.Context, client.Action) (client.Status, error) {
	return client.Status{}, errUndriven
}

// Watch asks for the channels' values until ctx ends or the stream is closed.
func (s *standardSource) Watch(ctx context.Context, o client.WatchOptions) (stream, error) {
	names := o.Channels
	if len(names) == 1 && names[0] == "*" {
		channels, err := s.Channels(ctx)
		if err != nil {
			return nil, err
		}
		names = names[:0:0]
		for _, c := range channels {
			names = append(names, c.Name)
		}
	}
	ctx, cancel := context.WithCancel(ctx)
	p := &polling{source: s, names: names, frames: make(chan client.Frame), cancel: cancel, done: make(chan struct{})}
	go p.run(ctx)
	return p, nil
}

// ask gets a channel's value and reports whether it is another than before.
func (s *standardSource) ask(ctx context.Context, name string) (client.Tick, bool, error) {
	answer, err := s.client.Last(ctx, name, "")
	s.mu.Lock()
	defer s.mu.Unlock()
	k := s.known[name]
	var api *client.APIError
	switch {
	case errors.As(err, &api) && api.Status == http.StatusNotFound:
		k.none = true
		return k.tick, false, nil
	case err != nil:
		return k.tick, false, err
	case bytes.Equal(answer.Data, k.tick.Data) || k.tick.N == 0 && string(answer.Data) == "[]":
		return k.tick, false, nil
	}
	k.tick.Data, k.tick.N = answer.Data, k.tick.N+1
	k.tick.Time = stampOf(answer)
	return k.tick, true, nil
}

// stampOf is the time of an answer: the gateway's, or the newest that a value bears.
func stampOf(a client.Answer) time.Time {
	newest := a.Time
	for _, record := range records(a.Data) {
		var value struct {
			Timestamp string `json:"timestamp"`
		}
		if json.Unmarshal(record, &value) != nil {
			continue
		}
		if t, err := time.Parse("2006-01-02T15:04:05.999999999", value.Timestamp); err == nil && t.After(newest) {
			newest = t
		}
	}
	return newest
}
