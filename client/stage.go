package client

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// Area is a staging area: values held back from a channel.
type Area struct {
	ID string
	// Data is a JSON array of the values.
	Data json.RawMessage
}

// NewArea opens an empty staging area of a channel and returns its id.
func (c *Client) NewArea(ctx context.Context, channel string) (string, error) {
	areas, err := c.stage(ctx, http.MethodPost, channel, nil, nil)
	if err == nil && len(areas) != 1 {
		err = fmt.Errorf("stage %s: got %d areas, want the new one", channel, len(areas))
	}
	if err != nil {
		return "", err
	}
	return areas[0].ID, nil
}

// Stage holds a value, given as a JSON object, back in the areas named, and returns them. No ids (nil) means the newest
// area, or a new one; an empty list every area that does not hold it yet.
func (c *Client) Stage(ctx context.Context, channel string, ids []string, value json.RawMessage) ([]Area, error) {
	return c.stage(ctx, http.MethodPost, channel, ids, value)
}

// Unstage takes a value out of the areas named; its id is enough. No ids (nil) means the newest area that holds it, an
// empty list all areas.
func (c *Client) Unstage(ctx context.Context, channel string, ids []string, value json.RawMessage) ([]Area, error) {
	return c.stage(ctx, http.MethodDelete, channel, ids, value)
}

// ClearAreas empties the areas named. No ids (nil) drops the newest area, an empty list all of them.
func (c *Client) ClearAreas(ctx context.Context, channel string, ids []string) ([]Area, error) {
	return c.stage(ctx, http.MethodDelete, channel, ids, nil)
}

// ReleaseAreas ticks the channel with what the areas named hold, and all areas if none is named. It returns what was
// released.
func (c *Client) ReleaseAreas(ctx context.Context, channel string, ids []string) ([]Area, error) {
	return c.stage(ctx, http.MethodPatch, channel, ids, nil)
}

// Areas returns what the areas of a channel hold, oldest first; if id is not "" only that one, if it is there.
func (c *Client) Areas(ctx context.Context, channel, id string) ([]Area, error) {
	var ids []string
	if id != "" {
		ids = []string{id}
	}
	return c.stage(ctx, http.MethodPut, channel, ids, nil)
}

func (c *Client) stage(ctx context.Context, method, channel string, ids []string, body json.RawMessage) ([]Area, error) {
	r := request{method: method, path: []string{"stage", channel}, body: body}
	if ids != nil {
		r.query = url.Values{"id": {strings.Join(ids, ",")}}
	}
	_, answer, err := c.do(ctx, r)
	if err != nil {
		return nil, err
	}
	areas, err := readAreas(answer)
	if err != nil {
		return nil, fmt.Errorf("stage %s: not the answer of a gateway: %w", channel, err)
	}
	return areas, nil
}

// readAreas reads an object of areas in its order.
func readAreas(answer []byte) ([]Area, error) {
	dec := json.NewDecoder(bytes.NewReader(answer))
	if open, err := dec.Token(); err != nil || open != json.Delim('{') {
		return nil, fmt.Errorf("got %.40q, want an object", answer)
	}
	areas := []Area{}
	for dec.More() {
		id, err := dec.Token()
		if err != nil {
			return nil, err
		}
		a := Area{ID: id.(string)}
		if err := dec.Decode(&a.Data); err != nil {
			return nil, err
		}
		areas = append(areas, a)
	}
	return areas, nil
}
