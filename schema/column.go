package schema

import "time"

// Column is one scalar (or list, map, raw JSON) of a type with nested values flattened: "a.b" is b in the
// nested value a. Accessors go by offset, do not allocate except String and Value, and may be called from any goroutine
// as long as nobody writes the record.
type Column struct {
	// Name is the dotted path.
	Name string
	// Kind is what it holds; never Object, except for a nested value with fields of its own type.
	Kind Kind
	// Opt reports whether the cell may be empty: the field or a value around it is an Opt.
	Opt bool
	// Field is the last field of the path.
	Field *Field
}

// Columns returns the columns of t: fields in order, those of nested values in place of the value.
// The slice is shared and must not be changed.
func (t *Type) Columns() []Column { return nil }

// Column returns the column with the dotted name, and whether there is one.
func (t *Type) Column(name string) (*Column, bool) { return nil, false }

// Value returns the cell: int64, float64, bool, string (text, enum name, id), time.Time, Date, time.Duration, or
// json.RawMessage for lists, maps and raw JSON. It is false if the cell is unset or null.
func (c *Column) Value(r Record) (any, bool) { return nil, false }

// IsNull reports whether the cell was set to null (and is not merely unset).
func (c *Column) IsNull(r Record) bool { return false }

// Int64 returns an Int cell, or a Bool one as 0 or 1, a Day one in days.
func (c *Column) Int64(r Record) (int64, bool) { return 0, false }

// Float64 returns a Float, Int or Bool cell as a number, a Duration one in seconds.
func (c *Column) Float64(r Record) (float64, bool) { return 0, false }

// Bool returns a Bool cell.
func (c *Column) Bool(r Record) (bool, bool) { return false, false }

// Time returns a Time or Stamp cell, or a Day one as midnight UTC.
func (c *Column) Time(r Record) (time.Time, bool) { return time.Time{}, false }

// String returns the cell as text: strings, enum names and ids as they are, all else as in JSON without quotes.
func (c *Column) String(r Record) (string, bool) { return "", false }

// AppendJSON appends the cell as JSON, null if it is unset.
func (c *Column) AppendJSON(dst []byte, r Record) []byte { return append(dst, "null"...) }
