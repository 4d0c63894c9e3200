package state

import (
	"database/sql/driver"
	"encoding/binary"
	"math"
	"strings"
	"time"

	"gw/schema"
)

// A class is how cells of a kind are kept and compared.
type class uint8

const (
	noClass class = iota // lists, maps, raw JSON: neither keys nor filters
	whole                // integers, and false and true as 0 and 1
	span                 // durations in nanoseconds
	fraction
	text   // strings, ids and enums by name, ordered by code point
	moment // datetimes and days, in microseconds since 1970 UTC, as they are told outside
)

func classOf(k schema.Kind) class {
	switch k {
	case schema.Int, schema.Bool:
		return whole
	case schema.Duration:
		return span
	case schema.Float:
		return fraction
	case schema.String, schema.Ident, schema.Enum:
		return text
	case schema.Time, schema.Stamp, schema.Day:
		return moment
	}
	return noClass
}

// sql is the type of a class's column.
func (c class) sql() string {
	switch c {
	case fraction:
		return "DOUBLE"
	case text:
		return "VARCHAR"
	}
	return "BIGINT"
}

// cell returns what DuckDB keeps of a column of r, nil if it is unset or null.
func cell(c *schema.Column, r schema.Record) driver.Value {
	switch classOf(c.Kind) {
	case whole, span:
		if n, ok := c.Int64(r); ok {
			return n
		}
	case fraction:
		if x, ok := c.Float64(r); ok {
			return x
		}
	case text:
		if s, ok := c.String(r); ok {
			return strings.ToValidUTF8(s, "\uFFFD")
		}
	case moment:
		if t, ok := c.Time(r); ok {
			return t.UnixMicro()
		}
	}
	return nil
}

// appendKey appends one part of a key tuple so that equal parts, and only those, are the same bytes.
func appendKey(dst []byte, c *schema.Column, r schema.Record) []byte {
	switch classOf(c.Kind) {
	case whole, span:
		if n, ok := c.Int64(r); ok {
			return binary.AppendVarint(append(dst, 1), n)
		}
	case fraction:
		if x, ok := c.Float64(r); ok {
			return binary.BigEndian.AppendUint64(append(dst, 1), floatBits(x))
		}
	case text:
		return appendText(dst, c, r)
	case moment:
		if t, ok := c.Time(r); ok {
			return appendMoment(append(dst, 1), t)
		}
	}
	return append(dst, 0)
}

// floatBits makes 0 and -0 one key, and all kinds of NaN another.
func floatBits(x float64) uint64 {
	switch {
	case x == 0:
		return 0
	case x != x:
		return math.Float64bits(math.NaN())
	}
	return math.Float64bits(x)
}

// appendText writes the text behind its length, and an id that is a counter as a number.
func appendText(dst []byte, c *schema.Column, r schema.Record) []byte {
	if n, ok := c.Count(r); ok {
		return binary.BigEndian.AppendUint64(append(dst, 2), n)
	}
	s, ok := c.String(r)
	if !ok {
		return append(dst, 0)
	}
	return append(binary.AppendUvarint(append(dst, 1), uint64(len(s))), s...)
}

func appendMoment(dst []byte, t time.Time) []byte {
	dst = binary.BigEndian.AppendUint64(dst, uint64(t.Unix()))
	return binary.BigEndian.AppendUint32(dst, uint32(t.Nanosecond()))
}
