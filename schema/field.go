package schema

import (
	"reflect"
	"sync"
	"unsafe"
)

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

	state uintptr // offset of the state of an Opt
	key   []byte  // `"name":`
	keep  bool    // written even if unset: the base's own
	rules []rule
	told  []rule // bounds that a Validate method keeps, for descriptions
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

	base    reflect.Kind // of numbers and enums: how they lie in memory
	array   bool         // a List of floats of any rank: read by the rules of numeric arrays
	scratch *sync.Pool   // of *mapScratch, for a Map
}

// stateAt returns the state of the Opt field f of the value at p.
func (f *Field) stateAt(p unsafe.Pointer) *optState { return (*optState)(unsafe.Add(p, f.state)) }

// at returns where the field lies in the value at p.
func (f *Field) at(p unsafe.Pointer) unsafe.Pointer { return unsafe.Add(p, f.Offset) }

// has reports whether the field of the value at p holds a value.
func (f *Field) has(p unsafe.Pointer) bool { return !f.Opt || *f.stateAt(p) == optValue }
