package engine

// PushMode is what several values waiting for one cycle become.
type PushMode uint8

// The push modes.
const (
	// LastValue gives the last of them, the others are conflated away.
	LastValue PushMode = iota
	// NonCollapsing gives one a cycle, in order.
	NonCollapsing
	// Burst gives all of them at once, as a slice.
	Burst
)

// FullPolicy is what Push does when as many values wait as the adapter's limit allows.
type FullPolicy uint8

// The full policies.
const (
	// Block waits for room, of a quarter of the limit if that is 4,096 or more. A Push on the engine's own goroutine would wait for itself: use Reject or DropOldest there.
	Block FullPolicy = iota
	// DropOldest makes room by dropping the value that waits longest.
	DropOldest
	// Reject returns ErrFull.
	Reject
)

// defaultLimit bounds an adapter whose configuration does not.
const defaultLimit = 1 << 16

// PushConfig says how a push adapter treats values that wait.
type PushConfig struct {
	Mode  PushMode
	Limit int // values that may wait; 0 means 65536. LastValue never holds more than one.
	Full  FullPolicy
	Group *PushGroup // keeps the order across adapters, nil if there is none
}

// PushStats is how a push adapter is doing. Counters are since the start of the run.
type PushStats struct {
	Depth     int    // values waiting now, at most a 64th of Limit too many
	Limit     int    // values that may wait
	Pushed    uint64 // values taken by Push
	Dropped   uint64 // by DropOldest, or still waiting when the run ended
	Rejected  uint64 // Pushes that returned ErrFull
	Conflated uint64 // values that LastValue replaced by newer ones
}
