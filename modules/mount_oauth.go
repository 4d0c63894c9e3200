package modules

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"gw/config"
	"gw/gateway"
	"gw/httpapi"
	"gw/httpapi/auth"
)

// MountOAuth2Middleware lets in whom an OpenID Connect provider knows: by a login at the provider, with state, nonce and
// PKCE, or with a token of the provider as Bearer.
type MountOAuth2Middleware struct {
	Base
	AuthOptions
	// Issuer is the URL of the provider; ISSUER/.well-known/openid-configuration says the rest when the gateway starts.
	Issuer string `must:"true"`
	// ClientID is what this gateway is called at the provider.
	ClientID string `must:"true"`
	// ClientSecret is its secret there; a public client has none.
	ClientSecret string
	// RedirectURL is this server's PREFIX/auth/callback as browsers see it, and as the provider has it registered. Without it,
	// it is made of the address that is listened on, which is right for one machine.
	RedirectURL string
	// Scopes are what is asked for at the provider.
	Scopes []string `default:"[openid,profile,email]"`
	// TokenURL is used instead of what the provider says about itself.
	TokenURL string
	// AuthorizeURL is used instead of what the provider says about itself.
	AuthorizeURL string
	// UserinfoURL is used instead of what the provider says about itself. With all three, who somebody is is asked there, and
	// the provider needs not be one of OpenID Connect.
	UserinfoURL string
	// IntrospectionURL is where access tokens that are no JWT are asked about (RFC 7662); without it userinfo is.
	IntrospectionURL string
	// Audience is for whom tokens may be, besides client_id.
	Audience string
	// VerifySSL says whether the provider's certificate must be good.
	VerifySSL bool `json:"verify_ssl" default:"true"`
	// UserClaim is the claim that names the user; without it email, then sub.
	UserClaim string
	// RolesClaim is the claim, a text or a list, that roles are looked up with; without it everybody may do everything.
	RolesClaim string
	// Roles are what a role may do: ROLE to scopes. Who has none of them may do nothing.
	Roles map[string][]string
	// CookieName is the name of the cookie of a session.
	CookieName string `default:"oauth_session"`
	// SessionTimeout is how long the session of a login lasts.
	SessionTimeout time.Duration `default:"12h"`
}

var _ httpapi.Rester = (*MountOAuth2Middleware)(nil)

// connectWithin bounds the wait for a provider when a gateway starts.
const connectWithin = 10 * time.Second

// Connect does nothing: the provider is asked when the gateway is served.
func (m *MountOAuth2Middleware) Connect(*gateway.Bus) error { return nil }

// Check looks at URLs and roles; it asks nobody.
func (m *MountOAuth2Middleware) Check(c *config.Checking) {
	m.checkPaths(c)
	for option, text := range map[string]string{
		"issuer": m.Issuer, "redirect_url": m.RedirectURL, "token_url": m.TokenURL, "authorize_url": m.AuthorizeURL,
		"userinfo_url": m.UserinfoURL, "introspection_url": m.IntrospectionURL,
	} {
		if u, err := url.Parse(text); text != "" && (err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http") {
			c.Failf(option, "", "got %q, want a URL such as https://login.example", text)
		}
	}
	if m.RedirectURL != "" && !strings.HasSuffix(m.RedirectURL, "/auth/callback") {
		c.Failf("redirect_url", "", "got %q, want one that ends in /auth/callback, such as https://gw.example/api/v1/auth/callback", m.RedirectURL)
	}
	if m.ClientID == "" && c.Given("client_id") {
		c.Failf("client_id", "", "got nothing, want what the provider calls this gateway")
	}
	if len(m.Roles) > 0 && m.RolesClaim == "" {
		c.Failf("roles", "add roles_claim: NAME", "no claim is named that has the roles")
	}
	for _, role := range slices.Sorted(maps.Keys(m.Roles)) {
		checkScopes(c, "roles."+role, m.Roles[role])
	}
}

// Rest asks the provider what it says about itself, and adds the way to log in.
func (m *MountOAuth2Middleware) Rest(c *httpapi.Config) error {
	back := m.RedirectURL
	if back == "" {
		if c.URL == "" {
			return errors.New("redirect_url: must be given: nothing here knows how browsers find this gateway")
		}
		back = c.URL + c.Path("/auth/callback")
	}
	grant, err := m.grant()
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), connectWithin)
	defer cancel()
	method, err := auth.Connect(ctx, auth.Provider{
		Issuer: m.Issuer, ClientID: m.ClientID, ClientSecret: m.ClientSecret, RedirectURL: back, Scopes: m.Scopes,
		AuthURL: m.AuthorizeURL, TokenURL: m.TokenURL, UserInfoURL: m.UserinfoURL, IntrospectionURL: m.IntrospectionURL,
		Audience: m.Audience, UserClaim: m.UserClaim, Grant: grant, Client: m.client(),
	})
	if err != nil {
		return err
	}
	c.Methods = append(c.Methods, auth.With(method, m.terms(m.CookieName, m.SessionTimeout)))
	return nil
}

// client trusts what the operating system does, or everybody if it was told to.
func (m *MountOAuth2Middleware) client() *http.Client {
	if m.VerifySSL {
		return nil
	}
	m.log().Warn("verify_ssl: false: anybody on the way to the provider can let anybody in", "module", nameOf(m))
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.TLSClientConfig = &tls.Config{InsecureSkipVerify: true} // asked for by name
	return &http.Client{Transport: transport}
}

// grant is what a user may do by the roles that the provider tells; nil lets everybody do everything.
func (m *MountOAuth2Middleware) grant() (func(claims map[string]any) []auth.Scope, error) {
	if m.RolesClaim == "" {
		return nil, nil
	}
	roles := map[string][]auth.Scope{}
	for role, names := range m.Roles {
		scopes, err := scopesOf(names)
		if err != nil {
			return nil, fmt.Errorf("roles: %s: %w", role, err)
		}
		roles[role] = scopes
	}
	return func(claims map[string]any) []auth.Scope {
		held, isList := claims[m.RolesClaim].([]any)
		if !isList {
			held = []any{claims[m.RolesClaim]}
		}
		all := []auth.Scope{}
		for _, role := range held {
			name, _ := role.(string)
			all = append(all, roles[name]...)
		}
		return all
	}, nil
}
