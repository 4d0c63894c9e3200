package httpapi

import (
	"encoding/json"
	"math"
	"time"

	"gw/engine"
	"gw/schema"
)

// controlBody is what a POST to gw/control asks a replay to do.
type controlBody struct {
	Action string   `json:"action"`
	Cycles *uint64  `json:"cycles"`
	Speed  *float64 `json:"speed"`
	Until  *string  `json:"until"`

	until engine.Time
}

// readControlBody reads and checks the body; every problem is one of a 422.
func readControlBody(body []byte) (controlBody, error) {
	var c controlBody
	if err := json.Unmarshal(body, &c); err != nil {
		return c, problem("json_invalid", "", "JSON decode error: "+err.Error(), string(cut(string(body))))
	}
	switch c.Action {
	case "pause", "resume", "stop":
	case "step":
		if c.Cycles != nil && *c.Cycles == 0 {
			return c, problem("greater_than", "cycles", "Input should be greater than 0", *c.Cycles)
		}
	case "speed":
		if c.Speed == nil {
			return c, problem("missing", "speed", "Field required", nil)
		}
		if *c.Speed < 0 || math.IsInf(*c.Speed, 0) {
			return c, problem("greater_than_equal", "speed", "Input should be greater than or equal to 0", *c.Speed)
		}
	case "until":
		return c, c.readUntil()
	default:
		return c, problem("enum", "action", "Input should be 'pause', 'resume', 'step', 'speed', 'until' or 'stop'", c.Action)
	}
	return c, nil
}

func (c *controlBody) readUntil() error {
	if c.Until == nil {
		return problem("missing", "until", "Field required", nil)
	}
	at, err := time.Parse(time.RFC3339Nano, *c.Until)
	if err != nil {
		return problem("datetime_from_date_parsing", "until", "Input should be a valid datetime such as 2026-11-23T09:00:00.000000001Z", *c.Until)
	}
	c.until = engine.TimeOf(at)
	return nil
}

// problem is a single problem with a member of the body, "" for the body itself.
func problem(kind, member, msg string, input any) error {
	loc := []any{"body"}
	if member != "" {
		loc = append(loc, member)
	}
	return schema.Problems{{Type: kind, Loc: loc, Msg: msg, Input: input}}
}

// cycles is how many cycles a step is.
func (c controlBody) cycles() uint64 {
	if c.Cycles == nil {
		return 1
	}
	return *c.Cycles
}
