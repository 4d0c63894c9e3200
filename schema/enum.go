package schema

import (
	"reflect"
	"strconv"
	"strings"
	"unsafe"
)

// Member is one member of an enum.
type Member struct {
	// Name is what is written on the wire; for an enum of string type also the Go value.
	Name string
	// Value is the Go value of an enum of integer type, also accepted as input.
	Value int64
}

// Enumeration is implemented (on the value) by integer and string types with a fixed set of members.
type Enumeration interface {
	Members() []Member
}

// membersOf returns the members of an enum: of a type that lists them, or of a string with the tag `enum:"A,B"`.
func membersOf(rt reflect.Type, tag reflect.StructTag) ([]Member, bool) {
	switch rt.Kind() {
	case reflect.String, reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint8, reflect.Uint16, reflect.Uint32:
	default:
		return nil, false
	}
	if e, ok := reflect.Zero(rt).Interface().(Enumeration); ok {
		return e.Members(), true
	}
	names, ok := tag.Lookup("enum")
	if !ok || rt.Kind() != reflect.String {
		return nil, false
	}
	var members []Member
	for i, n := range strings.Split(names, ",") {
		members = append(members, Member{Name: n, Value: int64(i)})
	}
	return members, true
}

// enumName returns the name of the member at p, or the number in decimal if it is none.
func (v *Value) enumName(p unsafe.Pointer) string {
	if v.base == reflect.String {
		return *(*string)(p)
	}
	n := loadInt(p, v.base)
	for i := range v.Members {
		if v.Members[i].Value == n {
			return v.Members[i].Name
		}
	}
	return strconv.FormatInt(n, 10)
}

// setEnum stores the member named or numbered by t at p.
func (v *Value) setEnum(p unsafe.Pointer, t token) *fault {
	if t.kind == tokString {
		for i := range v.Members {
			if m := &v.Members[i]; string(t.text) == m.Name {
				v.storeMember(p, m)
				return nil
			}
		}
	}
	if n, f := intOf(t); f == nil && v.base != reflect.String && t.kind != tokTrue && t.kind != tokFalse {
		for i := range v.Members {
			if v.Members[i].Value == n {
				v.storeMember(p, &v.Members[i])
				return nil
			}
		}
	}
	want := v.expected()
	return &fault{kind: "enum", msg: "Input should be " + want, ctx: map[string]any{"expected": want}}
}

func (v *Value) storeMember(p unsafe.Pointer, m *Member) {
	if v.base == reflect.String {
		*(*string)(p) = m.Name
		return
	}
	storeInt(p, v.base, m.Value)
}

// expected lists the names of an enum as people read them: 'A', 'B' or 'C'.
func (v *Value) expected() string {
	var b strings.Builder
	for i, m := range v.Members {
		switch {
		case i > 0 && i == len(v.Members)-1:
			b.WriteString(" or ")
		case i > 0:
			b.WriteString(", ")
		}
		b.WriteString("'" + m.Name + "'")
	}
	return b.String()
}
