package httpapi

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"gw/gateway"
	"gw/schema"
)

// last answers with the value now on a channel.
func (h *Handler) last(channel string) handle {
	return func(w http.ResponseWriter, r *http.Request, key string) error {
		if h.cfg.OwnLast != nil {
			if a, ok := h.cfg.OwnLast(r.Context(), channel, key); ok {
				h.reply.answer(w, r, a)
				return nil
			}
		}
		a, err := h.g.Last(r.Context(), channel, key)
		if err != nil {
			return err
		}
		h.reply.answer(w, r, a)
		return nil
	}
}

// next answers with the first tick after the call that the caller may see. It waits as long as the client does, but no
// longer than NextWait where a Filter decides what may be seen; when the gateway stops or the Handler closes the answer
// is an empty list.
func (h *Handler) next(channel string) handle {
	return func(w http.ResponseWriter, r *http.Request, key string) error {
		ctx, cancel := context.WithCancel(r.Context())
		defer cancel()
		defer context.AfterFunc(h.closing, cancel)()
		leave, err := h.enterNext()
		if err != nil {
			return err
		}
		defer leave()
		if h.g.Filter != nil {
			var end context.CancelFunc
			ctx, end = context.WithTimeout(ctx, h.cfg.NextWait)
			defer end()
		}
		a, err := h.g.Next(ctx, channel, key)
		if errors.Is(err, context.DeadlineExceeded) && h.g.Filter != nil {
			return &noMatch{h.cfg.NextWait}
		}
		if err != nil && h.closing.Err() != nil && r.Context().Err() == nil && ctx.Err() != nil {
			now := h.g.Status()
			a, err = &gateway.Answer{Time: now.Time, Cycle: now.Cycle}, nil
		}
		if err != nil {
			return err
		}
		h.reply.answer(w, r, a)
		return nil
	}
}

// noMatch is the end of a wait for a tick that the caller may see.
type noMatch struct{ waited time.Duration }

// Error returns the text that csp-gateway answers with.
func (e *noMatch) Error() string {
	return fmt.Sprintf("No matching record found within %.1fs", e.waited.Seconds())
}

// enterNext counts a waiting call in, unless too many wait already. Call leave when it is done.
func (h *Handler) enterNext() (leave func(), err error) {
	if h.waiting.Add(1) > int64(h.cfg.MaxWaiting) {
		h.waiting.Add(-1)
		return nil, &Error{http.StatusServiceUnavailable, "too many calls of next are waiting"}
	}
	return func() { h.waiting.Add(-1) }, nil
}

// keyed refuses the empty key, which a basket never has but which means the whole basket one layer below.
func keyed(channel string, serve handle) handle {
	return func(w http.ResponseWriter, r *http.Request, key string) error {
		if key == "" {
			return &gateway.NotFoundError{What: "Channel", Name: channel + "/"}
		}
		return serve(w, r, key)
	}
}

// state answers with the records of a state view.
func (h *Handler) state(view string) handle {
	return func(w http.ResponseWriter, r *http.Request, _ string) error {
		query, given := queryParameter(r, "query")
		if given && query == "" {
			return emptyQuery()
		}
		a, err := h.g.State(r.Context(), view, query)
		if err != nil {
			return err
		}
		h.reply.answer(w, r, a)
		return nil
	}
}

// emptyQuery is the answer to a query parameter without a text.
func emptyQuery() error {
	const why = "EOF while parsing a value at line 1 column 0"
	return schema.Problems{{
		Type: "json_invalid", Loc: []any{"query", "query"}, Msg: "Invalid JSON: " + why,
		Input: "", Ctx: map[string]any{"error": why},
	}}
}

// queryParameter returns the last value of a parameter, and whether it was given.
func queryParameter(r *http.Request, name string) (string, bool) {
	if r.URL.RawQuery == "" {
		return "", false
	}
	values := r.URL.Query()[name]
	if len(values) == 0 {
		return "", false
	}
	return values[len(values)-1], true
}

// list answers with names.
func (h *Handler) list(names []string) handle {
	body := encode(names)
	return func(w http.ResponseWriter, r *http.Request, _ string) error {
		h.reply.body(w, r, http.StatusOK, body)
		return nil
	}
}

// field answers with the value of a static field.
func (h *Handler) field(name string) handle {
	return func(w http.ResponseWriter, r *http.Request, _ string) error {
		v, ok := h.g.Static(name)
		if !ok {
			return errNoRoute
		}
		h.reply.value(w, r, http.StatusOK, v)
		return nil
	}
}
