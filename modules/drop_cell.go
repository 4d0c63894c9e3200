package modules

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/big"
	"slices"
	"time"
	"unicode/utf8"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/deprecated"
	"github.com/parquet-go/parquet-go/format"
)

// decimalDigits bounds the digits behind the point of a decimal, as Arrow does.
const decimalDigits = 76

// cellReader tells how values of a leaf become values that JSON has: times and dates as text, durations as seconds.
// unit is that of durations, 0 if the leaf has none.
func cellReader(c *parquet.Column, unit time.Duration) (func(parquet.Value) (any, error), error) {
	if unit != 0 && c.Type().Kind() == parquet.Int64 {
		return func(v parquet.Value) (any, error) { return float64(v.Int64()) * unit.Seconds(), nil }, nil
	}
	logical := c.Type().LogicalType()
	if logical == nil {
		return plainCell, nil
	}
	switch l := logical.Value.(type) {
	case *format.DateType:
		return func(v parquet.Value) (any, error) {
			return time.Unix(int64(v.Int32())*24*60*60, 0).UTC().Format(time.DateOnly), nil
		}, nil
	case *format.TimestampType:
		return timestampCell(l)
	case *format.TimeType:
		return nil, errors.New("holds times of day, which no field takes")
	case *format.DecimalType:
		if l.Scale < 0 || l.Scale > decimalDigits {
			return nil, fmt.Errorf("has %d digits behind the point (want 0 to %d)", l.Scale, decimalDigits)
		}
		one := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(l.Scale)), nil)
		return func(v parquet.Value) (any, error) {
			return json.Number(new(big.Rat).SetFrac(unscaled(v), one).FloatString(int(l.Scale))), nil
		}, nil
	case *format.IntType:
		if !l.IsSigned {
			return unsignedCell, nil
		}
	case *format.UUIDType:
		return func(v parquet.Value) (any, error) {
			b := v.ByteArray()
			if len(b) != 16 {
				return nil, fmt.Errorf("got a UUID of %d bytes, want 16", len(b))
			}
			return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:]), nil
		}, nil
	}
	return plainCell, nil
}

// plainCell is a value without a further meaning; bytes must be text.
func plainCell(v parquet.Value) (any, error) {
	switch v.Kind() {
	case parquet.Boolean:
		return v.Boolean(), nil
	case parquet.Int32:
		return v.Int32(), nil
	case parquet.Int64:
		return v.Int64(), nil
	case parquet.Int96:
		return int96Time(v.Int96()).Format(time.RFC3339Nano), nil
	case parquet.Float:
		return number(float64(v.Float())), nil
	case parquet.Double:
		return number(v.Double()), nil
	}
	if b := v.ByteArray(); utf8.Valid(b) {
		return string(b), nil
	}
	return nil, errors.New("holds bytes that are no UTF-8 text")
}

func unsignedCell(v parquet.Value) (any, error) {
	if v.Kind() == parquet.Int32 {
		return v.Uint32(), nil
	}
	return v.Uint64(), nil
}

// timestampCell is a time as text, with a zone (UTC) if the column says so.
func timestampCell(t *format.TimestampType) (func(parquet.Value) (any, error), error) {
	if t.Unit.Value == nil {
		return nil, errors.New("holds times without a unit")
	}
	layout := "2006-01-02T15:04:05.999999999"
	if t.IsAdjustedToUTC {
		layout = time.RFC3339Nano
	}
	from := time.UnixMilli
	switch t.Unit.Value.Duration() {
	case time.Microsecond:
		from = time.UnixMicro
	case time.Nanosecond:
		from = func(n int64) time.Time { return time.Unix(0, n) }
	}
	return func(v parquet.Value) (any, error) { return from(v.Int64()).UTC().Format(layout), nil }, nil
}

// int96Time is a time as Impala and old Spark write it: nanoseconds of a Julian day.
func int96Time(v deprecated.Int96) time.Time {
	const day1970 = 2440588
	return time.Unix((int64(v[2])-day1970)*24*60*60, int64(uint64(v[1])<<32|uint64(v[0]))).UTC()
}

// unscaled is the whole number of a decimal; bytes are its two's complement, the highest first.
func unscaled(v parquet.Value) *big.Int {
	switch v.Kind() {
	case parquet.Int32:
		return big.NewInt(int64(v.Int32()))
	case parquet.Int64:
		return big.NewInt(v.Int64())
	}
	b := slices.Clone(v.ByteArray())
	n := new(big.Int).SetBytes(b)
	if len(b) > 0 && b[0] >= 0x80 {
		n.Sub(n, new(big.Int).Lsh(big.NewInt(1), uint(8*len(b))))
	}
	return n
}

// number is a float as JSON writes it: null if it is no number.
func number(x float64) any {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return json.RawMessage("null")
	}
	return x
}
