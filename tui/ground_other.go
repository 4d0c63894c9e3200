//go:build !unix

package tui

import (
	"os"
	"time"
)

// readWithin reads nothing: here a read of a terminal cannot be given up.
func readWithin(*os.File, time.Duration) []byte { return nil }
