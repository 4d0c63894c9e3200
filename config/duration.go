package config

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"
)

var (
	clockText = regexp.MustCompile(`^([-+])?(?:(\d+) ?d(?:ays?)?,? ?)?(\d+):(\d{1,2})(?::(\d{1,2}(?:\.\d+)?))?$`)
	isoText   = regexp.MustCompile(`(?i)^([-+])?P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$`)
	dayText   = regexp.MustCompile(`^([-+])?(\d+)d(.*)$`)
)

// ParseDuration reads a duration in any of its spellings: 500ms, 1h30m, 2d, 2d12h, 00:00:02.5, "1 day, 2:00:00", PT2S,
// or a number of seconds.
func ParseDuration(s string) (time.Duration, bool) {
	s = strings.TrimSpace(s)
	if seconds, err := strconv.ParseFloat(s, 64); err == nil {
		return seconded(seconds)
	}
	if d, err := time.ParseDuration(s); err == nil {
		return d, true
	}
	if m := dayText.FindStringSubmatch(s); m != nil {
		rest, err := time.Duration(0), error(nil)
		if m[3] != "" {
			rest, err = time.ParseDuration(strings.TrimSpace(m[3]))
		}
		if err == nil && rest >= 0 {
			return parts(m[1], []string{m[2]}, []float64{86400}, rest)
		}
	}
	if m := clockText.FindStringSubmatch(s); m != nil {
		return parts(m[1], m[2:], []float64{86400, 3600, 60, 1}, 0)
	}
	if m := isoText.FindStringSubmatch(s); m != nil && strings.IndexAny(s, "0123456789") > 0 && !strings.HasSuffix(strings.ToUpper(s), "T") {
		return parts(m[1], m[2:], []float64{604800, 86400, 3600, 60, 1}, 0)
	}
	return 0, false
}

// parts adds numbers of units, given in seconds, to rest.
func parts(sign string, numbers []string, units []float64, rest time.Duration) (time.Duration, bool) {
	total := rest
	for i, text := range numbers {
		if text == "" {
			continue
		}
		n, err := strconv.ParseFloat(text, 64)
		d, ok := seconded(n * units[i])
		if err != nil || !ok || total+d < total {
			return 0, false
		}
		total += d
	}
	if sign == "-" {
		total = -total
	}
	return total, true
}

func seconded(seconds float64) (time.Duration, bool) {
	ns := math.Round(seconds * 1e9)
	if math.IsNaN(ns) || math.Abs(ns) >= 1<<63 {
		return 0, false
	}
	return time.Duration(ns), true
}
