package auth

import (
	"maps"
	"net/http"
	"slices"

	"gw/gateway"
)

// Identity is who makes a request. It is shared: do not change it once a Method has returned it.
type Identity struct {
	// User is the name that whoami, the log and the gateway see.
	User string `json:"user"`
	// Role is free text for people.
	Role string `json:"role,omitempty"`
	// Claims are facts that fields of values are compared with (FilterBy); "*" stands for every value, and for
	// claims that are not there. User is the claim "user" where there is no other.
	Claims map[string]string `json:"claims,omitempty"`
	// Scopes are what the caller may do.
	Scopes []Scope `json:"scopes,omitempty"`
}

// May reports whether the caller may use a route that asks for s.
func (i *Identity) May(s Scope) bool {
	return s == Public || i != nil && slices.Contains(i.Scopes, s)
}

// Caller returns the identity as the gateway knows callers.
func (i *Identity) Caller() gateway.Caller {
	claims := maps.Clone(i.Claims)
	if claims == nil {
		claims = map[string]string{}
	}
	if _, given := claims["user"]; !given && i.User != "" && claims[Every] == "" {
		claims["user"] = i.User
	}
	return gateway.Caller{Name: i.User, Claims: claims}
}

// Grant is a request that was let in: by whom, and until when.
type Grant struct {
	Identity *Identity
	// Valid reports whether what the request was let in with still counts: a session may have ended, a key may have been
	// withdrawn. nil means for ever.
	Valid func() bool
}

// Method recognises one kind of credentials.
type Method interface {
	// Identify returns who makes r, or false if r carries no valid credentials of the kind. present reports whether it
	// carried some at all.
	Identify(r *http.Request) (g Grant, present, ok bool)
	// Status is the status of the answer to requests without credentials: 401 or 403.
	Status() int
}

// Route is a public route of a Gate.
type Route struct {
	Method, Path string
	Serve        http.HandlerFunc
}
