package replay

import (
	"math"
)

// parseISO reads a date or a date and time, to the nanosecond: 2024-08-09, 2024/08/09 or 20240809, then optionally T, a
// blank or (behind a compact date) -, then 10:00, 10:00:00 or 10:00:00.123456789 (a comma does too), then optionally Z,
// UTC, +02, +0200 or +02:00. Without a zone it is UTC. 60 is read as the first second of the next minute. Times that do
// not fit into nanoseconds since 1970 (years 1678 to 2262) are refused.
func parseISO(b []byte) (int64, bool) {
	days, b, compact, ok := takeDate(b)
	if !ok {
		return 0, false
	}
	var ns int64
	var zone int
	if len(b) > 0 {
		if b[0] != 'T' && b[0] != 't' && b[0] != ' ' && (b[0] != '-' || !compact) {
			return 0, false
		}
		if ns, b, ok = takeTimeOfDay(b[1:]); !ok {
			return 0, false
		}
		if zone, ok = zoneSeconds(b); !ok {
			return 0, false
		}
	}
	return joinTime(days, ns, zone)
}

func joinTime(days, ns int64, zone int) (int64, bool) {
	s := days*86400 - int64(zone)
	const most = math.MaxInt64/1_000_000_000 - 2*86400
	if s < -most || s > most {
		return 0, false
	}
	return s*1_000_000_000 + ns, true
}

// takeDate reads the date at the start of b as days since 1970.
func takeDate(b []byte) (days int64, rest []byte, compact, ok bool) {
	y, b, ok := takeFixed(b, 4)
	if !ok || len(b) < 4 {
		return 0, nil, false, false
	}
	sep := b[0]
	compact = isDigit(sep)
	if !compact {
		if sep != '-' && sep != '/' {
			return 0, nil, false, false
		}
		b = b[1:]
	}
	m, b, ok := takeFixed(b, 2)
	if !ok || len(b) == 0 {
		return 0, nil, false, false
	}
	if !compact {
		if b[0] != sep {
			return 0, nil, false, false
		}
		b = b[1:]
	}
	d, b, ok := takeFixed(b, 2)
	if !ok || m < 1 || m > 12 || d < 1 || d > daysIn(y, m) {
		return 0, nil, false, false
	}
	return daysSince1970(y, m, d), b, compact, true
}

// takeTimeOfDay reads hours and minutes, then perhaps seconds and a fraction, as nanoseconds since midnight.
func takeTimeOfDay(b []byte) (ns int64, rest []byte, ok bool) {
	h, b, ok := takeFixed(b, 2)
	if !ok || h > 23 || len(b) < 2 {
		return 0, nil, false
	}
	if b[0] == ':' {
		b = b[1:]
	}
	m, b, ok := takeFixed(b, 2)
	if !ok || m > 59 {
		return 0, nil, false
	}
	ns = int64(h*60+m) * 60e9
	if len(b) > 0 && (b[0] == ':' || isDigit(b[0])) {
		if b[0] == ':' {
			b = b[1:]
		}
		var s int
		if s, b, ok = takeFixed(b, 2); !ok || s > 60 {
			return 0, nil, false
		}
		ns += int64(s) * 1e9
		if len(b) > 1 && (b[0] == '.' || b[0] == ',') && isDigit(b[1]) {
			var frac []byte
			frac, b = takeDigits(b[1:])
			ns += nanos(frac)
		}
	}
	return ns, b, true
}

// nanos reads the digits behind a decimal point as nanoseconds.
func nanos(frac []byte) int64 {
	v := int64(0)
	for i := range 9 {
		v *= 10
		if i < len(frac) {
			v += int64(frac[i] - '0')
		}
	}
	return v
}

// zoneSeconds reads a zone that fills b as seconds east of UTC; none is UTC.
func zoneSeconds(b []byte) (int, bool) {
	b = trimBlanks(b)
	switch string(b) {
	case "", "Z", "z", "UTC", "GMT":
		return 0, true
	}
	sign := 1
	switch b[0] {
	case '-':
		sign = -1
	case '+':
	default:
		return 0, false
	}
	h, b, ok := takeFixed(b[1:], 2)
	if !ok || h > 23 {
		return 0, false
	}
	if len(b) == 0 {
		return sign * h * 3600, true
	}
	if b[0] == ':' {
		b = b[1:]
	}
	m, b, ok := takeFixed(b, 2)
	return sign * (h*3600 + m*60), ok && m <= 59 && len(b) == 0
}

// takeFixed reads exactly n digits.
func takeFixed(b []byte, n int) (v int, rest []byte, ok bool) {
	if len(b) < n {
		return 0, nil, false
	}
	for _, c := range b[:n] {
		if !isDigit(c) {
			return 0, nil, false
		}
		v = v*10 + int(c-'0')
	}
	return v, b[n:], true
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

// daysSince1970 counts days in the proleptic Gregorian calendar (Howard Hinnant, days_from_civil).
func daysSince1970(y, m, d int) int64 {
	if m <= 2 {
		y--
		m += 12
	}
	era := y / 400
	yoe := y - era*400
	doy := (153*(m-3)+2)/5 + d - 1
	doe := yoe*365 + yoe/4 - yoe/100 + doy
	return int64(era)*146097 + int64(doe) - 719468
}
