package schema

import "time"

// DecodeOptions says how one input is read. The zero value is ready to use.
type DecodeOptions struct {
	// At is what a default of "now" becomes: the engine's time, or the wall clock at validation.
	At time.Time
	// Loc is put before the path of each problem, e.g. "body".
	Loc []any
}

// Decode reads one JSON object into a new value: defaults first, then members by name, coerced as clients of the
// API expect, then the Validate methods. All problems are returned and no value if there is one; broken JSON is
// a single problem "json_invalid" whose last Loc is the byte offset. The value does not share memory with data.
func (t *Type) Decode(data []byte, d DecodeOptions) (Record, Problems) { return t.NewAt(d.At), nil }

// DecodeAll reads what a send accepts: one object, or an array of them (wasList; then the index follows Loc in
// each problem). It is all or nothing.
func (t *Type) DecodeAll(data []byte, d DecodeOptions) (recs []Record, wasList bool, problems Problems) {
	r, p := t.Decode(data, d)
	return []Record{r}, false, p
}

// DecodeText reads one row of text cells (CSV): cells[i] is the value of the field names[i], which may be a
// dotted path into nested values; an empty cell leaves the field at its default.
func (t *Type) DecodeText(names, cells []string, d DecodeOptions) (Record, Problems) {
	return t.NewAt(d.At), nil
}
