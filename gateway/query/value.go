package query

import (
	"encoding/base64"
	"encoding/json"
	"math"
	"math/big"
	"slices"
	"strconv"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
)

// appendJSON writes a cell of an answer as the API writes values: times in UTC without offset, durations in seconds,
// no number for what is none.
func appendJSON(dst []byte, a arrow.Array, i int) []byte {
	if a.IsNull(i) {
		return append(dst, "null"...)
	}
	switch a := a.(type) {
	case *array.String:
		return appendText(dst, a.Value(i))
	case *array.Boolean:
		return strconv.AppendBool(dst, a.Value(i))
	case *array.Float64:
		return appendNumber(dst, a.Value(i), 64)
	case *array.Float32:
		return appendNumber(dst, float64(a.Value(i)), 32)
	case *array.Decimal128:
		return append(dst, plain(a.Value(i).BigInt(), a.DataType().(*arrow.Decimal128Type).Scale)...)
	case *array.MonthDayNanoInterval:
		return appendNumber(dst, seconds(a.Value(i)), 64)
	case *array.Binary:
		return appendText(dst, base64.StdEncoding.EncodeToString(a.Value(i)))
	case *array.FixedSizeBinary:
		return append(dst, unsigned(a.Value(i))...)
	case *array.Dictionary:
		return appendJSON(dst, a.Dictionary(), a.GetValueIndex(i))
	case *array.SparseUnion:
		return appendJSON(dst, a.Field(a.ChildID(i)), i)
	}
	if t, layout, ok := timeOf(a, i); ok {
		return appendText(dst, t.Format(layout))
	}
	return appendNested(dst, a, i)
}

// appendNested writes lists, maps and structs; what else there is are integers, as Arrow writes them.
func appendNested(dst []byte, a arrow.Array, i int) []byte {
	switch a := a.(type) {
	case *array.Map:
		return appendMap(dst, a, i)
	case array.ListLike:
		from, to := a.ValueOffsets(i)
		return appendList(dst, a.ListValues(), from, to)
	case *array.Struct:
		t := a.DataType().(*arrow.StructType)
		dst = append(dst, '{')
		for f := range a.NumField() {
			if f > 0 {
				dst = append(dst, ',')
			}
			dst = append(appendText(dst, t.Field(f).Name), ':')
			dst = appendJSON(dst, a.Field(f), i)
		}
		return append(dst, '}')
	}
	text := a.ValueStr(i)
	if json.Valid([]byte(text)) {
		return append(dst, text...)
	}
	return appendText(dst, text)
}

func appendList(dst []byte, values arrow.Array, from, to int64) []byte {
	dst = append(dst, '[')
	for i := from; i < to; i++ {
		if i > from {
			dst = append(dst, ',')
		}
		dst = appendJSON(dst, values, int(i))
	}
	return append(dst, ']')
}

// appendMap writes a map as an object by the text of its keys, sorted.
func appendMap(dst []byte, m *array.Map, i int) []byte {
	from, to := m.ValueOffsets(i)
	keys := map[string]int{}
	var sorted []string
	for n := int(from); n < int(to); n++ {
		key := string(appendCell(nil, m.Keys(), n))
		if _, twice := keys[key]; !twice {
			sorted = append(sorted, key)
		}
		keys[key] = n
	}
	slices.Sort(sorted)
	dst = append(dst, '{')
	for n, key := range sorted {
		if n > 0 {
			dst = append(dst, ',')
		}
		dst = appendJSON(append(appendText(dst, key), ':'), m.Items(), keys[key])
	}
	return append(dst, '}')
}

// timeOf returns a cell of a time or date, and how it is written.
func timeOf(a arrow.Array, i int) (t time.Time, layout string, ok bool) {
	switch a := a.(type) {
	case *array.Timestamp:
		unit := a.DataType().(*arrow.TimestampType).Unit
		t := a.Value(i).ToTime(unit)
		if unit == arrow.Nanosecond && t.Nanosecond()%1000 != 0 {
			return t, "2006-01-02T15:04:05.000000000", true
		}
		if t.Nanosecond() == 0 {
			return t, "2006-01-02T15:04:05", true
		}
		return t, "2006-01-02T15:04:05.000000", true
	case *array.Date32:
		return a.Value(i).ToTime(), time.DateOnly, true
	case *array.Time64:
		return a.Value(i).ToTime(a.DataType().(*arrow.Time64Type).Unit), "15:04:05.999999", true
	}
	return t, "", false
}

// seconds is the length of an interval, a month being 30 days as DuckDB compares them.
func seconds(v arrow.MonthDayNanoInterval) float64 {
	return float64(v.Months)*30*86400 + float64(v.Days)*86400 + float64(v.Nanoseconds)/1e9
}

// appendNumber writes a float as JSON can: what is no number is null.
func appendNumber(dst []byte, x float64, bits int) []byte {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return append(dst, "null"...)
	}
	if a := math.Abs(x); a == 0 || a >= 1e-6 && a < 1e21 {
		return strconv.AppendFloat(dst, x, 'f', -1, bits)
	}
	return strconv.AppendFloat(dst, x, 'e', -1, bits)
}

// plain writes a decimal with all of its digits.
func plain(n *big.Int, scale int32) string {
	if scale == 0 {
		return n.String()
	}
	return new(big.Rat).SetFrac(n, new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(scale)), nil)).FloatString(int(scale))
}

// unsigned reads DuckDB's UHUGEINT: 16 bytes, the least first.
func unsigned(b []byte) string {
	b = slices.Clone(b)
	slices.Reverse(b)
	return new(big.Int).SetBytes(b).String()
}
