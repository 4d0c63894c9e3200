package schema

import (
	"bytes"
	"math"
	"strconv"
	"strings"
	"time"
)

const (
	durationDay = 24 * time.Hour
	tooLong     = "durations may not exceed 106751 days"
)

// durationOf reads t as a duration: a number of seconds, ISO 8601 (P3DT1H), a clock (-01:02:03.5) or days and a
// clock (3 days, 01:00:00). Nanoseconds are kept.
func durationOf(t token) (time.Duration, *fault) {
	var d time.Duration
	var reason string
	switch t.kind {
	case tokInt, tokFloat:
		d, reason = durationOfSeconds(parseFloat(t.text))
	case tokTrue:
		d = time.Second
	case tokFalse:
	case tokString:
		d, reason = durationOfText(string(t.text))
	default:
		return 0, &fault{kind: "time_delta_type", msg: "Input should be a valid timedelta"}
	}
	if reason != "" {
		return 0, because("time_delta_parsing", "Input should be a valid timedelta", reason)
	}
	return d, nil
}

func durationOfSeconds(x float64) (time.Duration, string) {
	switch {
	case math.IsNaN(x):
		return 0, "NaN values not permitted"
	case math.Abs(x) >= math.MaxInt64/1e9:
		return 0, tooLong
	}
	if math.Abs(x) < 1e6 {
		return time.Duration(math.RoundToEven(x * 1e9)), ""
	}
	// So many seconds leave a float64 too few digits for nanoseconds: what was meant are microseconds.
	whole, frac := math.Modf(x)
	return time.Duration(whole)*time.Second + time.Duration(math.Round(frac*1e6))*time.Microsecond, ""
}

// durationOfText reads the textual forms.
func durationOfText(s string) (d time.Duration, reason string) {
	rest, negative := strings.CutPrefix(s, "-")
	if !negative {
		rest = strings.TrimPrefix(s, "+")
	}
	switch {
	case rest == "":
		return 0, "input is too short"
	case rest[0] == 'P':
		d, reason = durationOfISO(rest[1:])
	default:
		d, reason = durationOfClock(rest)
	}
	if negative {
		d = -d
	}
	return d, reason
}

// durationOfISO reads what follows the P: quantities with Y, M, W, D, then T and quantities with H, M, S.
func durationOfISO(s string) (d time.Duration, reason string) {
	if s == "" || s == "T" {
		return 0, "input is too short"
	}
	units, part := map[byte]time.Duration{'Y': 365 * durationDay, 'M': 30 * durationDay, 'W': 7 * durationDay, 'D': durationDay}, "date"
	for s != "" {
		if s[0] == 'T' && part == "date" {
			units, part = map[byte]time.Duration{'H': time.Hour, 'M': time.Minute, 'S': time.Second}, "time"
			s = s[1:]
			continue
		}
		n := strings.IndexFunc(s, func(r rune) bool { return (r < '0' || r > '9') && r != '.' && r != ',' })
		if n <= 0 {
			return 0, "invalid digit in duration"
		}
		unit, ok := units[s[n]]
		if !ok {
			return 0, "quantity invalid in " + part + " part of duration"
		}
		x, err := strconv.ParseFloat(strings.Replace(s[:n], ",", ".", 1), 64)
		if err != nil {
			return 0, "invalid digit in duration"
		}
		if d, reason = addDuration(d, x*unit.Seconds()); reason != "" {
			return 0, reason
		}
		s = s[n+1:]
	}
	return d, ""
}

func addDuration(d time.Duration, seconds float64) (time.Duration, string) {
	e, reason := durationOfSeconds(seconds)
	if reason == "" && d > math.MaxInt64-e {
		reason = tooLong
	}
	return d + e, reason
}

// durationOfClock reads "01:02:03.5", "1 day", "3 days, 01:00:00" and the like.
func durationOfClock(s string) (d time.Duration, reason string) {
	n := 0
	for n < len(s) && s[n]-'0' <= 9 {
		n++
	}
	if n == 0 {
		return 0, "invalid digit in duration"
	}
	if n < len(s) && s[n] == ':' && (n > 1 || strings.Count(s, ":") == 2) {
		return clockDuration(s)
	}
	days, err := strconv.ParseFloat(s[:n], 64)
	after, ok := cutDay(strings.TrimLeft(s[n:], " "))
	if err != nil || !ok {
		return 0, `"day" identifier in duration not correctly formatted`
	}
	if d, reason = durationOfSeconds(days * durationDay.Seconds()); reason != "" {
		return 0, reason
	}
	after = strings.TrimLeft(strings.TrimPrefix(after, ","), " ")
	if after == "" {
		return d, ""
	}
	e, reason := clockDuration(after)
	if reason == "" && d > math.MaxInt64-e {
		reason = tooLong
	}
	return d + e, reason
}

// cutDay removes d, day or days, in any case.
func cutDay(s string) (rest string, ok bool) {
	for _, word := range []string{"days", "day", "d"} {
		if len(s) >= len(word) && strings.EqualFold(s[:len(word)], word) {
			return s[len(word):], true
		}
	}
	return s, false
}

// clockDuration reads hours (any number of digits), minutes and perhaps seconds.
func clockDuration(s string) (time.Duration, string) {
	hours, rest, ok := bytes.Cut([]byte(s), []byte{':'})
	h, digits := number(hours)
	switch {
	case !ok || len(hours) > 9:
		return 0, "input is too short"
	case !digits:
		return 0, "invalid character in hour"
	case h > 2562047:
		return 0, tooLong
	}
	c := clock{text: rest}
	if !c.two(&c.minute, 59) {
		return 0, "minute value is outside expected range of 0-59"
	}
	if c.skip(':') && !(c.two(&c.second, 59) && c.fraction()) {
		return 0, "second value is outside expected range of 0-59"
	}
	if len(c.text) > 0 {
		return 0, extraText
	}
	d, reason := durationOfSeconds(float64(h*3600 + c.minute*60 + c.second))
	return d + time.Duration(c.nano), reason
}
