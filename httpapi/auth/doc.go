// Package auth says who a caller of the API is and what it may do: API keys, an external validator, users with
// passwords, OpenID Connect, and the sessions that a login begins.
//
//	gate, err := auth.New(auth.Config{Prefix: "/api/v1"}, auth.Keys(auth.Key{Name: "desk", Value: secret, Scopes: scopes}))
//	h := httpapi.New(g, httpapi.Config{Auth: gate})
//
// # The way of a request
//
// A route asks for a Scope. The Gate looks for a session cookie first, then lets each Method look for credentials of
// its kind; the first that finds valid ones names the Identity. Without any the answer is 401 or 403 in the form that
// csp-gateway's clients know, and for a browser that asks for a page the way to the login. The Identity goes into the
// request's context as a gateway.Caller, where the gateway's Filter and its Guard find it.
//
// # Sessions
//
// A login makes a session: a random id of 160 bits in an HttpOnly, SameSite cookie that is Secure under TLS. The
// server keeps its hash, the identity and an end. Ids change at login and once an hour; the number of sessions is
// bounded. Basic auth and keys make none by themselves. A WebSocket lives as long as what it was opened with: logout,
// expiry or a withdrawn key end it within five seconds.
//
// # Concurrency
//
// Everything may be used from any goroutine. Keys are compared in constant time over their hashes. What an external
// validator says is kept for ten seconds.
package auth
