package modules_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"
)

// oauth is a provider of OAuth 2 alone: codes, opaque tokens, and who they belong to.
func oauth(t *testing.T) *httptest.Server {
	t.Helper()
	mux := http.NewServeMux()
	answer := func(w http.ResponseWriter, v any) {
		w.Header().Set("Content-Type", "application/json")
		if err := json.NewEncoder(w).Encode(v); err != nil {
			t.Error(err)
		}
	}
	mux.HandleFunc("/token", func(w http.ResponseWriter, r *http.Request) {
		if r.PostFormValue("code") != "good" || r.PostFormValue("code_verifier") == "" {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		answer(w, map[string]any{"access_token": "of-alice", "token_type": "Bearer"})
	})
	mux.HandleFunc("/userinfo", func(w http.ResponseWriter, r *http.Request) {
		switch r.Header.Get("Authorization") {
		case "Bearer of-alice":
			answer(w, map[string]any{"email": "alice@example.com", "groups": []string{"traders"}})
		case "Bearer of-bob":
			answer(w, map[string]any{"sub": "bob", "groups": "none"})
		case "Bearer of-all":
			answer(w, map[string]any{"sub": "*"})
		default:
			w.WriteHeader(http.StatusUnauthorized)
		}
	})
	mux.HandleFunc("/introspect", func(w http.ResponseWriter, r *http.Request) {
		id, secret, _ := r.BasicAuth()
		known := map[string]map[string]any{
			"ours":     {"active": true, "sub": "alice", "aud": []string{"gw"}},
			"others":   {"active": true, "sub": "alice", "client_id": "another-program"},
			"audience": {"active": true, "sub": "alice", "aud": "desk"},
		}[r.PostFormValue("token")]
		if known == nil || id != "gw" || secret != "of-the-client" {
			known = map[string]any{"active": false}
		}
		answer(w, known)
	})
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s
}

func throughProvider(t *testing.T, p *httptest.Server, more string) *door {
	t.Helper()
	return opened(t, locked+`{_target_: csp_gateway.MountOAuth2Middleware, issuer: `+p.URL+`, client_id: gw, client_secret: of-the-client,
    authorize_url: `+p.URL+`/authorize, token_url: `+p.URL+`/token, userinfo_url: `+p.URL+`/userinfo,
    redirect_url: https://gw.example/api/v1/auth/callback`+more+`}`)
}

// TestS15LoginFromAConfiguration goes to a provider and back, and tries the state twice and in another browser.
func TestS15LoginFromAConfiguration(t *testing.T) {
	d := throughProvider(t, oauth(t), `, roles_claim: groups, roles: {traders: [read, send]}`)
	start := d.ask("GET", "/login", "")
	to, err := url.Parse(start.Header().Get("Location"))
	if err != nil || start.Code != 307 || to.Path != "/authorize" {
		t.Fatalf("login: got %d %s", start.Code, start.Header().Get("Location"))
	}
	if q := to.Query(); q.Get("redirect_uri") != "https://gw.example/api/v1/auth/callback" || q.Get("state") == "" || q.Get("code_challenge") == "" {
		t.Errorf("asks for %v", q)
	}
	flow := start.Result().Cookies()[0]
	back := "/api/v1/auth/callback?code=good&state=" + to.Query().Get("state")
	if got := d.ask("GET", back, ""); got.Code != 400 {
		t.Errorf("another browser: got %d", got.Code)
	}
	done := d.ask("GET", back, "", "Cookie", flow.Name+"="+flow.Value)
	if done.Code != 307 {
		t.Fatalf("back: got %d %s", done.Code, done.Body)
	}
	session := ""
	for _, c := range done.Result().Cookies() {
		if c.Name == "oauth_session" {
			session = c.Name + "=" + c.Value
		}
	}
	if got := d.ask("GET", "/api/v1/auth/userinfo", "", "Cookie", session); got.Body.String() != `{"user":"alice@example.com","claims":{"email":"alice@example.com","user":"alice@example.com"},"scopes":["read","send"]}` {
		t.Errorf("userinfo: got %s", got.Body)
	}
	if read, stage := d.status("/api/v1/last/", "Cookie", session), d.ask("POST", "/api/v1/stage/a", "", "Cookie", session).Code; read != 200 || stage != 403 {
		t.Errorf("with the session: got %d to read and %d to stage", read, stage)
	}
	if got := d.ask("GET", back, "", "Cookie", flow.Name+"="+flow.Value); got.Code != 400 {
		t.Errorf("the same state again: got %d", got.Code)
	}
}

// TestTokensOfAProviderComeAsBearer sends access tokens that the provider has to be asked about.
func TestTokensOfAProviderComeAsBearer(t *testing.T) {
	p := oauth(t)
	asked := throughProvider(t, p, "")
	for token, want := range map[string]int{"of-alice": 200, "of-bob": 200, "of-nobody": 401, "of-all": 401, "a.b.c": 401} {
		if got := asked.status("/api/v1/last/", "Authorization", "Bearer "+token); got != want {
			t.Errorf("%s: got %d, want %d", token, got, want)
		}
	}
	introspected := throughProvider(t, p, `, introspection_url: `+p.URL+`/introspect, audience: desk`)
	for token, want := range map[string]int{"ours": 200, "audience": 200, "others": 401, "unknown": 401, "of-alice": 401} {
		if got := introspected.status("/api/v1/last/", "Authorization", "Bearer "+token); got != want {
			t.Errorf("introspected %s: got %d, want %d", token, got, want)
		}
	}
	roles := throughProvider(t, p, `, roles_claim: groups, roles: {traders: read}`)
	if got := roles.status("/api/v1/last/", "Authorization", "Bearer of-bob"); got != 403 {
		t.Errorf("without a role: got %d", got)
	}
}
