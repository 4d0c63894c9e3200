package cli

import (
	"testing"
	"time"
)

func TestAddressIsHostAndPort(t *testing.T) {
	for _, tc := range []struct {
		bind, port, want, err string
	}{
		{"127.0.0.1", "8000", "127.0.0.1:8000", ""},
		{"localhost", "0", "localhost:0", ""},
		{"::1", "65535", "[::1]:65535", ""},
		{"127.8.9.1", "1", "127.8.9.1:1", ""},
		{"0.0.0.0", "80", "0.0.0.0:80", ""},
		{"example.com", "80", "", `--bind: got "example.com", want an IP address or localhost`},
		{"", "80", "", `--bind: got "", want an IP address or localhost`},
		{"127.0.0.1", "65536", "", `--port: got "65536", want a number from 0 to 65535`},
		{"127.0.0.1", "-1", "", `--port: got "-1", want a number from 0 to 65535`},
		{"127.0.0.1", "http", "", `--port: got "http", want a number from 0 to 65535`},
	} {
		got, err := addressOf("--bind", tc.bind, tc.port)
		if got != tc.want || textOf(err) != tc.err {
			t.Errorf("%q %q: got %q %q, want %q %q", tc.bind, tc.port, got, textOf(err), tc.want, tc.err)
		}
	}
}

// TestS10AddressIsLoopbackUnlessAskedTwice looks at who can reach an address.
func TestS10AddressIsLoopbackUnlessAskedTwice(t *testing.T) {
	for address, alone := range map[string]bool{
		"127.0.0.1:1": true, "localhost:1": true, "[::1]:1": true, "127.8.9.1:1": true, "0.0.0.0:1": false, "[::]:1": false, "10.0.0.1:1": false,
	} {
		s := serving{address: address, bound: "--bind", security: &security{}}
		if err := s.exposed(nil); (err == nil) != alone {
			t.Errorf("%s: got %v, want an error: %v", address, err, !alone)
		}
		s.insecure = true
		if err := s.exposed(nil); err != nil {
			t.Errorf("%s with --insecure: got %v", address, err)
		}
	}
}

func TestLimitIsAPositiveDuration(t *testing.T) {
	for text, want := range map[string]time.Duration{"": 0, "5s": 5 * time.Second, "1h30m": 90 * time.Minute} {
		if got, err := limitOf(text); got != want || err != nil {
			t.Errorf("%q: got %v %v, want %v", text, got, err, want)
		}
	}
	for _, text := range []string{"0", "-1s", "5", "soon"} {
		if _, err := limitOf(text); err == nil {
			t.Errorf("%q: got no error, want one", text)
		}
	}
}

func textOf(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
