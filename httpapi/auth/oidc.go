package auth

import (
	"cmp"
	"context"
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

// Provider says where to log in with OpenID Connect, or with OAuth 2 alone.
type Provider struct {
	// Issuer is the provider's URL; its discovery document is read when the Method is made.
	Issuer string
	// AuthURL, TokenURL and UserInfoURL are used instead of what the discovery document says. With all three it is not
	// read, and who somebody is is asked at UserInfoURL instead of an ID token.
	AuthURL, TokenURL, UserInfoURL string
	// IntrospectionURL is where access tokens that are no JWT are asked about; without it UserInfoURL is.
	IntrospectionURL string
	// ClientID and ClientSecret are those of this gateway at the provider; a public client has no secret.
	ClientID, ClientSecret string
	// Audience is whom access tokens may be for besides ClientID; empty means nobody.
	Audience string
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

// OIDC is a Method: users who log in at a provider, and tokens of that provider as Bearer.
type OIDC struct {
	p       Provider
	config  oauth2.Config
	tokens  []*oidc.IDTokenVerifier // the first is for ID tokens; none without the provider's keys
	answers answers

	mu      sync.Mutex
	pending map[string]flow // by state
}

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
	if p.Scopes == nil {
		p.Scopes = []string{oidc.ScopeOpenID, "profile", "email"}
	}
	o := &OIDC{pending: map[string]flow{}}
	if p.AuthURL == "" || p.TokenURL == "" || p.UserInfoURL == "" {
		found, err := oidc.NewProvider(oidc.ClientContext(ctx, p.Client), p.Issuer)
		if err != nil {
			return nil, fmt.Errorf("auth: OpenID Connect: issuer %s: %w", p.Issuer, err)
		}
		p.AuthURL = cmp.Or(p.AuthURL, found.Endpoint().AuthURL)
		p.TokenURL = cmp.Or(p.TokenURL, found.Endpoint().TokenURL)
		p.UserInfoURL = cmp.Or(p.UserInfoURL, found.UserInfoEndpoint())
		for _, audience := range []string{p.ClientID, p.Audience} {
			if audience != "" {
				keys := oidc.ClientContext(context.Background(), p.Client)
				o.tokens = append(o.tokens, found.VerifierContext(keys, &oidc.Config{ClientID: audience}))
			}
		}
	}
	o.p = p
	o.config = oauth2.Config{
		ClientID: p.ClientID, ClientSecret: p.ClientSecret, RedirectURL: p.RedirectURL, Scopes: p.Scopes,
		Endpoint: oauth2.Endpoint{AuthURL: p.AuthURL, TokenURL: p.TokenURL},
	}
	return o, nil
}

func (o *OIDC) cookie() string { return "oauth_session" }

func (o *OIDC) challenge() string { return "Bearer" }

// Status is 401.
func (o *OIDC) Status() int { return http.StatusUnauthorized }

// Identify checks a token that a request carries as Bearer. One that is a JWT is checked by its signature, issuer,
// audience and expiry, and never by anything else; the provider is asked about another one.
func (o *OIDC) Identify(r *http.Request) (g Grant, present, ok bool) {
	kind, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(kind, "Bearer") || token == "" {
		return Grant{}, false, false
	}
	if len(o.tokens) == 0 || strings.Count(token, ".") != 2 {
		if len(token) > maxTokenSize {
			return Grant{}, true, false
		}
		who := o.asked(r.Context(), token)
		return Grant{Identity: who, Valid: func() bool { return o.asked(context.Background(), token) != nil }}, true, who != nil
	}
	for _, v := range o.tokens {
		checked, err := v.Verify(r.Context(), token)
		if err != nil {
			continue
		}
		who, err := o.verified(checked)
		return Grant{Identity: who, Valid: func() bool { return wallClock().Before(checked.Expiry) }}, true, err == nil
	}
	return Grant{}, true, false
}

func (o *OIDC) verified(token *oidc.IDToken) (*Identity, error) {
	var claims map[string]any
	if err := token.Claims(&claims); err != nil {
		return nil, err
	}
	return o.identity(claims)
}

// identity is who a provider says that somebody is.
func (o *OIDC) identity(claims map[string]any) (*Identity, error) {
	text := func(name string) string { s, _ := claims[name].(string); return s }
	user := cmp.Or(text("email"), text("sub"))
	if o.p.UserClaim != "" {
		user = text(o.p.UserClaim)
	}
	if user == "" || user == Every {
		return nil, fmt.Errorf("got no user in the claim %q", cmp.Or(o.p.UserClaim, "sub"))
	}
	who := &Identity{User: user, Claims: map[string]string{}, Scopes: AllScopes()}
	for name := range claims {
		if v := text(name); v != "" && v != Every {
			who.Claims[name] = v
		}
	}
	who.Claims["user"] = who.User
	if o.p.Grant != nil {
		who.Scopes = o.p.Grant(claims)
	}
	return who, nil
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
func (o *OIDC) callback(g *Gate, d *door, w http.ResponseWriter, r *http.Request) {
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
	g.login(w, r, d, who)
	g.redirect(w, http.StatusTemporaryRedirect, "/")
}

func (o *OIDC) exchange(ctx context.Context, code string, f flow) (*Identity, error) {
	ctx, cancel := context.WithTimeout(oidc.ClientContext(ctx, o.p.Client), askWithin)
	defer cancel()
	token, err := o.config.Exchange(ctx, code, oauth2.VerifierOption(f.verifier))
	if err != nil {
		return nil, err
	}
	if len(o.tokens) == 0 || !slices.Contains(o.p.Scopes, oidc.ScopeOpenID) {
		return o.userInfo(ctx, token.AccessToken)
	}
	raw, ok := token.Extra("id_token").(string)
	if !ok {
		return nil, errors.New("no id_token")
	}
	checked, err := o.tokens[0].Verify(ctx, raw)
	if err != nil {
		return nil, err
	}
	if subtle.ConstantTimeCompare([]byte(checked.Nonce), []byte(f.nonce)) != 1 {
		return nil, errors.New("another nonce")
	}
	return o.verified(checked)
}
