package auth_test

import (
	"encoding/base64"
	"net/http/httptest"
	"testing"

	"golang.org/x/crypto/bcrypt"

	"gw/httpapi/auth"
)

func userSet(t *testing.T) *auth.UserSet {
	t.Helper()
	hash, err := bcrypt.GenerateFromPassword([]byte("alicepass"), bcrypt.MinCost)
	if err != nil {
		t.Fatal(err)
	}
	return auth.Users(auth.User{Name: "alice", Hash: string(hash), Role: "admin"})
}

func basic(name, password string) string {
	return "Basic " + base64.StdEncoding.EncodeToString([]byte(name+":"+password))
}

// TestUsersLogInByFormOrBasic is appendix A.7 for simple authentication.
func TestUsersLogInByFormOrBasic(t *testing.T) {
	s := newSite(t, auth.Config{}, userSet(t))
	none := s.ask("GET", "/guarded/read")
	if none.Code != 401 || none.Body.String() != `{"detail":"unauthorized","status_code":401}` || s.gate.Refusal(httptest.NewRequest("GET", "/", nil)).Challenge == "" {
		t.Errorf("no credentials: got %d %s", none.Code, none.Body)
	}
	got := s.ask("GET", "/guarded/read", "Authorization", basic("alice", "alicepass"))
	if got.Code != 200 || cookieOf(got) != "" {
		t.Errorf("Basic: got %d with cookie %q, want 200 without a session", got.Code, cookieOf(got))
	}
	if got := s.ask("GET", "/api/v1/auth/whoami", "Authorization", basic("alice", "alicepass")); !contains(got.Body.String(), `"user":"alice"`, `"role":"admin"`) {
		t.Errorf("whoami: got %s", got.Body)
	}
	for body, location := range map[string]string{
		"username=alice&password=alicepass": "/", "username=alice&password=wrong": "/login?error=invalid_credentials",
		"username=bob&password=alicepass": "/login?error=invalid_credentials", "username=alice": "/login?error=missing_credentials", "": "/login?error=missing_credentials",
	} {
		got := s.ask("POST", "/login", "Content-Type", "application/x-www-form-urlencoded", "Body", body)
		if got.Code != 303 || got.Header().Get("Location") != location {
			t.Errorf("%q: got %d %s, want 303 %s", body, got.Code, got.Header().Get("Location"), location)
		}
		if in := location == "/"; in != (cookieNamed(got, "session") != "") {
			t.Errorf("%q: got cookie %q", body, cookieNamed(got, "session"))
		}
	}
	if page := s.ask("GET", "/login?error=invalid_credentials"); !contains(page.Body.String(), `name="username"`, `name="password"`, "That is not known here.") {
		t.Errorf("login page: got %s", page.Body)
	}
}

func TestUsersNeedAHash(t *testing.T) {
	if _, err := auth.New(auth.Config{}, auth.Users(auth.User{Name: "alice", Hash: "plain"})); err == nil {
		t.Error("got no error for a password that is no hash")
	}
	if _, err := auth.HashPassword(""); err == nil {
		t.Error("got no error for an empty password")
	}
}
