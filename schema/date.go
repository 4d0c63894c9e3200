package schema

import "time"

// Date is a day of the proleptic Gregorian calendar, counted in days since 1970-01-01. On the wire it is
// "2006-01-02"; years 1 to 9999.
type Date int32

const secondsPerDay = 24 * 60 * 60

// Limits of what the wire can hold: 0001-01-01 and 9999-12-31.
const (
	minDate Date = -719162
	maxDate Date = 2932896
)

// DateOf returns the day of t in t's own location.
func DateOf(t time.Time) Date {
	y, m, d := t.Date()
	return Date(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / secondsPerDay)
}

// Time returns midnight UTC of d.
func (d Date) Time() time.Time { return time.Unix(int64(d)*secondsPerDay, 0).UTC() }

// String returns d as "2006-01-02".
func (d Date) String() string { return string(appendDate(nil, d)) }

// MarshalText writes d as "2006-01-02".
func (d Date) MarshalText() ([]byte, error) { return appendDate(nil, d), nil }

// UnmarshalText reads "2006-01-02".
func (d *Date) UnmarshalText(text []byte) error {
	t, err := time.Parse(time.DateOnly, string(text))
	if err != nil {
		return err
	}
	*d = DateOf(t)
	return nil
}
