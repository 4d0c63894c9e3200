package cli

import (
	"testing"
	"time"
)

func TestS10AddressIsLoopbackUnlessAskedTwice(t *testing.T) {
	for _, tc := range []struct {
		bind, port string
		insecure   bool
		want, err  string
	}{
		{"127.0.0.1", "8000", false, "127.0.0.1:8000", ""},
		{"localhost", "0", false, "localhost:0", ""},
		{"::1", "65535", false, "[::1]:65535", ""},
		{"127.8.9.1", "1", false, "127.8.9.1:1", ""},
		{"0.0.0.0", "80", true, "0.0.0.0:80", ""},
		{"0.0.0.0", "80", false, "", "--bind: 0.0.0.0 can be reached from other machines, and nothing asks them who they are"},
		{"::", "80", false, "", "--bind: :: can be reached from other machines, and nothing asks them who they are"},
		{"example.com", "80", true, "", `--bind: got "example.com", want an IP address or localhost`},
		{"", "80", true, "", `--bind: got "", want an IP address or localhost`},
		{"127.0.0.1", "65536", false, "", `--port: got "65536", want a number from 0 to 65535`},
		{"127.0.0.1", "-1", false, "", `--port: got "-1", want a number from 0 to 65535`},
		{"127.0.0.1", "http", false, "", `--port: got "http", want a number from 0 to 65535`},
	} {
		got, err := addressOf(tc.bind, tc.port, tc.insecure)
		if got != tc.want || textOf(err) != tc.err {
			t.Errorf("%q %q insecure=%t: got %q %q, want %q %q", tc.bind, tc.port, tc.insecure, got, textOf(err), tc.want, tc.err)
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
