package auth

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"strings"
	"time"
)

// Config is what a Gate needs to know beside its methods.
type Config struct {
	// Prefix is where the API lies; empty means "/api/v1".
	Prefix string
	// Base is the path under which a proxy shows the server, empty for none.
	Base string
	// MaxFailures is how many failed logins and keys an address may have in a minute; 0 means 10.
	MaxFailures int
	// Now is the clock; nil means the wall clock.
	Now func() time.Time
}

// Gate decides who comes in. Make it with New.
type Gate struct {
	cfg      Config
	doors    []*door
	sessions *sessions
	failures *failures
}

// New returns a gate that lets in whom one of the methods knows. They are asked in their order; the first that counts
// decides how requests without credentials are answered. Without a method, or with one that is not complete, it is an
// error.
func New(c Config, methods ...Method) (*Gate, error) {
	if len(methods) == 0 {
		return nil, errors.New("auth: got no method, want at least one")
	}
	c.Prefix = "/" + strings.Trim(cmp.Or(c.Prefix, "/api/v1"), "/")
	c.MaxFailures = cmp.Or(c.MaxFailures, 10)
	if c.Now == nil {
		c.Now = wallClock
	}
	g := &Gate{cfg: c, sessions: newSessions(c.Now), failures: newFailures(c.MaxFailures, c.Now)}
	for _, m := range methods {
		d, err := newDoor(m)
		if err != nil {
			return nil, err
		}
		g.doors = append(g.doors, d)
	}
	return g, nil
}

// Passwords reports whether people type secrets here that they may use elsewhere.
func (g *Gate) Passwords() bool {
	for _, d := range g.doors {
		if _, ok := d.Method.(*UserSet); ok {
			return true
		}
	}
	return false
}

// Errors of Admit. Each is answered with the status of the gate's Refusal or its own.
var (
	ErrUnauthorized = errors.New("unauthorized")
	ErrForbidden    = errors.New("forbidden")
	ErrTooMany      = errors.New("too many failed logins")
)

// Admit returns the grant of a request to a route that asks for scope: ErrUnauthorized if nobody knows its
// credentials, ErrTooMany if its address has failed too often, ErrForbidden if its identity lacks the scope.
func (g *Gate) Admit(r *http.Request, scope Scope) (Grant, error) {
	if scope == Public {
		return Grant{Identity: &Identity{}}, nil
	}
	grant, err := g.identify(r, r.URL.Path)
	if err != nil {
		return Grant{}, err
	}
	if !grant.Identity.May(scope) {
		return Grant{}, ErrForbidden
	}
	return grant, nil
}

// identify finds who makes a request to a path.
func (g *Gate) identify(r *http.Request, path string) (Grant, error) {
	if _, grant, ok := g.session(r, path); ok {
		return grant, nil
	}
	_, grant, err := g.credentials(r, path)
	return grant, err
}

// credentials finds who makes a request by what it carries, and the door that knows.
func (g *Gate) credentials(r *http.Request, path string) (*door, Grant, error) {
	if g.failures.blocked(r) {
		return nil, Grant{}, ErrTooMany
	}
	tried := false
	for _, d := range g.doors {
		if !d.counts(path) {
			continue
		}
		grant, present, ok := d.Identify(r)
		if ok {
			return d, grant, nil
		}
		tried = tried || present
	}
	if tried {
		g.failures.count(r)
	}
	return nil, Grant{}, ErrUnauthorized
}

// Status is the status with which callers without credentials are refused where the first way to log in counts: 401 or 403.
func (g *Gate) Status() int { return g.doors[0].Status() }

// TokenName is the name of the query parameter, header and cookie of tokens, "" if no way to log in takes any.
func (g *Gate) TokenName() string {
	for _, d := range g.doors {
		if t, ok := d.Method.(tokenTaker); ok {
			return t.tokenName()
		}
	}
	return ""
}

// Refusal is how a gate answers who is not let in.
type Refusal struct {
	// Status is 401 or 403.
	Status int
	// Detail is what the caller is told.
	Detail string
	// Challenge is the WWW-Authenticate header, "" for none.
	Challenge string
	// Login is where a browser is sent instead, "" if there is no such page.
	Login string
}

// Refusal returns the answer to a request that ErrUnauthorized is about.
func (g *Gate) Refusal(r *http.Request) Refusal {
	var answer Refusal
	for _, d := range g.doors {
		if !d.counts(r.URL.Path) {
			continue
		}
		if answer.Status == 0 {
			answer.Status, answer.Detail = d.Status(), d.Refusal
		}
		if c, ok := d.Method.(challenger); ok && answer.Challenge == "" {
			answer.Challenge = c.challenge()
		}
		if answer.Login == "" && d.hasPage() {
			answer.Login = g.cfg.Base + "/login"
		}
	}
	if answer.Status == 0 { // no door is one for the path
		answer.Status, answer.Detail = http.StatusForbidden, ErrUnauthorized.Error()
	}
	if answer.Status != http.StatusUnauthorized {
		answer.Challenge = ""
	}
	return answer
}

// challenger is a Method with a WWW-Authenticate header.
type challenger interface{ challenge() string }

type identityKey struct{}

// WithIdentity returns a context of calls in the name of who, for the gateway too.
func WithIdentity(ctx context.Context, who *Identity) context.Context {
	return context.WithValue(ctx, identityKey{}, who)
}

// IdentityOf returns who makes a call, nil if nobody said so.
func IdentityOf(ctx context.Context) *Identity {
	who, _ := ctx.Value(identityKey{}).(*Identity)
	return who
}
