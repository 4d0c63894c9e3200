package httpapi

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
)

func TestReadStreamMessage(t *testing.T) {
	for _, tc := range []struct {
		text, want string // action channel key, "" for what is no message
	}{
		{`{"action":"subscribe","channel":"example"}`, "subscribe example -"},
		{`{"action":"subscribe","channel":"basket","key":"A"}`, "subscribe basket A"},
		{`{"action":"subscribe","channel":"basket","key":1}`, "subscribe basket 1 number"},
		{`{"action":"subscribe","channel":"basket","key":null}`, "subscribe basket -"},
		{`{"action":"subscribe","channel":"basket","key":""}`, "subscribe basket "},
		{`{"action":"subscribe","channel":"a","channel":"b"}`, "subscribe b -"},
		{`{"action":"bad","channel":"example","x":1}`, "bad example -"},
		{`{"Action":"subscribe","channel":"example"}`, ""},
		{`{"action":"subscribe"}`, ""},
		{`{"action":"subscribe","channel":["example"]}`, ""},
		{`{"action":"subscribe","channel":"basket","key":{}}`, ""},
		{`{"action":"subscribe","channel":"basket","key":1.5}`, ""},
		{`{}`, ""}, {`[1]`, ""}, {`5`, ""}, {`null`, ""}, {`hello`, ""}, {``, ""}, {`{"action":"subscribe","channel":"x"} x`, ""},
		{strings.Repeat("[", 100_000), ""},
	} {
		m, ok := readStreamMessage([]byte(tc.text))
		got := ""
		if ok {
			got = m.action + " " + m.channel + " -"
			if m.hasKey {
				got = m.action + " " + m.channel + " " + m.key
			}
			if m.number {
				got += " number"
			}
		}
		if got != tc.want {
			t.Errorf("%.60s: got %q, want %q", tc.text, got, tc.want)
		}
	}
}

func TestFalsyDataIsNotSent(t *testing.T) {
	for text, want := range map[string]bool{
		``: true, `null`: true, `{}`: true, `[]`: true, `[ ]`: true, `""`: true, `0`: true, `false`: true,
		`{"x":1}`: false, `[{}]`: false, `1`: false, `"x"`: false, `true`: false,
	} {
		if got := isFalsy(json.RawMessage(text)); got != want {
			t.Errorf("%s: got %v, want %v", text, got, want)
		}
	}
}

func TestReadWatchMessage(t *testing.T) {
	for _, tc := range []struct{ text, want string }{
		{`{"action":"watch","id":"w","channels":["*"]}`, ""},
		{`{"action":"watch","id":"w","channels":["a","b/c"],"policy":"every","history":5,"interval_ms":0}`, ""},
		{`{"action":"ack","id":"w","seq":3}`, ""},
		{`{"action":"unwatch","id":"w"}`, ""},
		{`{"action":"watch","channels":["*"]}`, "id: got none, want a name for the watch"},
		{`{"action":"look","id":"w"}`, `action: got "look", want watch, unwatch or ack`},
		{`{"action":"watch","id":"w","policy":"some"}`, `policy: got "some", want every or latest`},
		{`{"action":"watch","id":"w","history":-1}`, "history: got -1, want 0 to 10000"},
		{`{"action":"watch","id":"w","interval_ms":1e9}`, "interval_ms: got 1e+09, want 0 to 60000"},
		{`[]`, "message: json: cannot unmarshal array into Go value of type httpapi.watchMessage"},
		{`x`, "message: invalid character 'x' looking for beginning of value"},
	} {
		_, err := readWatchMessage([]byte(tc.text))
		if got := text(err); got != tc.want {
			t.Errorf("%s: got %q, want %q", tc.text, got, tc.want)
		}
	}
	m, _ := readWatchMessage([]byte(`{"action":"watch","id":"w"}`))
	if got := m.interval(); got != 100*time.Millisecond {
		t.Errorf("interval by default: got %v, want 100ms", got)
	}
}

func TestReadControlBody(t *testing.T) {
	for _, tc := range []struct{ text, want string }{
		{`{"action":"pause"}`, ""}, {`{"action":"resume"}`, ""}, {`{"action":"stop"}`, ""}, {`{"action":"step"}`, ""},
		{`{"action":"step","cycles":7}`, ""}, {`{"action":"speed","speed":0}`, ""}, {`{"action":"step","cycles":7.0}`, ""},
		{`{"action":"step","cycles":1e300}`, ""}, {`{"action":"pause","cycles":[]}`, ""}, {`{"action":"step","cycles":null}`, ""},
		{`{"action":"until","until":"2016-12-31t23:59:60z"}`, ""},
		{`{"action":"step","cycles":1.5}`, "body.cycles: Input should be a valid integer (got 1.5)"},
		{`{"action":"speed","speed":"fast"}`, "body.speed: Input should be a valid number (got \"fast\")"},
		{`{"action":"until","until":"2026-11-23T09:00:00.000000001Z"}`, ""},
		{`{"action":"step","cycles":0}`, "body.cycles: Input should be greater than 0 (got 0)"},
		{`{"action":"speed"}`, "body.speed: Field required (got null)"},
		{`{"action":"speed","speed":-1}`, "body.speed: Input should be greater than or equal to 0 (got -1)"},
		{`{"action":"until"}`, "body.until: Field required (got null)"},
		{`{"action":"until","until":"noon"}`, `body.until: Input should be a valid datetime such as 2026-11-23T09:00:00.000000001Z (got "noon")`},
		{`{"action":"rewind"}`, `body.action: Input should be 'pause', 'resume', 'step', 'speed', 'until' or 'stop' (got "rewind")`},
		{`{`, `body: JSON decode error: unexpected end of JSON input`},
	} {
		_, err := readControlBody([]byte(tc.text))
		if got := text(err); got != tc.want {
			t.Errorf("%s: got %q, want %q", tc.text, got, tc.want)
		}
	}
}

func text(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// FuzzStreamMessage: no input panics, and what is taken for a message is JSON with a channel.
func FuzzStreamMessage(f *testing.F) {
	f.Add([]byte(`{"action":"send","channel":"basket","key":"B","data":{"x":5}}`))
	f.Add([]byte(`{"action":"send","channel":"example","data":[{"x":1},{"x":2}]}`))
	f.Add([]byte(`[[[[`))
	f.Fuzz(func(t *testing.T, text []byte) {
		m, ok := readStreamMessage(text)
		if ok && !json.Valid(text) {
			t.Errorf("took %q for a message", text)
		}
		if ok && !isFalsy(m.data) && !json.Valid(m.data) {
			t.Errorf("data %q is no JSON", m.data)
		}
	})
}

// FuzzWatchMessage: no input panics, and what is accepted is within its bounds.
func FuzzWatchMessage(f *testing.F) {
	f.Add([]byte(`{"action":"watch","id":"w1","channels":["*"],"policy":"latest","history":3,"interval_ms":50}`))
	f.Add([]byte(`{"action":"ack","id":"w1","seq":18446744073709551615}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		m, err := readWatchMessage(text)
		if err == nil && m.Action == "watch" && (m.ID == "" || m.History < 0 || m.interval() < 0 || m.interval() > time.Minute) {
			t.Errorf("accepted %+v", m)
		}
	})
}

// FuzzControlBody: no input panics, and what is accepted can be done.
func FuzzControlBody(f *testing.F) {
	f.Add([]byte(`{"action":"until","until":"2026-11-23T09:00:00Z"}`))
	f.Add([]byte(`{"action":"speed","speed":1e308}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		c, err := readControlBody(body)
		if err == nil && (c.action == "speed" && c.speed < 0 || c.action == "step" && c.cycles == 0) {
			t.Errorf("accepted %+v", c)
		}
	})
}
