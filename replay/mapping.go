package replay

import (
	"fmt"
	"strings"

	"gw/engine"
)

// Mapping is how a recording is read, for people (String) and for programs (the fields).
type Mapping struct {
	Files    []FileMapping
	Channels []ChannelMapping
	// Rows is how many rows will be replayed, Start and End are the times of the first and the last of them (RFC 3339).
	Rows       uint64
	Start, End string
}

// FileMapping is how one file is read.
type FileMapping struct {
	Path, Format, Compression string
	// Time is the path of the field with the row's time; "" means that it stands before the JSON. If that is a date,
	// TimeOfDay is the path of the field with the time of day, "" if there is none.
	Time, TimeOfDay string
	// Unit is the unit of times that are numbers: s, ms, us, ns, or YYYYMMDD; "" if they are texts.
	Unit string
	// Route is the path of the field that names the channel; "" means that all rows go to Channel.
	Route string
	// Payload is the member that is the value; "" means that the row is.
	Payload string
	// Channel is the channel of rows without a route.
	Channel string
	// Rows counts the usable rows, Late those earlier than one before them, Skipped the others by reason.
	Rows, Late uint64
	Skipped    map[string]uint64
}

// ChannelMapping is one channel and its value.
type ChannelMapping struct {
	// Name is the channel's name, Raw what it was made of; they differ if Raw has other characters than letters, digits
	// and _, or if another channel had the name already.
	Name, Raw string
	// Kind is struct, list, basket or basket of lists.
	Kind string
	// Keys are those of a basket.
	Keys []string
	// Fields are the fields of a value, nested ones as a.b, in the order of first sight. Every value has an id and a
	// timestamp; they are listed if they were recorded.
	Fields []FieldMapping
	Rows   uint64
}

// FieldMapping is one field of a value. A field that is Optional is missing or null in some rows.
type FieldMapping struct {
	Name, Type string
	Optional   bool
}

// Mapping returns how the recording is read.
func (r *Recording) Mapping() Mapping {
	m := Mapping{Rows: r.rows, Start: engine.TimeOf(r.Start).String(), End: engine.TimeOf(r.End).String()}
	for i, p := range r.plans {
		m.Files = append(m.Files, p.mapping(r.files[i]))
	}
	for _, ch := range r.channels.list {
		m.Channels = append(m.Channels, ch.mapping())
	}
	return m
}

func (p *plan) mapping(s fileSurvey) FileMapping {
	f := FileMapping{
		Path: p.path, Format: p.format.String(), Compression: p.compression, Time: p.time.text, TimeOfDay: p.timeOfDay.text,
		Route: p.route.text, Payload: p.payload, Channel: cleanName(p.base),
		Rows: s.rows, Late: s.late, Skipped: addCounts(nil, s.skipped),
	}
	switch {
	case p.clock.compact:
		f.Unit = "YYYYMMDD"
	case p.clock.numbers:
		f.Unit = p.clock.unit.String()
	}
	if p.format == formatCSV {
		f.Format = fmt.Sprintf("CSV separated by %q", p.table.sep)
		if !p.table.header {
			f.Format += " without a header"
		}
	}
	return f
}

func (ch *channel) mapping() ChannelMapping {
	c := ChannelMapping{Name: ch.name, Raw: ch.raw, Kind: ch.kind(), Keys: ch.keys, Rows: ch.rows}
	for _, col := range ch.typ.Columns() {
		if col.Name == "id" && !ch.hasID || col.Name == stampKey && !ch.hasStamp && !ch.oddStamp {
			continue // every value has them; these were not recorded
		}
		base := col.Name == "id" || col.Name == stampKey && ch.hasStamp
		c.Fields = append(c.Fields, FieldMapping{Name: col.Name, Type: fmt.Sprint(col.Kind), Optional: col.Opt && !base})
	}
	return c
}

// String returns the mapping as text: a paragraph a file, then one a channel.
func (m Mapping) String() string {
	var b strings.Builder
	for _, f := range m.Files {
		f.write(&b)
	}
	rows := "rows"
	if m.Rows == 1 {
		rows = "row"
	}
	fmt.Fprintf(&b, "replays %d %s from %s to %s\n", m.Rows, rows, m.Start, m.End)
	for _, c := range m.Channels {
		c.write(&b)
	}
	return b.String()
}

func (f FileMapping) write(b *strings.Builder) {
	fmt.Fprintf(b, "%s\n  format   %s", f.Path, f.Format)
	if f.Compression != "none" {
		fmt.Fprintf(b, ", %s", f.Compression)
	}
	at := "field " + f.Time
	if f.Time == "" {
		at = "before the JSON"
	}
	if f.Unit != "" {
		at += ", a number in " + f.Unit
	}
	if f.TimeOfDay != "" {
		at += ", the time of day in field " + f.TimeOfDay
	}
	fmt.Fprintf(b, "\n  time     %s\n", at)
	route := "all rows to " + f.Channel
	if f.Route != "" {
		route = "named by field " + f.Route + ", rows without it to " + f.Channel
	}
	switch {
	case strings.HasPrefix(f.Format, "csp-gateway"):
		route = "one a member"
	case f.Payload != "":
		route += "; the value is field " + f.Payload
	}
	fmt.Fprintf(b, "  channel  %s\n  rows     %d, %d late", route, f.Rows, f.Late)
	for _, reason := range sortedKeys(f.Skipped) {
		fmt.Fprintf(b, ", %d skipped: %s", f.Skipped[reason], reason)
	}
	b.WriteByte('\n')
}

func (c ChannelMapping) write(b *strings.Builder) {
	fmt.Fprintf(b, "channel %s: %s, rows %d", c.Name, c.Kind, c.Rows)
	if c.Raw != c.Name {
		fmt.Fprintf(b, ", called %q in the recording", clip(c.Raw))
	}
	if len(c.Keys) > 0 {
		fmt.Fprintf(b, "\n  keys %s", clipTo(strings.Join(c.Keys, ", "), 300))
	}
	b.WriteByte('\n')
	for _, f := range c.Fields {
		fmt.Fprintf(b, "  %s %s", f.Name, f.Type)
		if f.Optional {
			b.WriteString(", optional")
		}
		b.WriteByte('\n')
	}
}
