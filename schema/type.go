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

	plan plan
}

// plan is what the compiler knows of a type beyond its description.
type plan struct {
	byName    map[string]int
	template  reflect.Value // a value with all fixed defaults; invalid if they are all zero
	late      []*Field      // defaults that are made anew each time: "now", lists, maps, raw JSON
	shared    bool          // a copy of the bytes shares lists, maps or raw JSON with the original
	based     bool          // has a base itself or may hold values that have one
	check     checker
	normalize normalizer
	columns   []Column
	byColumn  map[string]int
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

// New returns a new value with every default filled in; defaults of "now" are the zero time.
func (t *Type) New() Record { return t.NewAt(time.Time{}) }

// NewAt returns a new value with every default filled in; defaults of "now" are at.
func (t *Type) NewAt(at time.Time) Record {
	p := reflect.New(t.Go).UnsafePointer()
	t.fill(p, at)
	return Record{t, p}
}

// Of returns the Type of the struct T. The error names the field and why it cannot be described.
func Of[T any]() (*Type, error) { return TypeOf(reflect.TypeFor[T]()) }

// TypeOf returns the Type of the struct type rt.
func TypeOf(rt reflect.Type) (*Type, error) {
	if rt == nil {
		return typeNamed("", rt)
	}
	return typeNamed(rt.Name(), rt)
}

// made remembers each Type made, as encoding/json does: a Go type never changes and is never freed, so the
// entry holds for the life of the process.
var made struct {
	types sync.Map // typeKey to *Type
	sync.Mutex
}

type typeKey struct {
	name string
	rt   reflect.Type
}

func typeNamed(name string, rt reflect.Type) (*Type, error) {
	if t, ok := made.types.Load(typeKey{name, rt}); ok {
		return t.(*Type), nil
	}
	made.Lock()
	defer made.Unlock()
	c := compiler{done: map[typeKey]*Type{}}
	t, err := c.structType(name, rt)
	if err != nil {
		return nil, err
	}
	for k, t := range c.done {
		made.types.Store(k, t)
	}
	return t, nil
}
