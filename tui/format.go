package tui

import (
	"strconv"
	"strings"
	"time"
)

// count writes a number with commas between thousands.
func count(n uint64) string {
	digits := strconv.FormatUint(n, 10)
	if len(digits) <= 3 {
		return digits
	}
	var b strings.Builder
	first := len(digits) % 3
	b.WriteString(digits[:first])
	for i := first; i < len(digits); i += 3 {
		if b.Len() > 0 {
			b.WriteByte(',')
		}
		b.WriteString(digits[i : i+3])
	}
	return b.String()
}

// perSecond writes a rate in at most seven cells.
func perSecond(r float64) string {
	switch {
	case r <= 0:
		return "-"
	case r < 9.95:
		return strconv.FormatFloat(r, 'f', 1, 64) + "/s"
	case r < 99_999.5:
		return strconv.FormatFloat(r, 'f', 0, 64) + "/s"
	case r < 9_999_500:
		return strconv.FormatFloat(r/1e3, 'f', 0, 64) + "k/s"
	}
	return strconv.FormatFloat(min(r/1e6, 9999), 'f', 0, 64) + "M/s"
}

const bars = "▁▂▃▄▅▆▇█"

// spark draws values as bars against their maximum; a value of 0 is blank.
func spark(values []float64) string {
	top := 0.0
	for _, v := range values {
		top = max(top, v)
	}
	levels := []rune(bars)
	out := make([]rune, len(values))
	for i, v := range values {
		out[i] = ' '
		if v > 0 {
			out[i] = levels[min(int(v/top*8), 7)]
		}
	}
	return string(out)
}

// speedText writes the pace of a replay: ×10, or max for as fast as possible.
func speedText(x float64) string {
	if x == 0 {
		return "max"
	}
	if x >= 1000 {
		return "×" + count(uint64(min(x, 1e18)))
	}
	return "×" + strconv.FormatFloat(x, 'g', 4, 64)
}

const (
	fullTime = "2006-01-02 15:04:05.000000000"
	dayTime  = "15:04:05.000000000"
)

// some writes how many there are of something.
func some(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return count(uint64(n)) + " " + what + "s"
}

// clock writes a time in w cells: up to 18 the time of day with as many digits of the second as fit, from 19 on with
// the date before it.
func clock(t time.Time, w int) string {
	if t.IsZero() {
		return ""
	}
	s, least := t.UTC().Format(dayTime), len(time.TimeOnly)
	if w >= len(time.DateTime) {
		s, least = t.UTC().Format(fullTime), len(time.DateTime)
	}
	if w < len(s) {
		s = strings.TrimRight(s[:max(w, least)], ".")
	}
	return s
}

// clockWidth is the cells for times on a screen: with dates where the run goes over days, and then with parts of the
// second only if there is much room.
func clockWidth(days bool, screen, least int) int {
	switch {
	case days && screen >= 140:
		return len(fullTime)
	case days:
		return len(time.DateTime)
	case screen >= 100:
		return len(dayTime)
	}
	return least
}
