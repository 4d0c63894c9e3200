package auth

import (
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
)

// Key is a secret with who holds it and what it may do.
type Key struct {
	// Name is who the holder is.
	Name string
	// Value is the secret: at least 8 characters and no space.
	Value string
	// Scopes is what the holder may do; nil means everything.
	Scopes []Scope
	// Claims are those of the Identity.
	Claims map[string]string
}

// KeySet is a Method: API keys as csp-gateway's client sends them, as query, header or cookie "token".
type KeySet struct {
	keys atomic.Pointer[[]hashedKey]
	err  error
}

var _ Pages = (*KeySet)(nil)

type hashedKey struct {
	sum [32]byte
	who *Identity
}

// tokenName is the name of the query parameter, header and cookie of a key.
const tokenName = "token"

// Keys returns a set of keys. What is wrong with one is the error of New.
func Keys(keys ...Key) *KeySet {
	s := &KeySet{}
	s.err = s.Replace(keys...)
	return s
}

// Replace changes the keys; WebSockets that were opened with one that is gone end within five seconds. A key that is
// empty, short or has spaces is an error, and then nothing changes.
func (s *KeySet) Replace(keys ...Key) error {
	if len(keys) == 0 {
		return errors.New("auth: got no API key, want at least one")
	}
	hashed := make([]hashedKey, len(keys))
	for i, k := range keys {
		if len(k.Value) < minKey || strings.ContainsFunc(k.Value, unfit) {
			return fmt.Errorf("auth: API key %q: want a value of at least %d characters without spaces", k.Name, minKey)
		}
		scopes := k.Scopes
		if scopes == nil {
			scopes = AllScopes()
		}
		hashed[i] = hashedKey{sha256.Sum256([]byte(k.Value)), &Identity{User: k.Name, Claims: k.Claims, Scopes: scopes}}
	}
	s.keys.Store(&hashed)
	return nil
}

// minKey is the least length of a key.
const minKey = 8

func unfit(r rune) bool { return r <= ' ' || r == 0x7f }

func (s *KeySet) check() error { return s.err }

func (s *KeySet) cookie() string { return tokenName }

// Status is 403, as csp-gateway answers.
func (s *KeySet) Status() int { return http.StatusForbidden }

// Identify finds the first valid key of query, header and cookie.
func (s *KeySet) Identify(r *http.Request) (g Grant, present, ok bool) {
	for _, given := range tokens(r) {
		sum := sha256.Sum256([]byte(given))
		if who := s.holder(sum); who != nil {
			return Grant{Identity: who, Valid: func() bool { return s.holder(sum) == who }}, true, true
		}
		present = true
	}
	return Grant{}, present, false
}

// holder compares with every key, so that the time says nothing.
func (s *KeySet) holder(sum [32]byte) *Identity {
	var who *Identity
	for _, k := range *s.keys.Load() {
		if subtle.ConstantTimeCompare(k.sum[:], sum[:]) == 1 {
			who = k.who
		}
	}
	return who
}

// tokens returns the credentials that a request carries under the name "token".
func tokens(r *http.Request) []string {
	var all []string
	if r.URL.RawQuery != "" {
		all = append(all, r.URL.Query()[tokenName]...)
	}
	all = append(all, r.Header.Values(tokenName)...)
	if c, err := r.Cookie(tokenName); err == nil {
		all = append(all, c.Value)
	}
	return all
}

// Routes are the login by link or form, and the logout.
func (s *KeySet) Routes(g *Gate) []Route { return tokenRoutes(g, s) }

// tokenRoutes are those of a method whose credentials are a token.
func tokenRoutes(g *Gate, m Method) []Route {
	return []Route{
		{http.MethodGet, "/login", func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Query().Has(tokenName) {
				g.redirect(w, http.StatusTemporaryRedirect, g.cfg.Prefix+"/auth/login?"+r.URL.RawQuery)
				return
			}
			g.form(w, loginForm{Action: g.cfg.Base + g.cfg.Prefix + "/auth/login", Method: "get", Fields: []loginField{{"token", "API key", "password"}}})
		}},
		{http.MethodGet, g.cfg.Prefix + "/auth/login", g.begin(m, "/")},
		{http.MethodGet, g.cfg.Prefix + "/auth/logout", g.leave},
		{http.MethodGet, "/logout", g.leave},
	}
}
