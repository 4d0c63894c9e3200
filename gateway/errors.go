package gateway

import (
	"errors"
	"fmt"

	"gw/gateway/state"
)

// ErrNotRunning is returned by calls that need the engine when it does not run yet or no longer.
var ErrNotRunning = errors.New("engine not running")

// ErrTooSlow is the Err of a Subscription with the Disconnect policy whose owner left more than Limit ticks waiting.
var ErrTooSlow = errors.New("too slow")

// NotFoundError says that a name does not exist, or that nothing ever provides it.
type NotFoundError struct {
	// What is "Channel", "State" or "Staging".
	What string
	// Name is the channel, "channel/key", or the state view.
	Name string
}

// staging is the What of a channel that is not staged.
const staging = "Staging"

// Error returns the text that clients of the API know: "Channel not found: NAME".
func (e *NotFoundError) Error() string {
	if e.What == staging {
		return "Staging not enabled for channel: " + e.Name
	}
	return e.What + " not found: " + e.Name
}

// QueryError says what is wrong with a state query that is JSON but cannot be answered (HTTP 400).
type QueryError = state.QueryError

func channelNotFound(name, key string) error {
	if key != "" {
		name += "/" + key
	}
	return &NotFoundError{"Channel", name}
}

// panicked makes an error of what recover returned.
func panicked(v any) error {
	if err, ok := v.(error); ok {
		return fmt.Errorf("panic: %w", err)
	}
	return fmt.Errorf("panic: %v", v)
}
