package auth

import "time"

// wallClock is the clock of sessions and of the count of failures.
func wallClock() time.Time { return time.Now() }
