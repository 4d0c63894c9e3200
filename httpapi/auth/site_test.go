package auth_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"gw/httpapi/auth"
)

// site is a gate in front of one route a scope, /guarded/SCOPE.
type site struct {
	t    *testing.T
	gate *auth.Gate
	mux  map[string]http.HandlerFunc
}

func newSite(t *testing.T, c auth.Config, methods ...auth.Method) *site {
	t.Helper()
	gate, err := auth.New(c, methods...)
	if err != nil {
		t.Fatal(err)
	}
	s := &site{t: t, gate: gate, mux: map[string]http.HandlerFunc{}}
	for _, r := range gate.Routes() {
		s.mux[r.Method+" "+r.Path] = r.Serve
	}
	for _, scope := range auth.AllScopes() {
		s.mux["GET /guarded/"+string(scope)] = func(w http.ResponseWriter, r *http.Request) { s.guarded(w, r, scope) }
	}
	return s
}

func (s *site) guarded(w http.ResponseWriter, r *http.Request, scope auth.Scope) {
	s.gate.Refresh(w, r)
	grant, err := s.gate.Admit(r, scope)
	switch {
	case errors.Is(err, auth.ErrForbidden):
		auth.Refuse(w, 403, "forbidden")
	case errors.Is(err, auth.ErrTooMany):
		auth.Refuse(w, 429, err.Error())
	case err != nil:
		answer := s.gate.Refusal(r)
		auth.Refuse(w, answer.Status, answer.Detail)
	default:
		w.Write([]byte(grant.Identity.User))
	}
}

// ask makes a request with headers given as name, value, name, value.
func (s *site) ask(method, target string, headers ...string) *httptest.ResponseRecorder {
	s.t.Helper()
	r := httptest.NewRequest(method, "http://gw.example"+target, nil)
	for i := 0; i+1 < len(headers); i += 2 {
		if headers[i] == "Body" {
			body := httptest.NewRequest(method, "http://gw.example"+target, strings.NewReader(headers[i+1]))
			body.Header = r.Header
			r = body
			continue
		}
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h := s.mux[method+" "+r.URL.Path]
	if h == nil {
		s.t.Fatalf("no route %s %s", method, r.URL.Path)
	}
	h(w, r)
	return w
}

// cookieOf returns the first cookie that an answer sets, as a Cookie header.
func cookieOf(w *httptest.ResponseRecorder) string {
	for _, c := range w.Result().Cookies() {
		return c.Name + "=" + c.Value
	}
	return ""
}

// cookieNamed returns a cookie that an answer sets to something, "" if it does not.
func cookieNamed(w *httptest.ResponseRecorder, name string) string {
	for _, c := range w.Result().Cookies() {
		if c.Name == name && c.Value != "" {
			return c.Name + "=" + c.Value
		}
	}
	return ""
}

func contains(text string, parts ...string) bool {
	for _, p := range parts {
		if !strings.Contains(text, p) {
			return false
		}
	}
	return true
}
