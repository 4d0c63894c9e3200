package auth_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"gw/httpapi/auth"
)

const redirectURL = "https://gw.example/api/v1/auth/callback"

func oidcSite(t *testing.T) (*provider, *site) {
	t.Helper()
	p := newProvider(t)
	m, err := auth.Connect(context.Background(), auth.Provider{Issuer: p.URL, ClientID: "gw", RedirectURL: redirectURL})
	if err != nil {
		t.Fatal(err)
	}
	return p, newSite(t, auth.Config{}, m)
}

func TestS15LoginAtAProvider(t *testing.T) {
	p, s := oidcSite(t)
	start := s.ask("GET", "/login", "Host", "evil.example")
	if start.Code != 307 {
		t.Fatalf("login: got %d", start.Code)
	}
	q := p.visit(start.Header().Get("Location"))
	for name, want := range map[string]string{"client_id": "gw", "redirect_uri": redirectURL, "response_type": "code", "scope": "openid profile email", "code_challenge_method": "S256"} {
		if got := q.Get(name); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
	if q.Get("state") == "" || q.Get("nonce") == "" || q.Get("code_challenge") == "" {
		t.Error("no state, nonce or challenge")
	}
	back := "/api/v1/auth/callback?code=good&state=" + q.Get("state")
	if got := s.ask("GET", back); got.Code != 400 {
		t.Errorf("another browser: got %d", got.Code)
	}
	flow := cookieOf(start)
	done := s.ask("GET", back, "Cookie", flow)
	if done.Code != 307 || done.Header().Get("Location") != "/" {
		t.Fatalf("callback: got %d %s", done.Code, done.Body)
	}
	if got := s.ask("GET", back, "Cookie", flow); got.Code != 400 {
		t.Errorf("the same state again: got %d", got.Code)
	}
	session := cookieNamed(done, "oauth_session")
	who := s.ask("GET", "/api/v1/auth/whoami", "Cookie", session)
	if who.Code != 200 || !contains(who.Body.String(), `"user":"alice@example.com"`, `"desk":"rates"`) {
		t.Errorf("whoami: got %d %s", who.Code, who.Body)
	}
	if got := s.ask("GET", "/guarded/read", "Cookie", session); got.Code != 200 {
		t.Errorf("with the session: got %d", got.Code)
	}
}

// TestS15ForgedTokensAreRefused sends Bearer tokens that a provider would never sign so, and one that it would.
func TestS15ForgedTokensAreRefused(t *testing.T) {
	p, s := oidcSite(t)
	for name, tc := range map[string]struct {
		forge func(header, claims map[string]any)
		want  int
	}{
		"good":           {nil, 200},
		"alg none":       {func(h, _ map[string]any) { h["alg"] = "none" }, 401},
		"alg HS256":      {func(h, _ map[string]any) { h["alg"] = "HS256" }, 401},
		"wrong audience": {func(_, c map[string]any) { c["aud"] = "other" }, 401},
		"wrong issuer":   {func(_, c map[string]any) { c["iss"] = "https://evil.example" }, 401},
		"expired":        {func(_, c map[string]any) { c["exp"] = time.Now().Add(-time.Hour).Unix() }, 401},
		"unknown kid":    {func(h, _ map[string]any) { h["kid"] = "k2" }, 401},
	} {
		p.forge = tc.forge
		if got := s.ask("GET", "/guarded/read", "Authorization", "Bearer "+p.token("")); got.Code != tc.want {
			t.Errorf("%s: got %d, want %d", name, got.Code, tc.want)
		}
	}
	if got := s.ask("GET", "/guarded/read", "Authorization", "Bearer nonsense"); got.Code != 401 {
		t.Errorf("nonsense: got %d", got.Code)
	}
}

// TestS15TheCallbackChecksNonceAndCode plays providers that answer something else.
func TestS15TheCallbackChecksNonceAndCode(t *testing.T) {
	for name, spoil := range map[string]func(p *provider, code *string){
		"another nonce":    func(p *provider, _ *string) { p.nonce = "other" },
		"another code":     func(_ *provider, code *string) { *code = "bad" },
		"another verifier": func(p *provider, _ *string) { p.challenge = "other" },
	} {
		p, s := oidcSite(t)
		start := s.ask("GET", "/login")
		q, code := p.visit(start.Header().Get("Location")), "good"
		spoil(p, &code)
		got := s.ask("GET", "/api/v1/auth/callback?code="+code+"&state="+q.Get("state"), "Cookie", cookieOf(start))
		if got.Code != 400 || cookieNamed(got, "oauth_session") != "" {
			t.Errorf("%s: got %d with cookie %q", name, got.Code, cookieNamed(got, "oauth_session"))
		}
	}
}

func TestProviderThatIsNotThere(t *testing.T) {
	dead := httptest.NewServer(http.NotFoundHandler())
	dead.Close()
	if _, err := auth.Connect(context.Background(), auth.Provider{Issuer: dead.URL, ClientID: "gw", RedirectURL: redirectURL}); err == nil {
		t.Error("got no error")
	}
	if _, err := auth.Connect(context.Background(), auth.Provider{}); err == nil {
		t.Error("got no error without a client id")
	}
}
