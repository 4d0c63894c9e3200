package schema

import (
	"reflect"
	"unsafe"
)

// Record is a value together with its Type: what layers that serve any channel work on. It is two words, copied
// freely; the value itself is shared. A Record is as safe for concurrent use as the value it points to.
type Record struct {
	typ *Type
	ptr unsafe.Pointer
}

// RecordOf returns v as a Record, which shares v. It is the zero Record if T is not a struct that Of accepts.
// Where the Type is at hand, Type.At is cheaper.
func RecordOf[T any](v *T) Record {
	t, err := Of[T]()
	if err != nil || v == nil {
		return Record{}
	}
	return Record{t, unsafe.Pointer(v)}
}

// At returns the value of type t that lies at p as a Record.
func (t *Type) At(p unsafe.Pointer) Record { return Record{t, p} }

// As returns the value of r as a *T, and whether T is its Go type. The value is shared.
func As[T any](r Record) (*T, bool) {
	if r.typ == nil || r.typ.Go != reflect.TypeFor[T]() {
		return nil, false
	}
	return (*T)(r.ptr), true
}

// Type returns the type of r, nil for the zero Record.
func (r Record) Type() *Type { return r.typ }

// Pointer returns where the value lies.
func (r Record) Pointer() unsafe.Pointer { return r.ptr }

// IsZero reports whether r holds no value.
func (r Record) IsZero() bool { return r.ptr == nil }

// Base returns the id and timestamp of r in place, nil if its type has none.
func (r Record) Base() *Struct {
	if r.typ == nil || !r.typ.HasBase {
		return nil
	}
	return (*Struct)(r.ptr)
}

// Value returns the value as an addressable reflect.Value, for the rare reader that cannot work by offset.
func (r Record) Value() reflect.Value {
	if r.typ == nil {
		return reflect.Value{}
	}
	return reflect.NewAt(r.typ.Go, r.ptr).Elem()
}

// String returns r as JSON.
func (r Record) String() string { return string(r.AppendJSON(nil)) }

// MarshalJSON writes r as AppendJSON does.
func (r Record) MarshalJSON() ([]byte, error) { return r.AppendJSON(nil), nil }
