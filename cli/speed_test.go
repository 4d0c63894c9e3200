package cli

import (
	"strings"
	"testing"
	"time"
)

func TestSpeedOfRecordings(t *testing.T) {
	for _, tc := range []struct {
		text   string
		span   time.Duration
		factor float64
		says   string
	}{
		{"auto", 10 * time.Minute, 1, "at the original speed, 10m0s"},
		{"auto", 15 * time.Minute, 1, "at the original speed, 15m0s"},
		{"auto", time.Hour, 60, "at 60 times the original speed: 1h0m0s in about 1m0s"},
		{"auto", 215 * 24 * time.Hour, 309600, "at 309600 times the original speed: 215 days in about 1m0s"},
		{"auto", 0, 1, "at the original speed, 0s"},
		{"original", time.Hour, 1, "at the original speed, 1h0m0s"},
		{"max", time.Hour, 0, "as fast as possible"},
		{"x10", time.Minute, 10, "at 10 times the original speed: 1m0s in about 6s"},
		{"0.5", time.Minute, 0.5, "at 0.5 times the original speed: 1m0s in about 2m0s"},
	} {
		s, err := parseSpeed(tc.text)
		if err != nil {
			t.Errorf("%q: %v", tc.text, err)
			continue
		}
		factor := s.resolve(tc.span)
		if says := speedSentence(factor, tc.span); factor != tc.factor || says != tc.says {
			t.Errorf("%q over %s: got %v %q, want %v %q", tc.text, tc.span, factor, says, tc.factor, tc.says)
		}
	}
}

func TestSpeedRefusesWhatIsNone(t *testing.T) {
	for _, text := range []string{"", "0", "-1", "fast", "NaN", "Inf", "x", "1e13"} {
		if _, err := parseSpeed(text); err == nil || !strings.Contains(err.Error(), "want max, original, auto or a number above 0") {
			t.Errorf("%q: got %v, want an error that says what a speed is", text, err)
		}
	}
}
