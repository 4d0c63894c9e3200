package schema

import (
	"bytes"
	"math"
	"time"
)

const (
	// Where numbers turn from seconds to milliseconds since 1970 as for the reference, and whole numbers that
	// would be years beyond 9999 to microseconds and nanoseconds.
	msWatershed = 2e10
	usWatershed = lastSecond*1000 + 999
	nsWatershed = lastSecond*1000_000 + 999_999

	firstSecond    = -62167219200 // of year 0
	secondsToYear1 = -62135596800
	lastSecond     = 253402300799 // of year 9999

	extraText = "unexpected extra characters at the end of the input"
)

// timeOf reads t as a point in time: ISO text with or without offset (see Naive), a date, or a number of seconds
// or milliseconds since 1970.
func timeOf(t token) (time.Time, *fault) {
	const parsing, msg = "datetime_from_date_parsing", "Input should be a valid datetime or date"
	switch t.kind {
	case tokInt, tokFloat:
		at, reason := timeOfNumber(t)
		if reason != "" {
			return at, because("datetime_parsing", "Input should be a valid datetime", reason)
		}
		return at, nil
	case tokString:
		if isPlainNumber(t.text) {
			at, reason := timeOfNumber(token{kind: tokFloat, text: t.text})
			if reason != "" {
				return at, because("datetime_parsing", "Input should be a valid datetime", reason)
			}
			return at, nil
		}
		at, reason := timeOfText(t.text)
		switch {
		case reason == yearZero:
			return at, because("datetime_parsing", "Input should be a valid datetime", reason)
		case reason != "":
			return at, because(parsing, msg, reason)
		}
		return at, nil
	}
	return time.Time{}, &fault{kind: "datetime_type", msg: "Input should be a valid datetime"}
}

// dateOf reads t as a day: a date, or a datetime or number that falls on midnight.
func dateOf(t token) (Date, *fault) {
	const msg = "Input should be a valid date or datetime"
	var at time.Time
	var reason string
	switch {
	case t.kind == tokInt || t.kind == tokFloat:
		at, reason = timeOfNumber(t)
	case t.kind == tokString && isPlainNumber(t.text):
		at, reason = timeOfNumber(token{kind: tokFloat, text: t.text})
	case t.kind == tokString:
		at, reason = timeOfText(t.text)
	default:
		return 0, &fault{kind: "date_type", msg: "Input should be a valid date"}
	}
	switch {
	case reason == yearZero:
		return 0, because("date_parsing", "Input should be a valid date in the format YYYY-MM-DD", reason)
	case reason != "":
		return 0, because("date_from_datetime_parsing", msg, reason)
	}
	_, whole := wholeOf(t.text)
	if h, m, s := at.Clock(); t.kind != tokString && !whole || h != 0 || m != 0 || s != 0 || at.Nanosecond() != 0 {
		return 0, &fault{kind: "date_from_datetime_inexact",
			msg: "Datetimes provided to dates should have zero time - e.g. be exact dates"}
	}
	return DateOf(at), nil
}

// isPlainNumber reports whether text is a sign, digits and perhaps a point with digits: seconds since 1970.
func isPlainNumber(text []byte) bool {
	if len(text) > 0 && (text[0] == '-' || text[0] == '+') {
		text = text[1:]
	}
	point := false
	for i, c := range text {
		switch {
		case c >= '0' && c <= '9':
		case c == '.' && i > 0 && !point:
			point = true
		default:
			return false
		}
	}
	return len(text) > 0
}

// timeOfNumber reads seconds since 1970, or a finer unit beyond the watersheds, or says why not.
func timeOfNumber(t token) (at time.Time, reason string) {
	var sec, micro int64
	if n, ok := wholeOf(t.text); ok {
		sec, micro = splitNumber(n)
	} else {
		x := parseFloat(t.text)
		if math.IsNaN(x) {
			return at, "NaN values not permitted"
		}
		if x > msWatershed || x < -msWatershed {
			x /= 1000
		}
		x = min(max(x, firstSecond-1), lastSecond+1)
		whole, frac := math.Modf(x)
		sec, micro = int64(whole), int64(math.Round(frac*1e6))
	}
	switch {
	case sec > lastSecond:
		return at, "dates after 9999 are not supported as unix timestamps"
	case sec < firstSecond:
		return at, "dates before 0000 are not supported as unix timestamps"
	}
	at = time.Unix(sec, micro*1000).UTC()
	if at.Unix() < secondsToYear1 {
		return at, yearZero
	}
	return at, ""
}

// wholeOf reads a number without a fraction, however it is written: 5, 5.0, 5e0.
func wholeOf(text []byte) (int64, bool) {
	if n, ok := parseInt(text); ok {
		return n, true
	}
	x := parseFloat(text)
	return int64(x), bytes.ContainsAny(text, ".eE") && x == math.Trunc(x) && x >= -1<<63 && x < 1<<63
}

// splitNumber takes a whole number apart by its size.
func splitNumber(n int64) (sec, micro int64) {
	switch a := max(n, -n); {
	case a <= msWatershed && a >= 0:
		return n, 0
	case a <= usWatershed && a >= 0:
		return n / 1e3, n % 1e3 * 1e3
	case a <= nsWatershed && a >= 0:
		return n / 1e6, n % 1e6
	}
	return n / 1e9, n % 1e9 / 1e3
}

const yearZero = "year 0 is out of range"

// timeOfText reads "2006-01-02", with 'T', 't', a space or '_' and "15:04[:05[.999999999]]" behind it, and behind
// that Z or an offset. Digits beyond microseconds are cut off.
func timeOfText(text []byte) (at time.Time, reason string) {
	y, m, d, reason := dayOfText(text)
	if reason != "" {
		return at, reason
	}
	c := clock{text: text[10:], loc: Naive}
	if len(c.text) > 0 && !c.read() {
		return at, extraText
	}
	if y == 0 {
		return at, yearZero
	}
	return time.Date(y, time.Month(m), d, c.hour, c.minute, c.second, c.nano, c.loc), ""
}

// dayOfText reads the date that text begins with.
func dayOfText(text []byte) (y, m, d int, reason string) {
	if len(text) < 10 {
		return 0, 0, 0, "input is too short"
	}
	var ok bool
	if y, ok = number(text[:4]); !ok {
		return 0, 0, 0, "invalid character in year"
	}
	if text[4] != '-' {
		return 0, 0, 0, "invalid date separator, expected `-`"
	}
	if m, ok = number(text[5:7]); !ok {
		return 0, 0, 0, "invalid character in month"
	}
	if text[7] != '-' {
		return 0, 0, 0, "invalid date separator, expected `-`"
	}
	if d, ok = number(text[8:10]); !ok {
		return 0, 0, 0, "invalid character in day"
	}
	if m < 1 || m > 12 {
		return 0, 0, 0, "month value is outside expected range of 1-12"
	}
	if d < 1 || d > daysIn(y, m) {
		return 0, 0, 0, "day value is outside expected range"
	}
	return y, m, d, ""
}

func daysIn(y, m int) int {
	switch m {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if y%4 == 0 && (y%100 != 0 || y%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// number reads decimal digits and nothing else.
func number(text []byte) (n int, ok bool) {
	for _, c := range text {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, len(text) > 0
}
