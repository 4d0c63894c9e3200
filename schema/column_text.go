package schema

import (
	"encoding/json"
	"time"
	"unsafe"
)

// Value returns the cell: int64, float64, bool, string (text, enum name, id), time.Time, Date, time.Duration, or
// json.RawMessage for lists, maps and raw JSON. It is false if the cell is unset or null.
func (c *Column) Value(r Record) (any, bool) {
	p := c.cell(r)
	if p == nil {
		return nil, false
	}
	switch c.Kind {
	case Int:
		return loadInt(p, c.value.base), true
	case Float:
		return loadFloat(p, c.value.base), true
	case Bool:
		return *(*bool)(p), true
	case String, Enum, Ident:
		return c.text(p), true
	case Time, Stamp:
		return *(*time.Time)(p), true
	case Day:
		return *(*Date)(p), true
	case Duration:
		return *(*time.Duration)(p), true
	}
	return json.RawMessage(c.value.append(nil, p)), true
}

// text returns the String, Enum or Ident at p.
func (c *Column) text(p unsafe.Pointer) string {
	switch c.Kind {
	case Enum:
		return c.value.enumName(p)
	case Ident:
		return (*ID)(p).String()
	}
	return *(*string)(p)
}

// String returns the cell as text: strings, enum names and ids as they are, all else as in JSON without quotes.
// It is false if the cell is unset or null. Only ids and what is no text allocate.
func (c *Column) String(r Record) (string, bool) {
	p := c.cell(r)
	if p == nil {
		return "", false
	}
	switch c.Kind {
	case String, Enum, Ident:
		return c.text(p), true
	}
	return string(c.AppendText(nil, r)), true
}

// AppendText appends the cell as String gives it, nothing if it is unset or null.
func (c *Column) AppendText(dst []byte, r Record) []byte {
	p := c.cell(r)
	if p == nil {
		return dst
	}
	switch c.Kind {
	case String, Enum:
		return append(dst, c.text(p)...)
	case Ident:
		dst, _ = (*ID)(p).AppendText(dst) // never fails
		return dst
	case Time:
		return appendTime(dst, *(*time.Time)(p))
	case Stamp:
		return appendStamp(dst, *(*time.Time)(p))
	case Day:
		return appendDate(dst, *(*Date)(p))
	}
	return c.value.append(dst, p)
}

// AppendJSON appends the cell as JSON, null if it is unset.
func (c *Column) AppendJSON(dst []byte, r Record) []byte {
	p := c.cell(r)
	switch {
	case p == nil:
		return append(dst, "null"...)
	case c.Kind == Ident:
		return appendID(dst, *(*ID)(p))
	}
	return c.value.append(dst, p)
}
