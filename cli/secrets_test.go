package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gw/gateway"
)

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
