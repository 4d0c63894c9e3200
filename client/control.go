package client

import (
	"context"
	"encoding/json"
	"net/http"
	"time"
)

// Action is something to do to a replay. Make it with Pause, Resume, Step, Speed, Until or Stop.
type Action struct {
	name string
	args map[string]any
}

// Name is the action's word in the API, such as "pause".
func (a Action) Name() string { return a.name }

// Pause holds the replay after the cycle it is in.
func Pause() Action { return Action{name: "pause"} }

// Resume lets a paused replay go on.
func Resume() Action { return Action{name: "resume"} }

// Step runs n cycles and holds the replay again.
func Step(n uint64) Action { return Action{"step", map[string]any{"cycles": n}} }

// Speed sets the pace: 1 is the original, 10 ten times as fast, 0 as fast as possible.
func Speed(x float64) Action { return Action{"speed", map[string]any{"speed": x}} }

// Until runs up to and including the cycles at t, in engine time, and holds the replay there.
func Until(t time.Time) Action {
	return Action{"until", map[string]any{"until": t.UTC().Format(time.RFC3339Nano)}}
}

// Stop ends the run.
func Stop() Action { return Action{name: "stop"} }

// MarshalJSON gives the body of the control request.
func (a Action) MarshalJSON() ([]byte, error) {
	body := map[string]any{"action": a.name}
	for k, v := range a.args {
		body[k] = v
	}
	return json.Marshal(body)
}

// Control does a to the gateway and returns its status after that. A gateway in real time answers with
// an *APIError of status 409.
func (c *Client) Control(ctx context.Context, a Action) (Status, error) {
	var s Status
	body, err := a.MarshalJSON()
	if err != nil {
		return s, err
	}
	path := []string{"gw", "control"}
	_, answer, err := c.do(ctx, request{method: http.MethodPost, path: path, body: body})
	if err != nil {
		return s, err
	}
	return s, c.decode(answer, &s, path)
}
