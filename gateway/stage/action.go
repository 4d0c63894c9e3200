package stage

// Action is what is done to a staging area: asked for by a Request, told by an Event.
type Action string

// The actions. Refused is told only: of a request from inside the graph that could not be done.
const (
	Created  Action = "CREATED"
	Added    Action = "ADDED"
	Removed  Action = "REMOVED"
	Released Action = "RELEASED"
	Refused  Action = "REFUSED"
)
