package auth

import (
	"cmp"
	"context"
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

// Provider says where to log in with OpenID Connect.
type Provider struct {
	// Issuer is the provider's URL; its discovery document is read when the Method is made.
	Issuer string
	// ClientID and ClientSecret are those of this gateway at the provider; a public client has no secret.
	ClientID, ClientSecret string
	// RedirectURL is where the provider sends browsers back: this server as the outside sees it, with the path
	// PREFIX/auth/callback. It never comes from a request.
	RedirectURL string
	// Scopes to ask for; nil means openid, profile, email.
	Scopes []string
	// UserClaim is the claim that names the user; empty means "email", then "sub".
	UserClaim string
	// Grant returns what a user may do, by the claims; nil lets everybody whom the provider knows do everything.
	Grant func(claims map[string]any) []Scope
	// Client makes the requests to the provider; nil means http.DefaultClient.
	Client *http.Client
}

// OIDC is a Method: users who log in at a provider, and ID tokens of that provider as Bearer.
type OIDC struct {
	p        Provider
	config   oauth2.Config
	verifier *oidc.IDTokenVerifier

	mu      sync.Mutex
	pending map[string]flow // by state
}

var _ Pages = (*OIDC)(nil)

// flow is a login that has gone to the provider and not come back yet.
type flow struct {
	nonce, verifier string
	browser         string // the value of the cookie that the same browser brings back
	until           time.Time
}

const (
	flowCookie = "oauth_flow"
	flowLife   = 10 * time.Minute
	maxFlows   = 1000
)

// Connect returns the Method of a provider. It reads the provider's discovery document; ctx bounds that.
func Connect(ctx context.Context, p Provider) (*OIDC, error) {
	if p.ClientID == "" || p.RedirectURL == "" {
		return nil, errors.New("auth: OpenID Connect: want a client id and a redirect URL")
	}
	p.Client = cmp.Or(p.Client, http.DefaultClient)
	found, err := oidc.NewProvider(oidc.ClientContext(ctx, p.Client), p.Issuer)
	if err != nil {
		return nil, fmt.Errorf("auth: OpenID Connect: issuer %s: %w", p.Issuer, err)
	}
	if p.Scopes == nil {
		p.Scopes = []string{oidc.ScopeOpenID, "profile", "email"}
	}
	return &OIDC{
		p: p, pending: map[string]flow{},
		config:   oauth2.Config{ClientID: p.ClientID, ClientSecret: p.ClientSecret, RedirectURL: p.RedirectURL, Endpoint: found.Endpoint(), Scopes: p.Scopes},
		verifier: found.VerifierContext(oidc.ClientContext(context.Background(), p.Client), &oidc.Config{ClientID: p.ClientID}),
	}, nil
}

func (o *OIDC) cookie() string { return "oauth_session" }

func (o *OIDC) challenge() string { return "Bearer" }

// Status is 401.
func (o *OIDC) Status() int { return http.StatusUnauthorized }

// Identify checks an ID token that a request carries as Bearer: signature, issuer, audience and expiry.
func (o *OIDC) Identify(r *http.Request) (g Grant, present, ok bool) {
	token, present := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if !present {
		return Grant{}, false, false
	}
	checked, err := o.verifier.Verify(r.Context(), token)
	if err != nil {
		return Grant{}, true, false
	}
	who, err := o.identity(checked)
	if err != nil {
		return Grant{}, true, false
	}
	return Grant{Identity: who, Valid: func() bool { return wallClock().Before(checked.Expiry) }}, true, true
}

func (o *OIDC) identity(token *oidc.IDToken) (*Identity, error) {
	var claims map[string]any
	if err := token.Claims(&claims); err != nil {
		return nil, err
	}
	text := func(name string) string { s, _ := claims[name].(string); return s }
	who := &Identity{User: cmp.Or(text(o.p.UserClaim), text("email"), token.Subject), Claims: map[string]string{}, Scopes: AllScopes()}
	if o.p.UserClaim != "" && text(o.p.UserClaim) == "" {
		return nil, fmt.Errorf("no claim %q", o.p.UserClaim)
	}
	for name := range claims {
		if v := text(name); v != "" && v != "*" {
			who.Claims[name] = v
		}
	}
	who.Claims["user"] = who.User
	if o.p.Grant != nil {
		who.Scopes = o.p.Grant(claims)
	}
	return who, nil
}

// Routes are the way to the provider and back, and the logout.
func (o *OIDC) Routes(g *Gate) []Route {
	start := func(w http.ResponseWriter, r *http.Request) { o.start(g, w, r) }
	return []Route{
		{http.MethodGet, "/login", start},
		{http.MethodGet, g.cfg.Prefix + "/auth/login", start},
		{http.MethodGet, g.cfg.Prefix + "/auth/callback", func(w http.ResponseWriter, r *http.Request) { o.callback(g, w, r) }},
		{http.MethodGet, g.cfg.Prefix + "/auth/userinfo", g.whoami},
		{http.MethodGet, g.cfg.Prefix + "/auth/logout", g.leave},
		{http.MethodGet, "/logout", g.leave},
	}
}

// start sends a browser to the provider, with a state and a nonce that it has to bring back and a PKCE challenge.
func (o *OIDC) start(g *Gate, w http.ResponseWriter, r *http.Request) {
	f := flow{nonce: rand.Text(), verifier: oauth2.GenerateVerifier(), browser: rand.Text(), until: g.cfg.Now().Add(flowLife)}
	state := rand.Text()
	o.remember(state, f, g.cfg.Now())
	http.SetCookie(w, &http.Cookie{
		Name: flowCookie, Value: f.browser, Path: "/", MaxAge: int(flowLife.Seconds()),
		HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: r.TLS != nil,
	})
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Location", o.config.AuthCodeURL(state, oidc.Nonce(f.nonce), oauth2.S256ChallengeOption(f.verifier)))
	w.WriteHeader(http.StatusTemporaryRedirect)
}

func (o *OIDC) remember(state string, f flow, now time.Time) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if len(o.pending) >= maxFlows {
		for s, old := range o.pending {
			if !now.Before(old.until) {
				delete(o.pending, s)
			}
		}
	}
	if len(o.pending) >= maxFlows {
		clear(o.pending)
	}
	o.pending[state] = f
}

// take returns the flow of a state, which is good for one use by the browser that began it.
func (o *OIDC) take(r *http.Request, now time.Time) (flow, bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	state := r.URL.Query().Get("state")
	f, ok := o.pending[state]
	c, err := r.Cookie(flowCookie)
	if !ok || err != nil || subtle.ConstantTimeCompare([]byte(c.Value), []byte(f.browser)) != 1 {
		return flow{}, false
	}
	delete(o.pending, state)
	return f, now.Before(f.until)
}

// callback finishes a login. It is public: the state and the cookie say whose it is.
func (o *OIDC) callback(g *Gate, w http.ResponseWriter, r *http.Request) {
	f, ok := o.take(r, g.cfg.Now())
	if !ok {
		Refuse(w, http.StatusBadRequest, "this login is not known here, or it took too long: begin again at /login")
		return
	}
	if why := r.URL.Query().Get("error"); why != "" {
		Refuse(w, http.StatusBadRequest, fmt.Sprintf("the provider refused: %.80q", why))
		return
	}
	who, err := o.exchange(r.Context(), r.URL.Query().Get("code"), f)
	if err != nil {
		g.failures.count(r)
		Refuse(w, http.StatusBadRequest, "the provider's answer does not hold")
		return
	}
	http.SetCookie(w, &http.Cookie{Name: flowCookie, Path: "/", MaxAge: -1, HttpOnly: true})
	g.login(w, r, who)
	g.redirect(w, http.StatusTemporaryRedirect, "/")
}

func (o *OIDC) exchange(ctx context.Context, code string, f flow) (*Identity, error) {
	ctx, cancel := context.WithTimeout(oidc.ClientContext(ctx, o.p.Client), askWithin)
	defer cancel()
	token, err := o.config.Exchange(ctx, code, oauth2.VerifierOption(f.verifier))
	if err != nil {
		return nil, err
	}
	raw, ok := token.Extra("id_token").(string)
	if !ok {
		return nil, errors.New("no id_token")
	}
	checked, err := o.verifier.Verify(ctx, raw)
	if err != nil {
		return nil, err
	}
	if subtle.ConstantTimeCompare([]byte(checked.Nonce), []byte(f.nonce)) != 1 {
		return nil, errors.New("another nonce")
	}
	return o.identity(checked)
}
