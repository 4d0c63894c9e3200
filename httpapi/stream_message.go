package httpapi

import (
	"bytes"
	"encoding/json"
)

// streamMessage is what a client of the stream asks for.
type streamMessage struct {
	action, channel string
	key             string
	hasKey          bool // null counts as no key
	number          bool // the key is the value of an enum's member
	value           int64
	data            json.RawMessage
}

// readStreamMessage reads a text frame. Everything that is not a message is false: the stream has no error frames.
// Unknown members are ignored, of members of one name the last counts.
func readStreamMessage(text []byte) (m streamMessage, ok bool) {
	var members map[string]json.RawMessage
	if json.Unmarshal(text, &members) != nil {
		return m, false
	}
	if !readString(members["action"], &m.action) || !readString(members["channel"], &m.channel) {
		return m, false
	}
	m.data = members["data"]
	key := members["key"]
	switch {
	case isNull(key):
		return m, true
	case readString(key, &m.key):
	default:
		if json.Unmarshal(key, &m.value) != nil {
			return m, false
		}
		m.key, m.number = string(key), true
	}
	m.hasKey = true
	return m, true
}

// isFalsy reports whether data is what Python takes for nothing; the stream does not send it.
func isFalsy(data json.RawMessage) bool {
	var v any
	if isNull(data) || json.Unmarshal(data, &v) != nil {
		return true
	}
	switch v := v.(type) {
	case map[string]any:
		return len(v) == 0
	case []any:
		return len(v) == 0
	}
	return v == "" || v == 0.0 || v == false
}

func isNull(raw json.RawMessage) bool { return len(raw) == 0 || bytes.Equal(raw, []byte("null")) }

// readString reads a JSON string; null and a missing member are none.
func readString(raw json.RawMessage, s *string) bool {
	return len(raw) > 0 && raw[0] == '"' && json.Unmarshal(raw, s) == nil
}
