package stage

import "gw/schema"

// A Request asks for something to be done to the staging areas of a channel. The package comment tells what each
// combination means.
type Request struct {
	Action Action
	// IDs names areas. nil and the empty list mean different things.
	IDs []string
	// Records are added or removed, one after the other. They must not change afterwards.
	Records []schema.Record
	// Fresh are ids for areas that have to be made. When they run out, the mint given to Apply makes more.
	Fresh []string
}

// An Event tells what became of one record of one area, in the order in which it happened.
type Event struct {
	// Channel is the staged channel.
	Channel string
	// Area is the id of the area; "" if the action is Refused.
	Area   string
	Action Action
	// Records is the one record that was added or removed, all that were released, or none if an area was made
	// (Created) or dropped (Removed).
	Records []schema.Record
	// Reason says why a request was Refused.
	Reason string
}

// An Area is one staging area at one moment. It does not change.
type Area struct {
	ID      string
	Records []schema.Record
}

// Error says why a request cannot be done (HTTP 400). Nothing of it was done.
type Error struct{ Detail string }

// Error returns the detail.
func (e *Error) Error() string { return e.Detail }
