//go:build race

package schema

// raceEnabled: sync.Pool then forgets values at random, on purpose.
const raceEnabled = true
