package auth

import (
	"cmp"
	"net/http"
	"strings"
)

// Token is the name of the query parameter, header and cookie of a token; empty means "token", which csp-gateway's
// client uses.
type Token string

// tokenTaker is a Method whose credentials are a token.
type tokenTaker interface{ tokenName() string }

func (t Token) tokenName() string { return cmp.Or(string(t), "token") }

// cookie is the name of the cookie of sessions: that of the token, as csp-gateway has it.
func (t Token) cookie() string { return t.tokenName() }

// Status is 403, as csp-gateway answers.
func (t Token) Status() int { return http.StatusForbidden }

func (t Token) fields() []loginField { return []loginField{{t.tokenName(), "API key", "password"}} }

// tokens returns what a request carries in the order in which it counts: query, header, cookie. stale reports that it is
// but a cookie with the id of a session, which has ended: nobody tries that out.
func (t Token) tokens(r *http.Request) (all []string, stale bool) {
	name := t.tokenName()
	if r.URL.RawQuery != "" {
		all = append(all, r.URL.Query()[name]...)
	}
	all = append(all, r.Header.Values(name)...)
	given := len(all)
	if r.Header["Cookie"] == nil {
		return all, false
	}
	if c, err := r.Cookie(name); err == nil {
		all = append(all, c.Value)
		stale = given == 0 && isSessionID(c.Value)
	}
	return all, stale
}

// isSessionID reports whether a text may be the id of a session. It has 160 bits, so that it is not guessed.
func isSessionID(text string) bool {
	return len(text) == sessionIDSize && strings.Trim(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") == ""
}
