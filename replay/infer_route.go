package replay

import (
	"bytes"
	"slices"
	"strings"
)

// routeNames are fields that name the channel of a row wherever they occur. The weak ones do so only if the rows they
// tell apart have different fields.
var (
	routeNames = [...]string{
		"stream", "channel", "topic", "subject", "table", "feed", "streamname", "channelname", "topicname", "eventtype", "eventname",
		"msgtype", "messagetype", "recordtype", "datatype", "arg.channel",
	}
	weakRouteNames = [...]string{"type", "kind", "event", "ev", "e", "action", "op", "name"}
	payloadNames   = [...]string{"data", "payload", "message", "msg", "body"}
)

const (
	maxRoutes      = 200 // different values of a field in the sample; a field with more is no route
	maxRouteLength = 120
	maxEnvelope    = 4 // members beside route, time and payload; a row with more is no envelope
)

// pickRoute chooses the field that names the channel; "" if there is none.
func pickRoute(s *sample, fields []*field) string {
	for _, name := range routeNames {
		if f := fieldNamed(fields, name); f != nil && isRoute(f, len(s.rows)) {
			return f.path
		}
	}
	for _, name := range weakRouteNames {
		if f := fieldNamed(fields, name); f != nil && isRoute(f, len(s.rows)) && tellsShapes(f, s) {
			return f.path
		}
	}
	return ""
}

func fieldNamed(fields []*field, name string) *field {
	for _, f := range fields {
		if f.path == name || f.depth == 1 && plainName(f.path) == name && !strings.Contains(f.path, ".") {
			return f
		}
	}
	return nil
}

// isRoute reports whether most rows have the field and it has few different texts.
func isRoute(f *field, rows int) bool {
	values := map[string]bool{}
	texts := 0
	for _, t := range f.tokens {
		if len(t) > maxRouteLength || t[0] != '"' {
			continue
		}
		texts++
		values[string(t)] = true
	}
	return texts > 0 && 2*texts >= rows && len(values) <= maxRoutes && (len(values) <= 20 || 2*len(values) <= texts)
}

// tellsShapes reports whether rows with different values of the field have different members.
func tellsShapes(f *field, s *sample) bool {
	shapes := map[string]map[string]bool{}
	var order []string
	for i, t := range f.tokens {
		value := string(t)
		if shapes[value] == nil {
			shapes[value] = map[string]bool{}
			order = append(order, value)
		}
		for _, m := range s.rows[f.row[i]] {
			shapes[value][string(m.key)] = true
		}
	}
	for _, value := range order[min(1, len(order)):] {
		a, b := shapes[order[0]], shapes[value]
		both := 0
		for k := range a {
			if b[k] {
				both++
			}
		}
		if 10*both < 7*(len(a)+len(b)-both) {
			return true
		}
	}
	return false
}

// pickPayload chooses the member that is the value of rows that are envelopes; "" if they are none.
func pickPayload(s *sample, route, at string) string {
	if route == "" {
		return ""
	}
	for _, name := range payloadNames {
		rows, full := 0, 0
		var others []string
		for _, ms := range s.rows {
			if isNull(newPath(route).in(ms)) {
				continue
			}
			rows++
			if v := find(ms, name); isPayload(v) {
				full++
			}
			for _, m := range ms {
				if k := string(m.key); k != name && k != newPath(route).names[0] && k != at && !slices.Contains(others, k) {
					others = append(others, k)
				}
			}
		}
		if full > 0 && 10*full >= 8*rows && len(others) <= maxEnvelope && newPath(route).names[0] != name {
			return name
		}
	}
	return ""
}

// isPayload reports whether a value is an object or an array of objects.
func isPayload(v []byte) bool {
	if len(v) == 0 {
		return false
	}
	if v[0] != '[' {
		return v[0] == '{'
	}
	rest := bytes.TrimLeft(v[1:], " \t\r\n")
	return len(rest) > 0 && (rest[0] == '{' || rest[0] == ']')
}
