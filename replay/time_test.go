package replay

import (
	"math/big"
	"strings"
	"testing"
	"time"
)

func TestClockReadsTimesExactly(t *testing.T) {
	cases := []struct {
		name, in string
		clock    clock
		want     string // "" is refused
	}{
		{"19 digits", "1723161600001233484", clock{}, "2024-08-09T00:00:00.001233484Z"},
		{"19 digits as text", `"1723161600001233485"`, clock{}, "2024-08-09T00:00:00.001233485Z"},
		{"us", "1723161600001233", clock{unit: microseconds}, "2024-08-09T00:00:00.001233000Z"},
		{"ms", "1723161600001", clock{unit: milliseconds}, "2024-08-09T00:00:00.001000000Z"},
		{"ms with fraction", "1723161600001.2334849", clock{unit: milliseconds}, "2024-08-09T00:00:00.001233484Z"},
		{"s", "1723161600", clock{unit: seconds}, "2024-08-09T00:00:00.000000000Z"},
		{"s with nine digits", "1723161600.001233484", clock{unit: seconds}, "2024-08-09T00:00:00.001233484Z"},
		{"s with exponent", "1.723161600001233484e9", clock{unit: seconds}, "2024-08-09T00:00:00.001233484Z"},
		{"before 1970", "-0.5", clock{unit: seconds}, "1969-12-31T23:59:59.500000000Z"},
		{"too big", "9223372036854775808", clock{}, ""},
		{"too big in seconds", "9999999999999", clock{unit: seconds}, ""},
		{"huge exponent", "1e9999", clock{unit: seconds}, ""},
		{"compact date as number", "20240809", clock{unit: seconds, compact: true}, "2024-08-09T00:00:00.000000000Z"},
		{"zulu", "2024-08-09T00:00:00.1Z", clock{}, "2024-08-09T00:00:00.100000000Z"},
		{"offset is converted", "2024-08-09T05:30:00+05:30", clock{}, "2024-08-09T00:00:00.000000000Z"},
		{"offset without colon", "2024-08-08T20:00:00-0400", clock{}, "2024-08-09T00:00:00.000000000Z"},
		{"offset of hours", "2024-08-09 02:00:00+02", clock{}, "2024-08-09T00:00:00.000000000Z"},
		{"no zone is UTC", "2024-08-09T00:00:00", clock{}, "2024-08-09T00:00:00.000000000Z"},
		{"blank between", "2014-07-01 00:30:00", clock{}, "2014-07-01T00:30:00.000000000Z"},
		{"no seconds", "2014-07-01 00:30", clock{}, "2014-07-01T00:30:00.000000000Z"},
		{"date", "2012-01-01", clock{}, "2012-01-01T00:00:00.000000000Z"},
		{"slashes", "2012/01/31 10:00:00", clock{}, "2012-01-31T10:00:00.000000000Z"},
		{"FIX", "20240809-10:00:00.123", clock{}, "2024-08-09T10:00:00.123000000Z"},
		{"ISO basic", "20240809T100000Z", clock{}, "2024-08-09T10:00:00.000000000Z"},
		{"comma", "2024-08-09 10:00:00,123", clock{}, "2024-08-09T10:00:00.123000000Z"},
		{"ten digits of fraction", "2024-08-09T10:00:00.1234567899Z", clock{}, "2024-08-09T10:00:00.123456789Z"},
		{"leap second", "2016-12-31T23:59:60Z", clock{}, "2017-01-01T00:00:00.000000000Z"},
		{"29 February", "2024-02-29", clock{}, "2024-02-29T00:00:00.000000000Z"},
		{"no 29 February", "2023-02-29", clock{}, ""},
		{"13th month", "2023-13-01", clock{}, ""},
		{"25th hour", "2023-12-01T25:00:00", clock{}, ""},
		{"hour alone", "2023-12-01T10", clock{}, ""},
		{"rest behind it", "2023-12-01x", clock{}, ""},
		{"unknown zone", "2023-12-01T10:00:00 CET", clock{}, ""},
		{"year 9999", "9999-12-31T00:00:00Z", clock{}, ""},
		{"year 1", "0001-01-01T00:00:00Z", clock{}, ""},
		{"word", "yesterday", clock{}, ""},
		{"nothing", "", clock{}, ""},
		{"true", "true", clock{}, ""},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			got := ""
			if ns, ok := tc.clock.parse([]byte(tc.in)); ok {
				got = time.Unix(0, ns).UTC().Format("2006-01-02T15:04:05.000000000Z07:00")
			}
			if got != tc.want {
				t.Errorf("%q: got %q, want %q", tc.in, got, tc.want)
			}
		})
	}
}

func TestUnitIsToldByMagnitude(t *testing.T) {
	for in, want := range map[string]unit{
		"1723161600": seconds, "1723161600000": milliseconds, "1723161600000000": microseconds,
		"1723161600000000000": nanoseconds, "0": seconds, "1723161600.5": seconds, "-1723161600000": milliseconds,
	} {
		if got := unitOfToken([]byte(in)); got != want {
			t.Errorf("%s: got %v, want %v", in, got, want)
		}
	}
}

func TestClockDecidesByMostNumbers(t *testing.T) {
	got := clockFor([][]byte{[]byte("5"), []byte("1723161600000"), []byte("1723161600001"), []byte(`"x"`)}, nil)
	if want := (clock{unit: milliseconds, numbers: true}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

// FuzzClock: no panic, and what time.Parse and math/big read too is read as the same time.
func FuzzClock(f *testing.F) {
	for _, s := range []string{"2024-08-09T00:00:00.001233484Z", "1723161600001233484", "1.5e3", "-0.1", "20240809-10:00:00", "2024-08-09T24:00:00+99:99"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, ok := clock{unit: seconds, compact: true}.parse([]byte(s))
		if at, err := time.Parse(time.RFC3339Nano, s); err == nil && at.Year() > 1700 && at.Year() < 2250 {
			if !ok || got != at.UnixNano() {
				t.Errorf("%q: got %d %v, want %d", s, got, ok, at.UnixNano())
			}
		}
		if v, valid := decimal([]byte(s), 9); valid && len(s) < 40 && !strings.ContainsAny(s, "eE") {
			r, isRat := new(big.Rat).SetString(strings.TrimPrefix(s, "+"))
			if !isRat {
				t.Fatalf("%q: read as a number", s)
			}
			r.Mul(r, big.NewRat(1e9, 1))
			if want := new(big.Int).Quo(r.Num(), r.Denom()); want.Int64() != v {
				t.Errorf("%q: got %d, want %v", s, v, want)
			}
		}
	})
}
