package schema

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"time"
)

// FieldSpec describes one field of a type made at run time.
type FieldSpec struct {
	// Name is the name on the wire; any text.
	Name string
	// Kind is what it holds: Int, Float, Bool, String, Time, Day, Duration, Enum, Object, List, Map or Any.
	Kind Kind
	// Opt makes the field one that may be unset or null.
	Opt bool
	// Default is the text of the default, as in a default tag, if HasDefault is set.
	Default    string
	HasDefault bool
	// Validate bounds a number as a validate tag does: "gt=0,le=100".
	Validate string
	// Elem is the element of a List or the value of a Map (whose keys are strings); only Kind, Elem, Fields,
	// TypeName and Members of it count.
	Elem *FieldSpec
	// Fields are the fields of an Object.
	Fields []FieldSpec
	// TypeName names the type of an Object; "" makes one from the outer type's and Name.
	TypeName string
	// Members are the names of an Enum, whose Go type is string; none may hold a comma.
	Members []string
}

// optTag marks the first field of the struct that stands for an Opt of a type made at run time.
const optTag = reflect.StructTag(`schema:"opt"`)

// Build makes a type at run time: a struct with Struct as first field and then the given fields, compiled as a
// type of the user's own would be. A spec "id" (String or Int) or "timestamp" (Time) is the base's own; of any other
// kind it hides the base's on the wire. The same specs give the same *Type; it is never freed. The error names the field.
func Build(name string, fields []FieldSpec) (*Type, error) {
	base := reflect.StructField{Name: "Struct", Type: reflect.TypeFor[Struct](), Anonymous: true}
	own := make([]FieldSpec, 0, len(fields))
	for _, f := range fields {
		if !f.isBase() {
			own = append(own, f)
		}
	}
	rt, err := structOf(name, own, base)
	if err != nil {
		return nil, fmt.Errorf("schema: %s: %w", name, err)
	}
	return typeNamed(name, rt)
}

// isBase reports whether the base already has the field.
func (f *FieldSpec) isBase() bool {
	switch f.Name {
	case "id":
		return f.Kind == String || f.Kind == Int
	case "timestamp":
		return f.Kind == Time
	}
	return false
}

// structOf makes the Go struct of the fields behind those given first.
func structOf(typeName string, fields []FieldSpec, first ...reflect.StructField) (reflect.Type, error) {
	goNames := map[string]bool{"Struct": true, "ID": true, "Timestamp": true}
	wire := map[string]bool{}
	all := first
	for i := range fields {
		f := &fields[i]
		if wire[f.Name] {
			return nil, fmt.Errorf("two fields named %q", f.Name)
		}
		wire[f.Name] = true
		rt, err := f.goType(typeName)
		if err != nil {
			return nil, fmt.Errorf("field %q: %w", f.Name, err)
		}
		if f.Opt {
			rt = optOf(rt)
		}
		all = append(all, reflect.StructField{Name: goName(f.Name, goNames), Type: rt, Tag: f.tag(typeName)})
	}
	return reflect.StructOf(all), nil
}

// goName returns an exported Go name for the wire name that is not in taken yet, and adds it.
func goName(wire string, taken map[string]bool) string {
	var b strings.Builder
	for _, r := range wire {
		switch {
		case r >= 'a' && r <= 'z' && b.Len() == 0:
			b.WriteRune(r - 'a' + 'A')
		case r >= 'A' && r <= 'Z', b.Len() > 0 && (r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '_'):
			b.WriteRune(r)
		case b.Len() == 0:
			b.WriteString("X_")
		default:
			b.WriteByte('_')
		}
	}
	name := b.String()
	if name == "" {
		name = "X"
	}
	unique := name
	for n := 2; taken[unique]; n++ {
		unique = name + "_" + strconv.Itoa(n)
	}
	taken[unique] = true
	return unique
}

// tag carries what the Go type cannot say; the compiler of types reads it back.
func (f *FieldSpec) tag(typeName string) reflect.StructTag {
	tag := "name:" + strconv.Quote(f.Name)
	if f.HasDefault {
		tag += " default:" + strconv.Quote(f.Default)
	}
	if f.Validate != "" {
		tag += " validate:" + strconv.Quote(f.Validate)
	}
	leaf := f
	for leaf.Elem != nil && (leaf.Kind == List || leaf.Kind == Map) {
		leaf = leaf.Elem
	}
	switch leaf.Kind {
	case Enum:
		tag += " enum:" + strconv.Quote(strings.Join(leaf.Members, ","))
	case Object:
		tag += " type:" + strconv.Quote(f.typeName(leaf, typeName))
	}
	return reflect.StructTag(tag)
}

// typeName returns the name of the type of the object leaf that f holds.
func (f *FieldSpec) typeName(leaf *FieldSpec, outer string) string {
	if leaf.TypeName != "" {
		return leaf.TypeName
	}
	return outer + goName(f.Name, map[string]bool{})
}

func (f *FieldSpec) goType(outer string) (reflect.Type, error) {
	switch f.Kind {
	case Object:
		return structOf(f.typeName(f, outer), f.Fields)
	case List, Map:
		if f.Elem == nil {
			return nil, fmt.Errorf("a %s without Elem", f.Kind)
		}
		elem := *f.Elem
		elem.Name = f.Name
		rt, err := elem.goType(outer)
		if err != nil {
			return nil, err
		}
		if f.Kind == List {
			return reflect.SliceOf(rt), nil
		}
		return reflect.MapOf(reflect.TypeFor[string](), rt), nil
	case Enum:
		for _, m := range f.Members {
			if m == "" || strings.Contains(m, ",") {
				return nil, fmt.Errorf("enum member %q is empty or has a comma", m)
			}
		}
		if len(f.Members) == 0 {
			return nil, errors.New("an enum without Members")
		}
	}
	rt, ok := scalarType(f.Kind)
	if !ok {
		return nil, fmt.Errorf("kind %s cannot be built", f.Kind)
	}
	return rt, nil
}

// scalarType returns the Go type that a field of the kind gets.
func scalarType(k Kind) (reflect.Type, bool) {
	switch k {
	case Int:
		return reflect.TypeFor[int64](), true
	case Float:
		return reflect.TypeFor[float64](), true
	case Bool:
		return reflect.TypeFor[bool](), true
	case String, Enum:
		return reflect.TypeFor[string](), true
	case Time:
		return reflect.TypeFor[time.Time](), true
	case Day:
		return reflect.TypeFor[Date](), true
	case Duration:
		return reflect.TypeFor[time.Duration](), true
	case Any:
		return reflect.TypeFor[json.RawMessage](), true
	}
	return nil, false
}

// optOf returns Opt[rt], or for types that are not known when gw is compiled a struct of the same layout.
func optOf(rt reflect.Type) reflect.Type {
	switch rt {
	case reflect.TypeFor[int64]():
		return reflect.TypeFor[Opt[int64]]()
	case reflect.TypeFor[float64]():
		return reflect.TypeFor[Opt[float64]]()
	case reflect.TypeFor[bool]():
		return reflect.TypeFor[Opt[bool]]()
	case reflect.TypeFor[string]():
		return reflect.TypeFor[Opt[string]]()
	case reflect.TypeFor[time.Time]():
		return reflect.TypeFor[Opt[time.Time]]()
	}
	return reflect.StructOf([]reflect.StructField{
		{Name: "Value", Type: rt, Tag: optTag},
		{Name: "State", Type: reflect.TypeFor[uint8]()},
	})
}
