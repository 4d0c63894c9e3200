package schema

import (
	"bytes"
	"encoding/json"
	"reflect"
	"unsafe"
)

// Clone returns a copy of r that shares nothing that can be changed: lists, maps and raw JSON are copied too.
// A type without those costs one allocation.
func (r Record) Clone() Record {
	if r.typ == nil {
		return r
	}
	c := reflect.New(r.typ.Go)
	c.Elem().Set(reflect.NewAt(r.typ.Go, r.ptr).Elem())
	p := c.UnsafePointer()
	r.typ.unshare(p)
	return Record{r.typ, p}
}

// unshare replaces what the value at p shares with another by copies.
func (t *Type) unshare(p unsafe.Pointer) {
	if !t.plan.shared {
		return
	}
	for i := range t.Fields {
		f := &t.Fields[i]
		f.Value.unshare(f.at(p))
	}
}

func (v *Value) unshare(p unsafe.Pointer) {
	switch v.Kind {
	case Any:
		raw := (*json.RawMessage)(p)
		*raw = bytes.Clone(*raw)
	case Object:
		v.Type.unshare(p)
	case List:
		v.unshareList(p)
	case Map:
		v.unshareMap(p)
	}
}

func (v *Value) unshareList(p unsafe.Pointer) {
	h := (*sliceHeader)(p)
	if h.data == nil {
		return
	}
	from := reflect.NewAt(v.Go, p).Elem()
	to := reflect.MakeSlice(v.Go, h.len, h.len)
	reflect.Copy(to, from)
	from.Set(to)
	if !v.Elem.shares() {
		return
	}
	size := v.Elem.Go.Size()
	for i := range h.len {
		v.Elem.unshare(unsafe.Add(h.data, uintptr(i)*size))
	}
}

func (v *Value) unshareMap(p unsafe.Pointer) {
	from := reflect.NewAt(v.Go, p).Elem()
	if from.IsNil() {
		return
	}
	to := reflect.MakeMapWithSize(v.Go, from.Len())
	elem := reflect.New(v.Go.Elem())
	for it := from.MapRange(); it.Next(); { // the order does not show: it goes into a map
		elem.Elem().Set(it.Value())
		v.Elem.unshare(elem.UnsafePointer())
		to.SetMapIndex(it.Key(), elem.Elem())
	}
	from.Set(to)
}
