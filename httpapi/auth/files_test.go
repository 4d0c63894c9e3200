package auth_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"gw/httpapi/auth"
)

// TestS36FilesOfSecretsAreOnesOwn refuses a file that others may read, and shows no secret in any error.
func TestS36FilesOfSecretsAreOnesOwn(t *testing.T) {
	for _, tc := range []struct {
		name, text string
		mode       os.FileMode
		want       string // in the error, "" for none
	}{
		{"good", "# keys\ndesk all long-enough-secret\n\nwall read another-long-secret\n", 0o600, ""},
		{"open to others", "desk all long-enough-secret\n", 0o644, "can be read by others"},
		{"open to the group", "desk all long-enough-secret\n", 0o640, "can be read by others"},
		{"two words", "desk long-enough-secret\n", 0o600, "keys:1: got 2 words"},
		{"scope", "desk root long-enough-secret\n", 0o600, `scope: got "root"`},
		{"empty", "# nothing\n", 0o600, "got no line"},
	} {
		file := filepath.Join(t.TempDir(), "keys")
		if err := os.WriteFile(file, []byte(tc.text), tc.mode); err != nil {
			t.Fatal(err)
		}
		keys, err := auth.ReadKeys(file)
		switch {
		case tc.want == "" && (err != nil || len(keys) != 2):
			t.Errorf("%s: got %v, %v", tc.name, keys, err)
		case tc.want != "" && (err == nil || !strings.Contains(err.Error(), tc.want) || strings.Contains(err.Error(), "long-enough-secret")):
			t.Errorf("%s: got %v, want %q", tc.name, err, tc.want)
		}
	}
}

// TestS16KeysOfAFileCanBeWithdrawn changes the file of a running gate: one key goes, another comes, and then the file breaks.
func TestS16KeysOfAFileCanBeWithdrawn(t *testing.T) {
	file := filepath.Join(t.TempDir(), "keys")
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("old all old-secret-1\n")
	synctest.Test(t, func(t *testing.T) {
		var broken []error
		keys := auth.Keys(auth.Key{Name: "fixed", Value: "fixed-secret"})
		if err := keys.Follow(file, func(err error) { broken = append(broken, err) }); err != nil {
			t.Fatal(err)
		}
		s := newSite(t, auth.Config{}, keys)
		expect := func(what string, old, fresh int) {
			t.Helper()
			time.Sleep(2 * time.Second)
			for key, want := range map[string]int{"old-secret-1": old, "fresh-secret": fresh, "fixed-secret": 200} {
				if got := s.ask("GET", "/guarded/read", "token", key); got.Code != want {
					t.Errorf("%s: %s: got %d, want %d", what, key, got.Code, want)
				}
			}
		}
		expect("at first", 200, 403)
		write("fresh all fresh-secret\n")
		expect("changed", 403, 200)
		write("nonsense\n")
		expect("broken", 403, 200)
		if len(broken) != 1 || strings.Contains(broken[0].Error(), "fresh-secret") {
			t.Errorf("told %v, want one error", broken)
		}
	})
}
