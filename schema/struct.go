package schema

import "time"

// Struct is the base of every value that travels on a channel: embed it as the first field, so that
// id and timestamp lie at offset 0 of every value. On the wire both members are always present; one
// that is unset is written as null. The gateway fills unset ones when the value enters its channel.
type Struct struct {
	// ID names the value; unset until the gateway mints one.
	ID ID `json:"id"`
	// Timestamp is when the value was made, UTC on the wire, without offset.
	Timestamp Opt[time.Time] `json:"timestamp"`
}
