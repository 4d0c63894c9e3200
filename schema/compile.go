package schema

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"time"
	"unsafe"
)

// compiler makes the Types of one struct type and of all it refers to.
type compiler struct {
	done map[typeKey]*Type
}

func (c *compiler) structType(name string, rt reflect.Type) (*Type, error) {
	key := typeKey{name, rt}
	if t, ok := made.types.Load(key); ok {
		return t.(*Type), nil
	}
	if t, ok := c.done[key]; ok {
		return t, nil
	}
	if rt == nil || rt.Kind() != reflect.Struct {
		return nil, fmt.Errorf("schema: type %v is not a struct", rt)
	}
	t := &Type{Name: name, Go: rt}
	c.done[key] = t
	if err := c.fields(t, rt, 0); err != nil {
		return nil, err
	}
	t.hideBase()
	t.plan.byName = make(map[string]int, len(t.Fields))
	for i := range t.Fields {
		f := &t.Fields[i]
		if _, twice := t.plan.byName[f.Name]; twice {
			return nil, fmt.Errorf("schema: %s: two fields named %q", rt, f.Name)
		}
		t.plan.byName[f.Name] = i
	}
	return t, c.finish(t)
}

// finish works out what needs all fields of t.
func (c *compiler) finish(t *Type) error {
	t.plan.check = checkerOf(t.Go)
	t.plan.normalize = normalizerOf(t.Go)
	t.plan.based = t.HasBase
	for i := range t.Fields {
		v := &t.Fields[i].Value
		t.plan.shared = t.plan.shared || v.shares()
		t.plan.based = t.plan.based || v.based()
	}
	if err := t.makeDefaults(); err != nil {
		return fmt.Errorf("schema: %s: %w", t.Go, err)
	}
	t.makeColumns()
	return nil
}

// fields appends the fields of the struct rt, which lies at offset in t.
func (c *compiler) fields(t *Type, rt reflect.Type, offset uintptr) error {
	for i := range rt.NumField() {
		sf := rt.Field(i)
		name, tagged, ok := wireName(sf)
		switch {
		case !ok:
			continue
		case sf.Anonymous && sf.Type == reflect.TypeFor[Struct]():
			if offset+sf.Offset != 0 {
				return fmt.Errorf("schema: %s: schema.Struct must be the first field", rt)
			}
			t.HasBase = true
			c.base(t)
			continue
		case sf.Anonymous && !tagged && sf.Type.Kind() == reflect.Struct:
			if err := c.fields(t, sf.Type, offset+sf.Offset); err != nil {
				return err
			}
			continue
		case !sf.IsExported():
			continue
		}
		f, err := c.field(sf, name, offset+sf.Offset)
		if err != nil {
			return fmt.Errorf("schema: %s: field %q: %w", rt, name, err)
		}
		t.Fields = append(t.Fields, f)
	}
	return nil
}

// hideBase removes a field of the base that an own field of the same name hides.
func (t *Type) hideBase() {
	own := map[string]bool{}
	for _, f := range t.Fields {
		own[f.Name] = own[f.Name] || !f.keep
	}
	t.Fields = slices.DeleteFunc(t.Fields, func(f Field) bool { return f.keep && own[f.Name] })
}

// base appends id and timestamp.
func (c *compiler) base(t *Type) {
	var s Struct
	t.Fields = append(t.Fields, Field{
		Name: "id", Opt: true, key: []byte(`"id":`), keep: true, Offset: unsafe.Offsetof(s.ID),
		state: unsafe.Offsetof(s.ID) + unsafe.Offsetof(s.ID.state),
		Value: Value{Kind: Ident, Go: reflect.TypeFor[ID]()},
	}, Field{
		Name: "timestamp", Opt: true, key: []byte(`"timestamp":`), keep: true, Offset: unsafe.Offsetof(s.Timestamp),
		state: unsafe.Offsetof(s.Timestamp) + unsafe.Offsetof(s.Timestamp.state),
		Value: Value{Kind: Stamp, Go: reflect.TypeFor[time.Time]()},
	})
}

// wireName returns the name of a field on the wire and whether a tag gives it; ok is false if it has none. The
// tag `name:"..."` takes any text; `json:"..."` is read as encoding/json does.
func wireName(sf reflect.StructField) (name string, tagged, ok bool) {
	if n, ok := sf.Tag.Lookup("name"); ok {
		return n, true, true
	}
	n, _, _ := strings.Cut(sf.Tag.Get("json"), ",")
	switch {
	case sf.Tag.Get("json") == "-":
		return "", true, false
	case n != "":
		return n, true, true
	}
	return sf.Name, false, true
}

func (c *compiler) field(sf reflect.StructField, name string, offset uintptr) (Field, error) {
	f := Field{Name: name, Offset: offset, key: append(appendString(nil, name), ':')}
	f.Default, f.HasDefault = sf.Tag.Lookup("default")
	rt := sf.Type
	if elem, ok := optionalType(rt); ok {
		f.Opt, f.state = true, offset+elem.Size()
		rt = elem
	}
	v, err := c.value(rt, sf.Tag)
	if err != nil {
		return f, err
	}
	f.Value = v
	if f.rules, err = parseRules(sf.Tag.Get("validate"), v.Kind); err != nil {
		return f, err
	}
	f.told, err = parseRules(sf.Tag.Get("describe"), v.Kind)
	return f, err
}

// optionalType returns what an Opt holds: Opt itself, or the struct of the same layout that Build makes.
func optionalType(rt reflect.Type) (reflect.Type, bool) {
	if rt.Kind() != reflect.Struct {
		return nil, false
	}
	if o, ok := reflect.Zero(rt).Interface().(optional); ok {
		return o.optElem(), true
	}
	if rt.NumField() == 2 && rt.Field(0).Tag == optTag {
		return rt.Field(0).Type, true
	}
	return nil, false
}

func (c *compiler) value(rt reflect.Type, tag reflect.StructTag) (Value, error) {
	v := Value{Go: rt, base: rt.Kind()}
	switch rt {
	case reflect.TypeFor[time.Time]():
		v.Kind = Time
		return v, nil
	case reflect.TypeFor[Date]():
		v.Kind = Day
		return v, nil
	case reflect.TypeFor[time.Duration]():
		v.Kind = Duration
		return v, nil
	case reflect.TypeFor[json.RawMessage]():
		v.Kind = Any
		return v, nil
	case reflect.TypeFor[ID]():
		return v, errors.New("an ID stands only in schema.Struct; use string")
	}
	if _, ok := optionalType(rt); ok {
		return v, errors.New("an Opt stands only directly in a struct, not in a list, map or another Opt")
	}
	if members, ok := membersOf(rt, tag); ok {
		v.Kind, v.Members = Enum, members
		return v, nil
	}
	return c.plainValue(v, tag)
}

func (c *compiler) plainValue(v Value, tag reflect.StructTag) (Value, error) {
	rt := v.Go
	switch rt.Kind() {
	case reflect.Bool:
		v.Kind = Bool
	case reflect.String:
		v.Kind = String
	case reflect.Float32, reflect.Float64:
		v.Kind = Float
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64, reflect.Uint8, reflect.Uint16, reflect.Uint32:
		v.Kind = Int
	case reflect.Uint, reflect.Uint64, reflect.Uintptr:
		return v, fmt.Errorf("%s goes beyond int64, which is all clients can hold; use int64", rt)
	case reflect.Struct:
		name, ok := tag.Lookup("type")
		if !ok {
			name = rt.Name()
		}
		t, err := c.structType(name, rt)
		v.Kind, v.Type = Object, t
		return v, err
	case reflect.Slice:
		return c.listValue(v, tag)
	case reflect.Map:
		return c.mapValue(v, tag)
	case reflect.Pointer:
		return v, fmt.Errorf("a pointer (%s) cannot be described; use schema.Opt", rt)
	default:
		return v, fmt.Errorf("%s cannot be described", rt)
	}
	return v, nil
}

func (c *compiler) listValue(v Value, tag reflect.StructTag) (Value, error) {
	elem, err := c.value(v.Go.Elem(), tag)
	v.Kind, v.Elem = List, &elem
	v.array = elem.Kind == Float || elem.array
	return v, err
}

func (c *compiler) mapValue(v Value, tag reflect.StructTag) (Value, error) {
	key, err := c.value(v.Go.Key(), "")
	if err != nil {
		return v, err
	}
	switch key.Kind {
	case String, Int, Day, Enum:
	default:
		return v, fmt.Errorf("map keys of %s cannot be described; use string, an integer, Date or an enum", v.Go.Key())
	}
	elem, err := c.value(v.Go.Elem(), tag)
	v.Kind, v.Key, v.Elem = Map, &key, &elem
	rt := v.Go
	v.scratch = &sync.Pool{New: func() any { return newMapScratch(rt) }}
	return v, err
}

// shares reports whether a copy of the value's bytes shares what can be changed.
func (v *Value) shares() bool {
	switch v.Kind {
	case List, Map, Any:
		return true
	case Object:
		return v.Type.plan.shared
	}
	return false
}

// based reports whether the value is or may hold one that has a base. A type still being made counts as one.
func (v *Value) based() bool {
	switch v.Kind {
	case List, Map:
		return v.Elem.based()
	case Object:
		return v.Type.plan.based || v.Type.plan.byColumn == nil
	}
	return false
}
