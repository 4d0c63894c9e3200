package client

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"syscall"
)

// APIError is an answer of the gateway that is not a success.
type APIError struct {
	// Status is the HTTP status code, such as 404.
	Status int
	// Detail is the gateway's own explanation as one line; for a rejected send all its problems, each with its place.
	Detail string
	// Raw is the JSON of the answer's "detail" as it came, nil if the body was not such JSON.
	Raw json.RawMessage

	request string // "GET http://..."
}

// Error names the request, the status and the gateway's explanation.
func (e *APIError) Error() string {
	text := http.StatusText(e.Status)
	if e.Detail == "" || e.Detail == text {
		return fmt.Sprintf("%s: %d %s", e.request, e.Status, text)
	}
	return fmt.Sprintf("%s: %s (%d %s)", e.request, e.Detail, e.Status, text)
}

// UnreachableError says that no gateway could be reached at URL.
type UnreachableError struct {
	// URL is the gateway's base URL.
	URL string
	// Err is what the network said.
	Err error
}

// Error is a sentence that says what was tried, what happened and, if nothing listens, what to do.
func (e *UnreachableError) Error() string { return e.URL + ": " + e.reason() }

// Unwrap gives the network's error.
func (e *UnreachableError) Unwrap() error { return e.Err }

func (e *UnreachableError) reason() string {
	var dns *net.DNSError
	var timeout net.Error
	switch {
	case errors.Is(e.Err, syscall.ECONNREFUSED):
		return "nothing answers (connection refused); start a gateway with gw run"
	case errors.As(e.Err, &dns):
		return fmt.Sprintf("no such host %q", dns.Name)
	case errors.Is(e.Err, net.ErrClosed):
		return "the gateway has stopped"
	case errors.Is(e.Err, io.EOF), errors.Is(e.Err, io.ErrUnexpectedEOF), errors.Is(e.Err, io.ErrClosedPipe), errors.Is(e.Err, syscall.ECONNRESET):
		return "the gateway closed the connection"
	case errors.Is(e.Err, context.DeadlineExceeded), errors.As(e.Err, &timeout) && timeout.Timeout():
		return "no answer in time"
	}
	return e.Err.Error()
}

// addressError is the answer to a base URL that cannot be used.
type addressError struct{ got string }

func (e *addressError) Error() string {
	return fmt.Sprintf("%.80q: not the address of a gateway (want one such as http://127.0.0.1:8000)", e.got)
}

// newAPIError reads the "detail" of an answer's body.
func newAPIError(request string, status int, body []byte) *APIError {
	e := &APIError{Status: status, request: request}
	var answer struct {
		Detail json.RawMessage `json:"detail"`
	}
	if json.Unmarshal(body, &answer) != nil || len(answer.Detail) == 0 {
		return e
	}
	e.Raw = answer.Detail
	if json.Unmarshal(answer.Detail, &e.Detail) != nil {
		e.Detail = problemText(answer.Detail)
	}
	return e
}

// problemText makes one line of a list of validation problems; other JSON stays as it is.
func problemText(raw json.RawMessage) string {
	var problems []struct {
		Loc []any  `json:"loc"`
		Msg string `json:"msg"`
	}
	if json.Unmarshal(raw, &problems) != nil || len(problems) == 0 {
		return string(raw)
	}
	parts := make([]string, len(problems))
	for i, p := range problems {
		place := make([]string, len(p.Loc))
		for j, l := range p.Loc {
			place[j] = fmt.Sprint(l)
		}
		parts[i] = strings.Join(place, ".") + ": " + p.Msg
	}
	return strings.Join(parts, "; ")
}
