package modules

import (
	"encoding/json"
	"math"
	"strconv"
	"time"

	"gw/schema"
)

var (
	zeroTime     time.Time
	zeroDuration time.Duration
)

// fill puts the fields of a record that are named into env.
func fill(env map[string]any, r schema.Record, names []string) {
	for _, name := range names {
		if f, ok := r.Type().Field(name); ok {
			env[name] = fieldOf(r, f)
		}
	}
}

// rowOf is a record as a map of all its fields.
func rowOf(r schema.Record) map[string]any {
	row := make(map[string]any, len(r.Type().Fields))
	for i := range r.Type().Fields {
		f := &r.Type().Fields[i]
		row[f.Name] = fieldOf(r, f)
	}
	return row
}

// fieldOf is a field for an expression: a Go value, or maps and lists of them; nil if it is unset or null.
func fieldOf(r schema.Record, f *schema.Field) any {
	if c, ok := r.Type().Column(f.Name); ok && f.Value.Kind.IsScalar() {
		v, ok := c.Value(r)
		if !ok {
			if f.Value.Kind == schema.Float && !f.Opt {
				return math.NaN()
			}
			return nil
		}
		if d, isDate := v.(schema.Date); isDate {
			return d.Time()
		}
		return v
	}
	var whole map[string]any
	if json.Unmarshal(r.AppendJSON(nil), &whole) != nil {
		return nil
	}
	return whole[f.Name]
}

// appendValue appends what an expression gave as JSON; what JSON has not is null.
func appendValue(dst []byte, v any) []byte {
	switch v := v.(type) {
	case nil:
		return append(dst, "null"...)
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return append(dst, "null"...)
		}
		return strconv.AppendFloat(dst, v, 'g', -1, 64)
	case int:
		return strconv.AppendInt(dst, int64(v), 10)
	case int64:
		return strconv.AppendInt(dst, v, 10)
	case time.Time:
		return append(v.UTC().AppendFormat(append(dst, '"'), time.RFC3339Nano), '"')
	case time.Duration:
		return strconv.AppendFloat(dst, v.Seconds(), 'f', -1, 64)
	}
	text, err := json.Marshal(v)
	if err != nil {
		return append(dst, "null"...)
	}
	return append(dst, text...)
}

// appendQuoted appends s as a JSON string.
func appendQuoted(dst []byte, s string) []byte {
	text, _ := json.Marshal(s) // text always has a form
	return append(dst, text...)
}
