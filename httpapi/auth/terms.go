package auth

import (
	"cmp"
	"errors"
	"net/http"
	"regexp"
	"strings"
	"time"
)

// Terms are how a Method lets callers in, as far as that is not as usual. The zero value is as usual.
type Terms struct {
	// Paths are globs of the paths where the Method counts: * is any text, slashes too, and ? any character. nil means
	// everywhere. A path where no Method counts is closed to everybody.
	Paths []string
	// Cookie is the name of the cookie of its sessions; empty means "token", "session" or "oauth_session" by the Method.
	Cookie string
	// Domain is the domain of that cookie; empty means the host that sets it, and no other.
	Domain string
	// Life is how long a session lasts; 0 means 12 hours.
	Life time.Duration
	// Refusal is what callers without valid credentials are told; empty means "unauthorized".
	Refusal string
}

// With returns m on terms of its own.
func With(m Method, t Terms) Method { return &onTerms{m, t} }

type onTerms struct {
	Method
	terms Terms
}

// door is a Method of a gate with its terms complete.
type door struct {
	Method
	Terms
	paths []*regexp.Regexp
}

func newDoor(m Method) (*door, error) {
	d := &door{Method: m}
	for {
		special, ok := d.Method.(*onTerms)
		if !ok {
			break
		}
		d.Method, d.Terms = special.Method, special.terms
	}
	if checked, ok := d.Method.(interface{ check() error }); ok {
		if err := checked.check(); err != nil {
			return nil, err
		}
	}
	if d.Life < 0 {
		return nil, errors.New("auth: got a session life below 0")
	}
	if named, ok := d.Method.(interface{ cookie() string }); ok {
		d.Cookie = cmp.Or(d.Cookie, named.cookie())
	}
	d.Cookie = cmp.Or(d.Cookie, "session")
	if err := (&http.Cookie{Name: d.Cookie, Domain: d.Domain}).Valid(); err != nil {
		return nil, errors.New("auth: cookie: " + err.Error())
	}
	d.Life = cmp.Or(d.Life, sessionLife)
	d.Refusal = cmp.Or(d.Refusal, ErrUnauthorized.Error())
	for _, glob := range d.Paths {
		d.paths = append(d.paths, globbed(glob))
	}
	return d, nil
}

// globbed is a glob as an expression.
func globbed(glob string) *regexp.Regexp {
	text := regexp.QuoteMeta(glob)
	text = strings.ReplaceAll(strings.ReplaceAll(text, `\*`, `.*`), `\?`, `.`)
	return regexp.MustCompile(`(?s)^` + text + `$`)
}

// counts reports whether the door is one for a path.
func (d *door) counts(path string) bool {
	if d.Paths == nil {
		return true
	}
	for _, p := range d.paths {
		if p.MatchString(path) {
			return true
		}
	}
	return false
}
