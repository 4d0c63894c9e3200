package auth_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"gw/httpapi/auth"
)

func TestExternalValidators(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var asked struct{ Token string }
		json.NewDecoder(r.Body).Decode(&asked)
		switch asked.Token {
		case "alice_key":
			w.Write([]byte(`{"user":"alice","desk":"rates","scopes":["read"]}`))
		case "broken_key":
			w.WriteHeader(500)
		default:
			w.WriteHeader(401)
		}
	}))
	defer server.Close()
	script := filepath.Join(t.TempDir(), "who")
	text := "#!/bin/sh\nread t\n[ \"$t\" = alice_key ] && echo '{\"user\":\"alice\",\"desk\":\"rates\",\"scopes\":[\"read\"]}' && exit 0\n[ \"$t\" = broken_key ] && exit 2\nexit 1\n"
	if err := os.WriteFile(script, []byte(text), 0o700); err != nil {
		t.Fatal(err)
	}
	function := func(_ context.Context, token string) (*auth.Identity, error) {
		switch token {
		case "alice_key":
			return &auth.Identity{User: "alice", Claims: map[string]string{"desk": "rates"}, Scopes: []auth.Scope{auth.Read}}, nil
		case "broken_key":
			return nil, errors.New("broken")
		}
		return nil, auth.ErrUnauthorized
	}
	for name, v := range map[string]auth.Validator{"function": function, "HTTP": auth.AskHTTP(nil, server.URL), "command": auth.AskCommand(script)} {
		t.Run(name, func(t *testing.T) {
			s := newSite(t, auth.Config{}, auth.Ask(v))
			for target, want := range map[string]int{
				"/guarded/read?token=alice_key": 200, "/guarded/send?token=alice_key": 403, "/guarded/read?token=bob_key": 403,
				"/guarded/read?token=broken_key": 403, "/guarded/read": 403,
			} {
				if got := s.ask("GET", target); got.Code != want {
					t.Errorf("%s: got %d, want %d", target, got.Code, want)
				}
			}
			in := s.ask("GET", "/api/v1/auth/login?token=alice_key")
			if got := s.ask("GET", "/guarded/read", "Cookie", cookieOf(in)); got.Code != 200 {
				t.Errorf("session: got %d", got.Code)
			}
			if got := s.ask("GET", "/api/v1/auth/whoami?token=alice_key"); !contains(got.Body.String(), `"desk":"rates"`) {
				t.Errorf("whoami: got %s", got.Body)
			}
		})
	}
}

func TestExternalAnswersAreKept(t *testing.T) {
	asked := 0
	s := newSite(t, auth.Config{}, auth.Ask(func(context.Context, string) (*auth.Identity, error) {
		asked++
		return &auth.Identity{User: "a", Scopes: auth.AllScopes()}, nil
	}))
	for range 5 {
		s.ask("GET", "/guarded/read?token=t")
	}
	if asked != 1 {
		t.Errorf("asked %d times, want once", asked)
	}
	if _, err := auth.New(auth.Config{}, auth.Ask(nil)); err == nil {
		t.Error("got no error without a validator")
	}
}
