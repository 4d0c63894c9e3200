package httpapi

import (
	"errors"
	"net/http"
	"strings"

	"gw/gateway"
	"gw/httpapi/auth"
)

// newTable returns an empty table whose routes ask who comes in, with the routes of the login.
func (h *Handler) newTable() *routes {
	t := newRoutes(h.fail)
	t.admit = h.admit
	if h.cfg.Auth == nil {
		return t
	}
	for _, r := range h.cfg.Auth.Routes() {
		t.add(r.Method, r.Path, auth.Public, func(w http.ResponseWriter, req *http.Request, _ string) error {
			r.Serve(w, req)
			return nil
		})
	}
	return t
}

// refused is a request that was not let in.
type refused struct {
	status    int
	detail    string
	challenge string
	login     string // where a browser is sent instead
}

func (e *refused) Error() string { return e.detail }

// admit lets a request in that may use a route of the scope, in the name of who makes it. It returns the request even
// with an error.
func (h *Handler) admit(r *http.Request, scope auth.Scope) (*http.Request, error) {
	gate := h.cfg.Auth
	if gate == nil || scope == auth.Public {
		return r, nil
	}
	grant, err := gate.Admit(r, scope)
	switch {
	case errors.Is(err, auth.ErrForbidden):
		return r, &refused{status: http.StatusForbidden, detail: "forbidden: needs the scope " + string(scope)}
	case errors.Is(err, auth.ErrTooMany):
		return r, &refused{status: http.StatusTooManyRequests, detail: err.Error()}
	case err != nil:
		return r, h.refusal(r)
	}
	ctx := auth.WithIdentity(r.Context(), grant.Identity)
	ctx = gateway.WithCaller(ctx, grant.Identity.Caller())
	return r.WithContext(withGrant(ctx, grant)), nil
}

// refusal is the answer to a caller whom nobody knows: the way to the login for a browser that asks for a page.
func (h *Handler) refusal(r *http.Request) *refused {
	answer := h.cfg.Auth.Refusal(r)
	inAPI := strings.HasPrefix(r.URL.Path+"/", h.cfg.Prefix+"/") || r.URL.Path == "/openapi.json"
	wantsPage := strings.Contains(r.Header.Get("Accept"), "text/html") || answer.Status == http.StatusUnauthorized
	if inAPI || !wantsPage || r.Method != http.MethodGet {
		answer.Login = ""
	}
	return &refused{status: answer.Status, detail: answer.Detail, challenge: answer.Challenge, login: answer.Login}
}

// refuse answers a request that was not let in.
func (h *Handler) refuse(w http.ResponseWriter, r *http.Request, e *refused) {
	switch {
	case isUpgrade(r): // an upgrade is never accepted, whatever the way in
		e.status = http.StatusForbidden
	case e.login != "":
		w.Header().Set("Location", e.login)
		w.WriteHeader(http.StatusTemporaryRedirect)
		return
	case e.challenge != "":
		w.Header().Set("WWW-Authenticate", e.challenge)
	}
	auth.Refuse(w, e.status, e.detail)
}
