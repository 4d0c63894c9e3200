package client

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// maxAnswer bounds the body of an answer.
const maxAnswer = 512 << 20

// request is one call before it is made. The zero limit means the client's Timeout, a negative one none.
type request struct {
	method string
	path   []string // after the prefix; escaped one by one
	query  url.Values
	body   []byte
	limit  time.Duration
}

// do makes the call and returns the header and body of a success; everything else is an error.
func (c *Client) do(ctx context.Context, r request) (http.Header, []byte, error) {
	if err := c.begin(); err != nil {
		return nil, nil, err
	}
	defer c.work.Done()
	bound, cancel := c.bind(ctx)
	defer cancel()
	if r.limit == 0 {
		r.limit = c.opts.Timeout
	}
	if r.limit > 0 {
		var end context.CancelFunc
		bound, end = context.WithTimeout(bound, r.limit)
		defer end()
	}
	req, err := c.newRequest(bound, r)
	if err != nil {
		return nil, nil, err
	}
	header, body, err := c.exchange(req)
	if err != nil {
		return nil, nil, c.explain(ctx, req.Method+" "+req.URL.String(), err)
	}
	return header, body, nil
}

func (c *Client) newRequest(ctx context.Context, r request) (*http.Request, error) {
	u := c.base.String() + c.opts.Prefix + joinPath(r.path)
	if len(r.query) > 0 {
		u += "?" + r.query.Encode()
	}
	var body io.Reader
	if r.body != nil {
		body = bytes.NewReader(r.body)
	}
	req, err := http.NewRequestWithContext(ctx, r.method, u, body)
	if err != nil {
		return nil, err
	}
	req.Header = c.header()
	if r.body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	return req, nil
}

// header is what every request carries.
func (c *Client) header() http.Header {
	h := http.Header{"Accept": {"application/json"}}
	if c.opts.Token != "" {
		h.Set("token", c.opts.Token)
	}
	return h
}

func (c *Client) exchange(req *http.Request) (http.Header, []byte, error) {
	res, err := c.http.Do(req)
	if err != nil {
		return nil, nil, err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(io.LimitReader(res.Body, maxAnswer+1))
	if err != nil {
		return nil, nil, err
	}
	name := req.Method + " " + req.URL.String()
	if res.StatusCode/100 != 2 {
		return nil, nil, newAPIError(name, res.StatusCode, body)
	}
	if len(body) > maxAnswer {
		return nil, nil, &answerError{fmt.Errorf("%s: answer is longer than %d MiB", name, maxAnswer>>20)}
	}
	return res.Header, body, nil
}

// answerError marks an error about an answer that did come.
type answerError struct{ error }

// explain turns what the transport said into what the caller should read.
func (c *Client) explain(ctx context.Context, name string, err error) error {
	var api *APIError
	var answer *answerError
	switch {
	case errors.As(err, &api), errors.As(err, &answer):
		return err
	case c.ctx.Err() != nil:
		return ErrClosed
	case ctx.Err() != nil:
		return fmt.Errorf("%s: %w", name, ctx.Err())
	}
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		err = wrapped.Err
	}
	return &UnreachableError{URL: c.URL(), Err: err}
}

// getJSON makes a GET and decodes the answer into v.
func (c *Client) getJSON(ctx context.Context, v any, path ...string) error {
	_, body, err := c.do(ctx, request{method: http.MethodGet, path: path})
	if err != nil {
		return err
	}
	return c.decode(body, v, path)
}

func (c *Client) decode(body []byte, v any, path []string) error {
	if err := json.Unmarshal(body, v); err != nil {
		return fmt.Errorf("%s%s%s: not the answer of a gateway: %w", c.base, c.opts.Prefix, joinPath(path), err)
	}
	return nil
}

// joinPath escapes each part, so that a key may hold any character.
func joinPath(parts []string) string {
	var b strings.Builder
	for _, p := range parts {
		b.WriteByte('/')
		b.WriteString(url.PathEscape(p))
	}
	return b.String()
}
