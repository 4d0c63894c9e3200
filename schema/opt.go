package schema

import (
	"encoding/json"
	"reflect"
)

// Opt is a field that may be unset (the zero Opt, omitted on the wire), null, or hold a value. A plain Go
// field always has a value: its default tag or its zero. Set states are read and written in place by offset,
// so an Opt costs no pointer.
type Opt[T any] struct {
	value T // at offset 0: the compiled programs rely on it
	state optState
}

type optState uint8

const (
	optUnset optState = iota
	optNull
	optValue
)

// Some returns an Opt that holds v.
func Some[T any](v T) Opt[T] { return Opt[T]{value: v, state: optValue} }

// Null returns an Opt that was set to null.
func Null[T any]() Opt[T] { return Opt[T]{state: optNull} }

// Get returns the value and whether there is one.
func (o Opt[T]) Get() (T, bool) { return o.value, o.state == optValue }

// Or returns the value, or d if o is unset or null.
func (o Opt[T]) Or(d T) T {
	if o.state == optValue {
		return o.value
	}
	return d
}

// IsSet reports whether o holds a value or null.
func (o Opt[T]) IsSet() bool { return o.state != optUnset }

// IsNull reports whether o was set to null.
func (o Opt[T]) IsNull() bool { return o.state == optNull }

// HasValue reports whether o holds a value.
func (o Opt[T]) HasValue() bool { return o.state == optValue }

// Equal reports whether both are in the same state with equal values; times are compared as instants.
func (o Opt[T]) Equal(p Opt[T]) bool {
	if o.state != p.state || o.state != optValue {
		return o.state == p.state
	}
	if e, ok := any(o.value).(interface{ Equal(T) bool }); ok {
		return e.Equal(p.value)
	}
	return reflect.DeepEqual(o.value, p.value)
}

// IsZero reports whether o is unset, so that `json:",omitzero"` leaves it out.
func (o Opt[T]) IsZero() bool { return o.state == optUnset }

// MarshalJSON writes the value, or null if there is none.
func (o Opt[T]) MarshalJSON() ([]byte, error) {
	if o.state != optValue {
		return []byte("null"), nil
	}
	return json.Marshal(o.value)
}

// UnmarshalJSON reads a value or null.
func (o *Opt[T]) UnmarshalJSON(data []byte) error {
	if string(data) == "null" {
		*o = Null[T]()
		return nil
	}
	var v T
	if err := json.Unmarshal(data, &v); err != nil {
		return err
	}
	*o = Some(v)
	return nil
}

// optElem tells the compiler of types what o holds.
func (Opt[T]) optElem() reflect.Type { return reflect.TypeFor[T]() }

type optional interface{ optElem() reflect.Type }

var _ optional = Opt[int64]{}
