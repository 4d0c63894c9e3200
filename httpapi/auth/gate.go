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
	// Cookie is the name of the session cookie; empty means that of the first method: "token", "session" or "oauth_session".
	Cookie string
	// MaxFailures is how many failed logins and keys an address may have in a minute; 0 means 10.
	MaxFailures int
	// Now is the clock; nil means the wall clock.
	Now func() time.Time
}

// Gate decides who comes in. Make it with New.
type Gate struct {
	cfg      Config
	methods  []Method
	sessions *sessions
	failures *failures
}

// New returns a gate that lets in whom one of the methods knows. They are asked in their order; the first decides how
// requests without credentials are answered. Without a method, or with one that is not complete, it is an error.
func New(c Config, methods ...Method) (*Gate, error) {
	if len(methods) == 0 {
		return nil, errors.New("auth: got no method, want at least one")
	}
	c.Prefix = "/" + strings.Trim(cmp.Or(c.Prefix, "/api/v1"), "/")
	c.MaxFailures = cmp.Or(c.MaxFailures, 10)
	if c.Now == nil {
		c.Now = wallClock
	}
	for _, m := range methods {
		if checked, ok := m.(interface{ check() error }); ok {
			if err := checked.check(); err != nil {
				return nil, err
			}
		}
		if named, ok := m.(interface{ cookie() string }); ok {
			c.Cookie = cmp.Or(c.Cookie, named.cookie())
		}
	}
	c.Cookie = cmp.Or(c.Cookie, "session")
	return &Gate{cfg: c, methods: methods, sessions: newSessions(c.Now), failures: newFailures(c.MaxFailures, c.Now)}, nil
}

// Errors of Admit. Each is answered with the status of the gate or its own.
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
	grant, err := g.identify(r)
	if err != nil {
		return Grant{}, err
	}
	if !grant.Identity.May(scope) {
		return Grant{}, ErrForbidden
	}
	return grant, nil
}

func (g *Gate) identify(r *http.Request) (Grant, error) {
	if c, err := r.Cookie(g.cfg.Cookie); err == nil {
		if grant, ok := g.sessions.find(c.Value); ok {
			return grant, nil
		}
	}
	if g.failures.blocked(r) {
		return Grant{}, ErrTooMany
	}
	tried := false
	for _, m := range g.methods {
		grant, present, ok := m.Identify(r)
		if ok {
			return grant, nil
		}
		tried = tried || present
	}
	if tried {
		g.failures.count(r)
	}
	return Grant{}, ErrUnauthorized
}

// Status is the status of the answer to ErrUnauthorized, Challenge its WWW-Authenticate header or "".
func (g *Gate) Status() int { return g.methods[0].Status() }

// Challenge is the WWW-Authenticate header of an answer to ErrUnauthorized, or "".
func (g *Gate) Challenge() string {
	for _, m := range g.methods {
		if c, ok := m.(interface{ challenge() string }); ok && m.Status() == http.StatusUnauthorized {
			return c.challenge()
		}
	}
	return ""
}

// LoginPage is where a browser without credentials is sent to, "" if there is no such page.
func (g *Gate) LoginPage() string {
	for _, m := range g.methods {
		if _, ok := m.(Pages); ok {
			return g.cfg.Base + "/login"
		}
	}
	return ""
}

// Refresh sets a new cookie if the session of r is due for one. Call it before the answer is written.
func (g *Gate) Refresh(w http.ResponseWriter, r *http.Request) {
	c, err := r.Cookie(g.cfg.Cookie)
	if err != nil {
		return
	}
	if fresh := g.sessions.rotate(c.Value); fresh != "" {
		g.setCookie(w, r, fresh)
	}
}

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
