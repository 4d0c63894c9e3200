package schema
import ("reflect";"time";"unsafe")
type plan struct { byName map[string]int }
func typeNamed(name string, rt reflect.Type) (*Type, error) { return &Type{Name: name, Go: rt, plan: &plan{}}, nil }
func (t *Type) fillDefaults(p unsafe.Pointer, at time.Time) {}
func eachBase(t *Type, p unsafe.Pointer, f func(*Struct)) {}
func appendString(dst []byte, s string) []byte { return append(dst, s...) }
func appendDate(dst []byte, d Date) []byte { return d.Time().AppendFormat(dst, time.DateOnly) }
// AppendJSON appends r as JSON to dst, byte for byte as the API writes it. It does not allocate if dst has room.
func (r Record) AppendJSON(dst []byte) []byte { return append(dst, "{}"...) }
// Clone returns a copy of r that shares nothing that can be changed: lists, maps and raw JSON are copied too.
func (r Record) Clone() Record { return r }
