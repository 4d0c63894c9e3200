package schema

import (
	"reflect"
	"unsafe"
)

// EachBase calls f with the base of r and of every value nested in it, outermost first, in field order,
// list order and map key order; it is where ids and timestamps are minted.
func (r Record) EachBase(f func(*Struct)) {
	if r.typ != nil {
		r.typ.eachBase(r.ptr, f)
	}
}

func (t *Type) eachBase(p unsafe.Pointer, visit func(*Struct)) {
	if !t.plan.based {
		return
	}
	if t.HasBase {
		visit((*Struct)(p))
	}
	for i := range t.Fields {
		f := &t.Fields[i]
		if f.has(p) {
			f.Value.eachBase(f.at(p), visit)
		}
	}
}

func (v *Value) eachBase(p unsafe.Pointer, visit func(*Struct)) {
	switch v.Kind {
	case Object:
		v.Type.eachBase(p, visit)
	case List:
		if !v.Elem.based() {
			return
		}
		h := (*sliceHeader)(p)
		size := v.Elem.Go.Size()
		for i := range h.len {
			v.Elem.eachBase(unsafe.Add(h.data, uintptr(i)*size), visit)
		}
	case Map:
		v.eachBaseInMap(p, visit)
	}
}

// eachBaseInMap visits copies of the map's values in key order and puts them back.
func (v *Value) eachBaseInMap(p unsafe.Pointer, visit func(*Struct)) {
	if !v.Elem.based() || *(*unsafe.Pointer)(p) == nil {
		return
	}
	s := v.scratch.Get().(*mapScratch)
	s.load(v, p)
	m := reflect.NewAt(v.Go, p).Elem()
	for i, at := range s.order {
		v.Elem.eachBase(s.val(i), visit)
		m.SetMapIndex(s.keys.Index(at), s.vals.Index(at))
	}
	s.free(v)
}
