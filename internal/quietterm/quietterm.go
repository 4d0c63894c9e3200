// Package quietterm keeps Bubble Tea 1 from asking the terminal for its background colour whenever the program starts:
// its initialisation does so even for a command that draws nothing, and a terminal that does not answer holds up the
// start for five seconds. While TERM says "dumb" nothing is asked. The package imports nothing but os, and so Go
// initialises it before all that Bubble Tea needs; cmd/gw has a test of that.
package quietterm

import "os"

var term, known = hush()

func hush() (term string, known bool) {
	term, known = os.LookupEnv("TERM")
	if known {
		os.Setenv("TERM", "dumb")
	}
	return term, known
}

// Restore gives TERM its value back. Call it first thing, on the goroutine that starts the others.
func Restore() {
	if known {
		os.Setenv("TERM", term)
	}
}
