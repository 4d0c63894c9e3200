package httpapi

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"

	"gw/engine"
	"gw/gateway"
	"gw/httpapi/auth"
	"gw/schema"
)

// Error is an answer other than 200: an HTTP status and the detail that the body carries.
type Error struct {
	Status int
	Detail any // a string, or whatever json.Marshal takes
}

// Error returns the status and the detail as one line.
func (e *Error) Error() string {
	return fmt.Sprintf("%d %s: %v", e.Status, http.StatusText(e.Status), e.Detail)
}

var (
	errNoRoute    = &Error{Status: http.StatusNotFound, Detail: "Not Found"}
	errNotRunning = &Error{Status: http.StatusServiceUnavailable, Detail: "engine not running"}
	errReadOnly   = &Error{Status: http.StatusForbidden, Detail: "read-only"}
)

// fault turns what went wrong into the answer that clients of the API know; nil if nobody waits for one.
func fault(err error) *Error {
	var (
		known    *Error
		missing  *gateway.NotFoundError
		query    *gateway.QueryError
		problems schema.Problems
		large    *http.MaxBytesError
		staging  *gateway.StageError
	)
	switch {
	case errors.As(err, &known):
		return known
	case errors.As(err, &missing):
		return &Error{http.StatusNotFound, missing.Error()}
	case errors.As(err, &problems):
		return &Error{http.StatusUnprocessableEntity, problems}
	case errors.As(err, &staging):
		return &Error{http.StatusBadRequest, staging.Detail}
	case errors.As(err, &query):
		return queryFault(query)
	case errors.As(err, &large):
		return &Error{http.StatusRequestEntityTooLarge, fmt.Sprintf("Request body too large: more than %d bytes", large.Limit)}
	case errors.Is(err, gateway.ErrNotRunning):
		return errNotRunning
	case errors.Is(err, engine.ErrFull):
		return &Error{http.StatusTooManyRequests, err.Error()}
	case errors.Is(err, context.Canceled):
		return nil
	case errors.Is(err, context.DeadlineExceeded):
		return &Error{http.StatusServiceUnavailable, "timed out"}
	}
	return &Error{http.StatusInternalServerError, "internal error"}
}

// fail answers r with err.
func (h *Handler) fail(w http.ResponseWriter, r *http.Request, err error) {
	if no, ok := errors.AsType[*refused](err); ok {
		h.refuse(w, r, no)
		return
	}
	if no, ok := errors.AsType[*auth.ForeignError](err); ok {
		h.reply.value(w, r, http.StatusForbidden, foreign{"Forbidden", no.Error()})
		return
	}
	if no, ok := errors.AsType[*noMatch](err); ok {
		h.reply.value(w, r, http.StatusRequestTimeout, foreign{"Timeout", no.Error()})
		return
	}
	f := fault(err)
	if f == nil {
		return
	}
	if f.Status == http.StatusInternalServerError {
		id := requestID()
		h.cfg.Log.Error("request failed", "id", id, "method", r.Method, "path", r.URL.Path, "error", err)
		f = &Error{f.Status, fmt.Sprintf("%v, request %s", f.Detail, id)}
	}
	h.reply.value(w, r, f.Status, detail{f.Detail})
}

// forbidden reports whether err refuses a value of somebody else, with the words for it.
func forbidden(err error) (string, bool) {
	no, ok := errors.AsType[*auth.ForeignError](err)
	if !ok {
		return "", false
	}
	return no.Error(), true
}

// foreign is the body of an answer to who speaks for somebody else, or waits in vain, as csp-gateway writes it.
type foreign struct {
	Error  string `json:"error"`
	Detail string `json:"detail"`
}

// detail is the body of every answer that is an error.
type detail struct {
	Detail any `json:"detail"`
}

// recovered answers a request whose handler panicked, as far as it can still be answered. The client learns a number
// that stands in the log next to the stack.
func (h *Handler) recovered(w http.ResponseWriter, r *http.Request, what any, stack []byte) {
	id := requestID()
	h.cfg.Log.LogAttrs(r.Context(), slog.LevelError, "panic while answering",
		slog.String("id", id), slog.String("method", r.Method), slog.String("path", r.URL.Path),
		slog.Any("panic", what), slog.String("stack", string(stack)))
	h.reply.value(w, r, http.StatusInternalServerError, detail{"internal error, request " + id})
}

// queryFault is the answer to a state query that is JSON but none that can be answered.
func queryFault(q *gateway.QueryError) *Error {
	if len(q.Problems) > 0 {
		return &Error{http.StatusBadRequest, q.Problems}
	}
	return &Error{http.StatusBadRequest, q.Detail}
}
