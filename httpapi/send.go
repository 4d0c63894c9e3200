package httpapi

import (
	"context"
	"errors"
	"io"
	"mime"
	"net/http"
	"strings"
	"time"
)

// bodyWithin is how long a client may take to send a body.
const bodyWithin = 30 * time.Second

// send gives the values of the body to a channel and answers with them as they were constructed.
func (h *Handler) send(channel string) handle {
	return func(w http.ResponseWriter, r *http.Request, key string) error {
		if h.cfg.ReadOnly {
			return errReadOnly
		}
		if isBulk(r) {
			return h.bulk(w, r, channel, key)
		}
		body, err := h.readJSON(w, r)
		if err != nil {
			return err
		}
		a, err := h.g.Send(r.Context(), channel, key, body)
		if err != nil {
			return err
		}
		h.reply.answer(w, r, a)
		return nil
	}
}

// readJSON reads a body that is to be JSON. A text is no value of any channel: it becomes a JSON string, whose answer
// is the one for it.
func (h *Handler) readJSON(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	body, err := h.readBody(w, r)
	if err == nil && len(body) > 0 && !isJSON(r.Header.Get("Content-Type")) {
		body = encode(string(body))
	}
	return body, err
}

// bounded is the request's context, ended when the graph has not answered for as long as ControlWait.
func (h *Handler) bounded(r *http.Request) (context.Context, context.CancelFunc) {
	return context.WithTimeout(r.Context(), h.cfg.ControlWait)
}

// limitBody gives a client bodyWithin to send what it announced, whether anybody reads it or not: the server reads the
// rest of a body before it answers the next request of the connection.
func limitBody(w http.ResponseWriter, r *http.Request) {
	if r.Body != nil && r.Body != http.NoBody {
		http.NewResponseController(w).SetReadDeadline(after(bodyWithin))
	}
}

// readBody reads the body up to the configured bound; a longer one is refused by its declared length alone.
func (h *Handler) readBody(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	if r.ContentLength > h.cfg.MaxBody {
		w.Header().Set("Connection", "close")
		return nil, &http.MaxBytesError{Limit: h.cfg.MaxBody}
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, h.cfg.MaxBody))
	if err == nil {
		http.NewResponseController(w).SetReadDeadline(time.Time{})
	}
	var large *http.MaxBytesError
	if err != nil && !errors.As(err, &large) {
		return nil, &Error{http.StatusBadRequest, "body could not be read"}
	}
	return body, err
}

// isJSON reports whether a body of the content type is read as JSON: none given, application/json, application/*+json.
func isJSON(contentType string) bool {
	if contentType == "" {
		return true
	}
	kind, _, err := mime.ParseMediaType(contentType)
	if err != nil && !errors.Is(err, mime.ErrInvalidMediaParameter) {
		return false
	}
	sub, isApplication := strings.CutPrefix(kind, "application/")
	return isApplication && (sub == "json" || strings.HasSuffix(sub, "+json"))
}
