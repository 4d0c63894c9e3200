package engine

import "time"

// Time is a moment of the engine: nanoseconds since 1970-01-01 in UTC.
type Time int64

// maxTime stands for "no end".
const maxTime = Time(1<<63 - 1)

// timeLayout is RFC 3339 with all nine digits, so that times sort as text.
const timeLayout = "2006-01-02T15:04:05.000000000Z07:00"

// TimeOf returns t as engine time. It holds for the years 1678 to 2261.
func TimeOf(t time.Time) Time { return Time(t.UnixNano()) }

// Std returns t as a time.Time in UTC.
func (t Time) Std() time.Time { return time.Unix(0, int64(t)).UTC() }

// Add returns the moment d after t.
func (t Time) Add(d time.Duration) Time { return t + Time(d) }

// Sub returns the time that passes from u to t.
func (t Time) Sub(u Time) time.Duration { return time.Duration(t - u) }

// String returns t in RFC 3339 with nine digits of a second, in UTC.
func (t Time) String() string { return t.Std().Format(timeLayout) }
