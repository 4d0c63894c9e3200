package httpapi

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"
	"time"

	"gw/engine"
	"gw/schema"
)

// controlBody is what a POST to gw/control asks a replay to do.
type controlBody struct {
	action string
	cycles uint64
	speed  float64
	until  engine.Time
}

// readControlBody reads and checks the body; every problem is one of a 422. Members that the action has no use for are
// not looked at.
func readControlBody(body []byte) (c controlBody, err error) {
	var members map[string]json.RawMessage
	if err := json.Unmarshal(body, &members); err != nil {
		return c, problem("json_invalid", "", "JSON decode error: "+err.Error(), string(cut(string(body))))
	}
	readString(members["action"], &c.action)
	switch c.action {
	case "pause", "resume", "stop":
	case "step":
		err = c.readCycles(members["cycles"])
	case "speed":
		err = c.readSpeed(members["speed"])
	case "until":
		err = c.readUntil(members["until"])
	default:
		err = problem("enum", "action", "Input should be 'pause', 'resume', 'step', 'speed', 'until' or 'stop'", shown(members["action"]))
	}
	return c, err
}

func (c *controlBody) readCycles(raw json.RawMessage) error {
	if c.cycles = 1; isNull(raw) {
		return nil
	}
	n, ok := wholeNumber(raw)
	switch {
	case !ok:
		return problem("int_type", "cycles", "Input should be a valid integer", shown(raw))
	case n <= 0:
		return problem("greater_than", "cycles", "Input should be greater than 0", shown(raw))
	}
	c.cycles = uint64(n)
	return nil
}

func (c *controlBody) readSpeed(raw json.RawMessage) error {
	switch {
	case isNull(raw):
		return problem("missing", "speed", "Field required", nil)
	case json.Unmarshal(raw, &c.speed) != nil:
		return problem("float_type", "speed", "Input should be a valid number", shown(raw))
	case c.speed < 0:
		return problem("greater_than_equal", "speed", "Input should be greater than or equal to 0", shown(raw))
	}
	return nil
}

func (c *controlBody) readUntil(raw json.RawMessage) error {
	if isNull(raw) {
		return problem("missing", "until", "Field required", nil)
	}
	var text string
	at, ok := time.Time{}, false
	if readString(raw, &text) {
		at, ok = readMoment(text)
	}
	if !ok {
		return problem("datetime_from_date_parsing", "until", "Input should be a valid datetime such as 2026-11-23T09:00:00.000000001Z", shown(raw))
	}
	c.until = engine.TimeOf(at)
	return nil
}

// readMoment reads a date-time of RFC 3339, whose letters may be small and whose minute may have a second 60.
func readMoment(text string) (time.Time, bool) {
	text = strings.ToUpper(text)
	if at, err := time.Parse(time.RFC3339Nano, text); err == nil {
		return at, true
	}
	const leap = len("2006-01-02T15:04:")
	if len(text) > leap+2 && text[leap:leap+2] == "60" {
		at, err := time.Parse(time.RFC3339Nano, text[:leap]+"59"+text[leap+2:])
		return at.Add(time.Second), err == nil
	}
	return time.Time{}, false
}

// wholeNumber reads a JSON number without a fraction, as 5, 5.0 or 5e0; what is beyond int64 becomes its bound.
func wholeNumber(raw json.RawMessage) (int64, bool) {
	if n, err := strconv.ParseInt(string(raw), 10, 64); err == nil {
		return n, true
	}
	x, err := strconv.ParseFloat(string(raw), 64) // infinite if it is too big
	switch {
	case err != nil && !math.IsInf(x, 0) || x != math.Trunc(x):
		return 0, false
	case x >= 1<<63:
		return math.MaxInt64, true
	case x <= -1<<63:
		return math.MinInt64, true
	}
	return int64(x), true
}

// shown is a member as a problem shows it.
func shown(raw json.RawMessage) any {
	if isNull(raw) {
		return nil
	}
	return json.RawMessage(raw)
}

// problem is a single problem with a member of the body, "" for the body itself.
func problem(kind, member, msg string, input any) error {
	loc := []any{"body"}
	if member != "" {
		loc = append(loc, member)
	}
	return schema.Problems{{Type: kind, Loc: loc, Msg: msg, Input: input}}
}
