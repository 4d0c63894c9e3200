package schema

import (
	"reflect"
	"unsafe"
)

// EachRecord calls f with every value that has a base: r itself and those nested in it, outermost first, in field
// order, list order and map key order. It only reads. Values in maps are copies; the others lie in r.
func (r Record) EachRecord(f func(Record)) {
	if r.typ != nil {
		r.typ.eachRecord(r.ptr, f)
	}
}

func (t *Type) eachRecord(p unsafe.Pointer, visit func(Record)) {
	if !t.plan.based {
		return
	}
	if t.HasBase {
		visit(Record{t, p})
	}
	for i := range t.Fields {
		f := &t.Fields[i]
		if f.Value.based() && f.has(p) {
			f.Value.eachRecord(f.at(p), visit)
		}
	}
}

func (v *Value) eachRecord(p unsafe.Pointer, visit func(Record)) {
	switch v.Kind {
	case Object:
		v.Type.eachRecord(p, visit)
	case List:
		h := (*sliceHeader)(p)
		size := v.Elem.Go.Size()
		for i := range h.len {
			v.Elem.eachRecord(unsafe.Add(h.data, uintptr(i)*size), visit)
		}
	case Map:
		v.eachRecordInMap(p, visit)
	}
}

func (v *Value) eachRecordInMap(p unsafe.Pointer, visit func(Record)) {
	s := v.scratch.Get().(*mapScratch)
	s.load(v, p)
	defer s.free(v)
	for i := range s.order {
		value := reflect.New(v.Elem.Go)
		value.Elem().Set(s.vals.Index(s.order[i]))
		v.Elem.eachRecord(value.UnsafePointer(), visit)
	}
}
