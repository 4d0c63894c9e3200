package replay

import "bytes"

// plan is how the rows of one file are read: what was inferred from its start, or what the user said.
type plan struct {
	path        string
	base        string // the channel of rows without a route, before its name is cleaned
	compression string
	format      format
	table       *table // of a CSV file
	time        path   // empty: the time stands before the JSON
	timeOfDay   path   // of rows whose time is a date; empty: there is none
	clock       clock
	route       path
	payload     string
}

// entry is one usable row: its time and what it gives to which channels. Its slices are valid until the next row.
type entry struct {
	line  int
	at    int64 // nanoseconds since 1970
	parts []part
	wrong bool // something else in the row cannot be used

	members, extras []member
}

// part is what a row gives to one channel.
type part struct {
	route  []byte // names the channel; nil is the file's own
	value  []byte // JSON: an object, or an array of them; nil says that the channel exists and did not tick
	extras []member
}

// read makes an entry of a row. Otherwise it returns the reason why it cannot.
func (p *plan) read(r *row, e *entry) string {
	if r.bad != "" {
		return r.bad
	}
	e.line, e.parts, e.wrong = r.line, e.parts[:0], false
	text, stampText := trimBlanks(r.text), []byte(nil)
	if p.format == formatPrefix {
		var reason string
		if stampText, text, reason = p.prefix(text); reason != "" {
			return reason
		}
	}
	ms, err := objectOrFinite(text, append(e.members[:0], member{})[:0])
	e.members = ms
	if err != nil {
		return notObject(text, err)
	}
	if !p.time.empty() {
		stampText = p.time.in(ms)
	}
	if isNull(stampText) {
		return skipNoTime
	}
	var ok bool
	if e.at, ok = p.clock.parse(stampText); !ok {
		return skipBadTime
	}
	if !p.timeOfDay.empty() {
		ns, ok := timeOfDay(p.timeOfDay.in(ms))
		if !ok {
			return skipBadTime
		}
		e.at += ns
	}
	if p.format == formatCycles {
		return p.cycle(ms, e)
	}
	e.parts = append(e.parts, p.part(text, ms, e))
	return ""
}

// prefix takes the time before the JSON off a line.
func (p *plan) prefix(text []byte) (at, rest []byte, reason string) {
	at, rest, ok := splitPrefix(text)
	if ok {
		return at, rest, ""
	}
	switch i := bytes.IndexByte(text, '{'); {
	case i < 0:
		return nil, nil, notObject(text, errSyntax)
	case i == 0:
		if !p.time.empty() {
			return nil, text, ""
		}
		return nil, nil, skipNoTime
	default:
		return nil, nil, skipBadTime
	}
}

// notObject tells rows that stop in the middle, other JSON and other text apart.
func notObject(text []byte, err error) string {
	if len(text) > 0 && text[0] != '{' {
		if end, err := skipValue(text, 0, 0); err == nil && end == len(text) {
			return skipNotObject
		}
		return skipNotJSON
	}
	if err == errTorn {
		return skipTorn
	}
	return skipNotJSON
}

// cycle splits a line of csp-gateway: each member but the time is a channel.
func (p *plan) cycle(ms []member, e *entry) string {
	wrong, full := false, false
	for _, m := range ms {
		switch {
		case keyIs(m.key, cycleTime) || p.time.text != cycleTime && keyIs(m.key, p.time.text):
		case string(m.value) == "null":
			e.parts = append(e.parts, part{route: unescape(m.key)})
		case m.value[0] == '{' || m.value[0] == '[':
			e.parts = append(e.parts, part{route: unescape(m.key), value: m.value})
			full = true
		default:
			wrong = true
		}
	}
	switch {
	case full:
		e.wrong = wrong
		return ""
	case wrong:
		return skipWrongType
	}
	return skipNoTick
}

// part routes a row and takes its payload out of the envelope. What else stands in the envelope goes with the payload.
func (p *plan) part(text []byte, ms []member, e *entry) part {
	one := part{value: text}
	if route := p.route.in(ms); !isNull(route) && route[0] != '{' && route[0] != '[' {
		one.route = unescape(unquote(route))
	}
	if p.payload == "" {
		return one
	}
	payload := find(ms, p.payload)
	if !isPayload(payload) {
		return one
	}
	one.value = payload
	e.extras = e.extras[:0]
	for _, m := range ms {
		if keyIs(m.key, p.payload) || keyIs(m.key, p.time.text) || keyIs(m.key, p.route.text) {
			continue
		}
		e.extras = append(e.extras, m)
	}
	one.extras = e.extras
	return one
}
