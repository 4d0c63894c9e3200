package modules

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"gw/config"
	"gw/httpapi/auth"
)

// AuthOptions are what every way to log in can be told.
type AuthOptions struct {
	// Scope are globs of the paths where it counts: * is any text, ? any character. A path where no way to log in counts is
	// closed to everybody.
	Scope []string `default:"*"`
	// Domain is that of the cookie of a session; without it the cookie is for the host that sets it alone.
	Domain string
	// UnauthorizedStatusMessage is what who is not let in is told.
	UnauthorizedStatusMessage string `default:"unauthorized"`
	// Check is csp-gateway's name of a Python function.
	Check string `later:"gw calls no Python"`
}

// terms completes them with what is called differently from module to module.
func (o AuthOptions) terms(cookie string, life time.Duration) auth.Terms {
	t := auth.Terms{Cookie: cookie, Domain: o.Domain, Life: life, Refusal: o.UnauthorizedStatusMessage}
	for _, glob := range o.Scope {
		if glob != "*" {
			t.Paths = append(t.Paths, glob)
			continue
		}
		t.Paths = nil
		break
	}
	return t
}

// checkScopes reports scopes that there are not; option is where they stand.
func checkScopes(c *config.Checking, option string, names []string) []auth.Scope {
	scopes, err := scopesOf(names)
	if err != nil {
		c.Failf(option, "", "%v", err)
	}
	return scopes
}

// scopesOf reads scopes; none means all of them.
func scopesOf(names []string) ([]auth.Scope, error) {
	scopes, err := auth.ParseScopes(strings.Join(names, ","))
	if err != nil {
		return nil, errors.New(strings.TrimPrefix(err.Error(), "scope: "))
	}
	return scopes, nil
}

// checkPaths reports globs that can be none of a path.
func (o AuthOptions) checkPaths(c *config.Checking) {
	for i, glob := range o.Scope {
		if !strings.HasPrefix(glob, "/") && !strings.HasPrefix(glob, "*") {
			c.Failf("scope."+fmt.Sprint(i), "write /"+glob+", or */"+glob, "got %q, want the glob of a path such as /api/*", glob)
		}
	}
}
