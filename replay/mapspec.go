package replay

import "strings"

// mapSpec is Options.Map taken apart: what the user says instead of what would be inferred.
type mapSpec struct {
	time    string // path of the field with the row's time; "" is inferred
	route   string // path of the field that names the channel; "" is inferred
	noRoute bool   // route= or route=- : one channel a file
	channel string // the channel of rows without a route
	payload string // the member that is the value
	whole   bool   // payload= or payload=- : the row is the value
	unit    string // of times that are numbers
}

// parseMap reads KEY=VALUE[,KEY=VALUE...]; a backslash keeps a comma inside a value. "-" says that there is none.
func parseMap(text string) (mapSpec, error) {
	var m mapSpec
	if strings.TrimSpace(text) == "" {
		return m, nil
	}
	seen := map[string]bool{}
	for _, entry := range splitEntries(text) {
		key, value, ok := strings.Cut(entry, "=")
		key, value = strings.TrimSpace(key), strings.TrimSpace(value)
		if !ok {
			return m, &MapError{Entry: entry, What: "want KEY=VALUE with time, route, channel, payload or unit"}
		}
		if seen[key] {
			return m, &MapError{Entry: entry, What: key + " is given twice"}
		}
		seen[key] = true
		if err := m.set(key, value, entry); err != nil {
			return m, err
		}
	}
	if m.channel != "" && m.route == "" {
		m.noRoute = true
	}
	return m, nil
}

func (m *mapSpec) set(key, value, entry string) error {
	none := value == "" || value == "-"
	switch key {
	case "time":
		m.time = value
	case "route":
		m.route, m.noRoute = value, none
		if none {
			m.route = ""
		}
	case "channel":
		m.channel = value
	case "payload":
		m.payload, m.whole = value, none
		if none {
			m.payload = ""
		}
	case "unit":
		m.unit = value
		if _, ok := parseUnit(value); !ok {
			return &MapError{Entry: entry, What: "want unit s, ms, us or ns"}
		}
	default:
		return &MapError{Entry: entry, What: "no such key (has: time, route, channel, payload, unit)"}
	}
	if none && (key == "time" || key == "channel") {
		return &MapError{Entry: entry, What: "a name is missing behind ="}
	}
	return nil
}

// splitEntries splits at commas that have no backslash before them.
func splitEntries(text string) []string {
	var entries []string
	var entry strings.Builder
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == '\\' && i+1 < len(text) && (text[i+1] == ',' || text[i+1] == '\\'):
			i++
			entry.WriteByte(text[i])
		case text[i] == ',':
			entries = append(entries, entry.String())
			entry.Reset()
		default:
			entry.WriteByte(text[i])
		}
	}
	return append(entries, entry.String())
}
