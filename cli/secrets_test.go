package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gw/gateway"
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
		keys, err := readKeys(file)
		switch {
		case tc.want == "" && (err != nil || len(keys) != 2):
			t.Errorf("%s: got %v, %v", tc.name, keys, err)
		case tc.want != "" && (err == nil || !strings.Contains(err.Error(), tc.want) || strings.Contains(err.Error(), "long-enough-secret")):
			t.Errorf("%s: got %v, want %q", tc.name, err, tc.want)
		}
	}
}

// TestS10AWiderBindNeedsSomebodyToAsk starts on every network with and without a way to log in.
func TestS10AWiderBindNeedsSomebodyToAsk(t *testing.T) {
	dir := t.TempDir()
	keys, users, weak := filepath.Join(dir, "keys"), filepath.Join(dir, "users"), filepath.Join(dir, "weak")
	for file, text := range map[string]string{
		keys: "desk all long-enough-secret\n", users: "alice all $2a$04$9lZKkwf7sIkBBs8KJGDkEe2nRlWVTfwxmRUEGmBBfO7OrjNYgcTQ2\n", weak: "desk all short\n",
	} {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, tc := range []struct {
		flags string
		code  int
	}{
		{"", exitUsage}, {"--insecure", exitDone}, {"--api-keys " + keys, exitDone}, {"--api-keys " + weak, exitUsage},
		{"--users " + users, exitUsage}, {"--users " + users + " --tls-self-signed", exitDone}, {"--users " + users + " --insecure", exitDone},
		{"--filter user", exitUsage}, {"--origin nonsense", exitUsage}, {"--tls-cert nowhere", exitUsage},
	} {
		words := append([]string{"gw", "run", "--headless", "--bind", "0.0.0.0", "--port", "0", "--for", "1ms", "--outputs", dir}, strings.Fields(tc.flags)...)
		var out, errs strings.Builder
		if code := Run(words, strings.NewReader(""), &out, &errs, gateway.New(nil)); code != tc.code {
			t.Errorf("%s: got %d, want %d: %s", tc.flags, code, tc.code, errs.String())
		}
		if strings.Contains(errs.String(), "long-enough-secret") {
			t.Errorf("%s: shows a secret: %s", tc.flags, errs.String())
		}
	}
}
