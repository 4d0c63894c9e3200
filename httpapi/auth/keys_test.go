package auth_test

import (
	"strings"
	"testing"
	"time"

	"gw/httpapi/auth"
)

const deskKey, viewKey = "desk-secret-1", "view-secret-1"

func keySet() *auth.KeySet {
	return auth.Keys(auth.Key{Name: "desk", Value: deskKey}, auth.Key{Name: "view", Value: viewKey, Scopes: []auth.Scope{auth.Read}})
}

// TestKeysComeAsQueryHeaderOrCookie is appendix A.7 of the wire contract for API keys.
func TestKeysComeAsQueryHeaderOrCookie(t *testing.T) {
	s := newSite(t, auth.Config{MaxFailures: 100}, keySet())
	for _, tc := range []struct {
		target  string
		headers []string
		want    int
	}{
		{"/guarded/read", nil, 403},
		{"/guarded/read?token=" + deskKey, nil, 200},
		{"/guarded/read", []string{"token", deskKey}, 200},
		{"/guarded/read", []string{"Cookie", "token=" + deskKey}, 200},
		{"/guarded/read?token=bad", []string{"token", deskKey}, 200},
		{"/guarded/read?token=bad", nil, 403},
		{"/guarded/read", []string{"X-API-Key", deskKey}, 403},
		{"/guarded/read", []string{"Authorization", "Bearer " + deskKey}, 403},
		{"/guarded/send?token=" + viewKey, nil, 403},
		{"/guarded/control?token=" + deskKey, nil, 200},
	} {
		got := s.ask("GET", tc.target, tc.headers...)
		if got.Code != tc.want {
			t.Errorf("%s %v: got %d, want %d", tc.target, tc.headers, got.Code, tc.want)
		}
		if got.Code == 403 && !strings.HasPrefix(tc.target, "/guarded/send") && got.Body.String() != `{"detail":"unauthorized","status_code":403}` {
			t.Errorf("%s: got %s", tc.target, got.Body)
		}
	}
}

// TestS11EmptyAndShortKeysAreRefusedAtTheStart refuses what would let everybody in.
func TestS11EmptyAndShortKeysAreRefusedAtTheStart(t *testing.T) {
	for _, value := range []string{"", " ", "        ", "short", "with space in it", "tab\tinside-it"} {
		_, err := auth.New(auth.Config{}, auth.Keys(auth.Key{Name: "k", Value: value}))
		if err == nil {
			t.Errorf("%q: got no error", value)
		} else if value != "" && strings.TrimSpace(value) != "" && strings.Contains(err.Error(), value) {
			t.Errorf("%q: the error shows the key: %v", value, err)
		}
	}
	if _, err := auth.New(auth.Config{}, auth.Keys()); err == nil {
		t.Error("no key: got no error")
	}
	if _, err := auth.New(auth.Config{}); err == nil {
		t.Error("no method: got no error")
	}
}

// TestS13LoginMakesASessionOfAnotherValue looks at the cookie of a login, and that logging out ends it on the server.
func TestS13LoginMakesASessionOfAnotherValue(t *testing.T) {
	s := newSite(t, auth.Config{}, keySet())
	in := s.ask("GET", "/api/v1/auth/login?token="+viewKey)
	if in.Code != 307 || in.Header().Get("Location") != "/" {
		t.Fatalf("login: got %d %s", in.Code, in.Header().Get("Location"))
	}
	set := in.Header().Get("Set-Cookie")
	if !contains(set, "token=", "HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=43200") || contains(set, viewKey) || contains(set, "Domain") || contains(set, "Secure") {
		t.Errorf("got %q", set)
	}
	session := cookieOf(in)
	if got := s.ask("GET", "/guarded/read", "Cookie", session); got.Code != 200 || got.Body.String() != "view" {
		t.Errorf("session: got %d %s", got.Code, got.Body)
	}
	if got := s.ask("GET", "/guarded/send", "Cookie", session); got.Code != 403 {
		t.Errorf("session beyond its scope: got %d", got.Code)
	}
	again := cookieOf(s.ask("GET", "/api/v1/auth/login?token="+viewKey, "Cookie", session))
	if again == session || s.ask("GET", "/guarded/read", "Cookie", session).Code != 403 {
		t.Error("a second login leaves the first session alive")
	}
	out := s.ask("GET", "/api/v1/auth/logout", "Cookie", again)
	if out.Code != 307 || out.Header().Get("Location") != "/login" || !contains(out.Header().Get("Set-Cookie"), "Max-Age=0") {
		t.Errorf("logout: got %d %v", out.Code, out.Header())
	}
	if got := s.ask("GET", "/guarded/read", "Cookie", again); got.Code != 403 {
		t.Errorf("after logout: got %d", got.Code)
	}
}

// TestS14TooManyFailuresAreSlowedDown counts by address, and forgets after a minute.
func TestS14TooManyFailuresAreSlowedDown(t *testing.T) {
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	s := newSite(t, auth.Config{MaxFailures: 3, Now: func() time.Time { return now }}, keySet())
	for range 3 {
		if got := s.ask("GET", "/guarded/read?token=guess"); got.Code != 403 {
			t.Fatalf("got %d", got.Code)
		}
	}
	got := s.ask("GET", "/guarded/read?token="+deskKey)
	if got.Code != 429 || got.Header().Get("Retry-After") != "60" {
		t.Errorf("after three: got %d %v", got.Code, got.Header())
	}
	if got := s.ask("GET", "/api/v1/auth/login?token="+deskKey); got.Code != 429 {
		t.Errorf("login after three: got %d", got.Code)
	}
	now = now.Add(61 * time.Second)
	if got := s.ask("GET", "/guarded/read?token="+deskKey); got.Code != 200 {
		t.Errorf("a minute later: got %d", got.Code)
	}
}

// TestSessionsExpireAndRotate goes through the hours of one session.
func TestSessionsExpireAndRotate(t *testing.T) {
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	s := newSite(t, auth.Config{Now: func() time.Time { return now }}, keySet())
	first := cookieOf(s.ask("GET", "/api/v1/auth/login?token="+viewKey))
	now = now.Add(59 * time.Minute)
	if got := s.ask("GET", "/guarded/read", "Cookie", first); cookieOf(got) != "" {
		t.Error("rotated within the hour")
	}
	now = now.Add(2 * time.Minute)
	second := cookieOf(s.ask("GET", "/guarded/read", "Cookie", first))
	if second == "" || second == first {
		t.Fatal("not rotated after the hour")
	}
	if got := s.ask("GET", "/guarded/read", "Cookie", first); got.Code != 200 || cookieOf(got) != "" {
		t.Errorf("the old id in its minute of grace: got %d", got.Code)
	}
	now = now.Add(2 * time.Minute)
	if got := s.ask("GET", "/guarded/read", "Cookie", first); got.Code != 403 {
		t.Errorf("the old id after that: got %d", got.Code)
	}
	if got := s.ask("GET", "/guarded/read", "Cookie", second); got.Code != 200 {
		t.Errorf("the new id: got %d", got.Code)
	}
	now = now.Add(11 * time.Hour)
	if got := s.ask("GET", "/guarded/read", "Cookie", second); got.Code != 403 {
		t.Errorf("after twelve hours: got %d", got.Code)
	}
}

func TestWithdrawnKeyIsNoLongerValid(t *testing.T) {
	keys := keySet()
	s := newSite(t, auth.Config{}, keys)
	r := s.ask("GET", "/guarded/read?token="+deskKey)
	if r.Code != 200 {
		t.Fatalf("got %d", r.Code)
	}
	if err := keys.Replace(auth.Key{Name: "new", Value: "another-secret"}); err != nil {
		t.Fatal(err)
	}
	if got := s.ask("GET", "/guarded/read?token="+deskKey); got.Code != 403 {
		t.Errorf("got %d", got.Code)
	}
	if err := keys.Replace(auth.Key{Value: "x"}); err == nil {
		t.Error("a short key replaced the others")
	}
	if got := s.ask("GET", "/guarded/read?token=another-secret"); got.Code != 200 {
		t.Errorf("got %d", got.Code)
	}
}

func TestParseScopes(t *testing.T) {
	for text, want := range map[string]int{"": 4, "all": 4, "read": 1, "read, send": 2, "root": -1} {
		got, err := auth.ParseScopes(text)
		if err != nil && want >= 0 || err == nil && len(got) != want {
			t.Errorf("%q: got %v, %v", text, got, err)
		}
	}
}
