package schema

import (
	"reflect"
	"sync"
	"time"
)

// Type describes one value type, compiled or made at run time; nobody above needs to know which of the two.
// Types are made once, are immutable, and may be used from any goroutine. Equal types are equal pointers.
type Type struct {
	// Name is the Go type's name, or the name given to Build.
	Name string
	// Go is the struct type.
	Go reflect.Type
	// Fields are in wire order: id and timestamp first if there is a base, embedded structs' fields before own ones.
	Fields []Field
	// HasBase reports whether Struct lies at offset 0. Such a type refuses unknown members, other types ignore them.
	HasBase bool

	plan *plan
}

// Field describes one field of a Type.
type Field struct {
	// Name is the name on the wire.
	Name string
	// Offset is where the field lies in the value, in bytes.
	Offset uintptr
	// Opt reports whether the field may be unset or null.
	Opt bool
	// Default is the text of the default tag; HasDefault tells "" from no tag.
	Default    string
	HasDefault bool
	// Value is what the field holds.
	Value Value
}

// Value describes what a field, list element or map value holds.
type Value struct {
	// Kind says what it is.
	Kind Kind
	// Go is the Go type (without the Opt around it).
	Go reflect.Type
	// Type describes an Object.
	Type *Type
	// Elem describes the elements of a List and the values of a Map.
	Elem *Value
	// Key describes the keys of a Map.
	Key *Value
	// Members are the members of an Enum.
	Members []Member
}

// Field returns the field with the wire name, and whether there is one.
func (t *Type) Field(name string) (*Field, bool) {
	i, ok := t.plan.byName[name]
	if !ok {
		return nil, false
	}
	return &t.Fields[i], true
}

// String returns the name of t.
func (t *Type) String() string { return t.Name }

// types remembers each Type made, as encoding/json does: a Go type never changes and is never freed.
var types sync.Map // of typeKey to *Type

type typeKey struct {
	name string
	rt   reflect.Type
}

// Of returns the Type of the struct T. The error names the field and why it cannot be described.
func Of[T any]() (*Type, error) { return TypeOf(reflect.TypeFor[T]()) }

// TypeOf returns the Type of the struct type rt.
func TypeOf(rt reflect.Type) (*Type, error) { return typeNamed(rt.Name(), rt) }

// New returns a new value with every default filled in; defaults of "now" are the zero time.
func (t *Type) New() Record { return t.NewAt(time.Time{}) }
