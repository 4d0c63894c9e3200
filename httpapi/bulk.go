package httpapi

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"mime"
	"net/http"

	"gw/gateway"
)

const (
	ndjsonType = "application/x-ndjson"
	// bulkFactor is how many bodies' worth of lines one bulk send may have.
	bulkFactor = 1024
)

// isBulk reports whether a body is a send a line.
func isBulk(r *http.Request) bool {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	return err == nil && kind == ndjsonType
}

// bulkResult is the line that answers a line of a bulk send.
type bulkResult struct {
	Line   int        `json:"line"`
	Status int        `json:"status"`
	Sent   rawRecords `json:"sent,omitempty"`
	Detail any        `json:"detail,omitempty"`
}

// rawRecords is JSON that is there already.
type rawRecords []byte

// MarshalJSON writes the JSON as it is.
func (r rawRecords) MarshalJSON() ([]byte, error) { return r, nil }

// bulk sends each line of the body by itself and answers it with a line, while further lines come in: what one line gets
// wrong costs no other. Lines are bounded as bodies are, and there may be bulkFactor bodies' worth of them.
func (h *Handler) bulk(w http.ResponseWriter, r *http.Request, channel, key string) error {
	answers := http.NewResponseController(w)
	answers.EnableFullDuplex()
	w.Header().Set("Content-Type", ndjsonType)
	lines := bufio.NewScanner(http.MaxBytesReader(w, r.Body, bulkFactor*h.cfg.MaxBody))
	lines.Buffer(make([]byte, 0, min(64<<10, h.cfg.MaxBody)), int(h.cfg.MaxBody))
	out := bufio.NewWriter(w)
	for n := 1; lines.Scan(); n++ {
		if line := bytes.TrimSpace(lines.Bytes()); len(line) > 0 {
			answers.SetReadDeadline(after(bodyWithin))
			out.Write(encode(h.bulkLine(r, channel, key, n, line)))
			out.WriteByte('\n')
		}
		if r.Context().Err() != nil {
			return nil
		}
	}
	if err := lines.Err(); err != nil {
		h.drain(w, r)
		f := &Error{http.StatusBadRequest, "body could not be read"}
		var large *http.MaxBytesError
		if errors.Is(err, bufio.ErrTooLong) || errors.As(err, &large) {
			f = &Error{http.StatusRequestEntityTooLarge, "line or body too long"}
		}
		out.Write(encode(bulkResult{Status: f.Status, Detail: f.Detail}))
		out.WriteByte('\n')
	}
	return ignore(out.Flush())
}

// drain reads what is left of a body before its handler returns. Where reading and answering overlap the server would
// read it afterwards, and while it still listens for the next request, which panics. Of a body that goes on for long, or
// cannot be read, the connection ends with the answer.
func (h *Handler) drain(w http.ResponseWriter, r *http.Request) {
	io.Copy(io.Discard, http.MaxBytesReader(w, r.Body, h.cfg.MaxBody))
}

func (h *Handler) bulkLine(r *http.Request, channel, key string, n int, line []byte) bulkResult {
	a, err := h.g.Send(r.Context(), channel, key, line)
	if err != nil {
		return h.bulkFailure(n, err)
	}
	return bulkResult{Line: n, Status: http.StatusOK, Sent: a.JSON()}
}

func (h *Handler) bulkFailure(n int, err error) bulkResult {
	if text, ok := forbidden(err); ok {
		return bulkResult{Line: n, Status: http.StatusForbidden, Detail: text}
	}
	f := fault(err)
	if f == nil {
		f = fault(gateway.ErrNotRunning)
	}
	return bulkResult{Line: n, Status: f.Status, Detail: f.Detail}
}
