package cli

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"gw/client"
)

func TestTuiSaysWhatItNeeds(t *testing.T) {
	for _, tc := range []struct{ words, want, hint string }{
		{"tui", "tui: got 0 addresses, want one", "http://127.0.0.1:8000"},
		{"tui :1 :2", "tui: got 2 addresses, want one", "http://127.0.0.1:8000"},
		{"tui :1 --color red", `--color: got "red", want auto, always or never`, ""},
		{"tui :1", "tui: standard input and output are not a terminal", "run it in a terminal"},
	} {
		var stdout, stderr strings.Builder
		code := Run(append([]string{"gw"}, strings.Fields(tc.words)...), strings.NewReader(""), &stdout, &stderr, nil)
		if code != exitUsage || !strings.Contains(stderr.String(), tc.want) || !strings.Contains(stderr.String(), tc.hint) || stdout.Len() > 0 {
			t.Errorf("gw %s: code %d, stderr %q, stdout %q", tc.words, code, stderr.String(), stdout.String())
		}
	}
}

func TestTuiGreetsTheGateway(t *testing.T) {
	for _, tc := range []struct {
		status int
		body   string
		want   string
	}{
		{http.StatusOK, `{"name":"omnibus"}`, ""},
		{http.StatusNotFound, `{"detail":"Not Found"}`, ""},
		{http.StatusUnauthorized, `{"detail":"who are you"}`, "who are you"},
		{http.StatusForbidden, `{"detail":"not you"}`, "not you"},
		{http.StatusInternalServerError, `{"detail":"broken"}`, "broken"},
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(tc.status)
			_, _ = w.Write([]byte(tc.body))
		}))
		c := client.New(server.URL, client.Options{})
		err := greet(context.Background(), c)
		if (err == nil) != (tc.want == "") || err != nil && !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%d: got %v, want %q", tc.status, err, tc.want)
		}
		c.Close()
		server.Close()
	}
}
