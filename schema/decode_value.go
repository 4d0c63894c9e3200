package schema

import (
	"encoding/json"
	"reflect"
	"time"
	"unsafe"
)

// field reads the value of the field f of the value at p.
func (d *decoder) field(f *Field, p unsafe.Pointer) bool {
	if d.peek() == 'n' && f.takesNull() {
		if !d.word("null") {
			return false
		}
		f.setNull(p)
		return true
	}
	v := &f.Value
	if f.Opt && v.Kind == Object && *f.stateAt(p) != optValue {
		v.Type.fill(f.at(p), d.at)
	}
	n, start := len(d.problems), d.pos
	if !d.value(v, f.at(p)) {
		return false
	}
	if len(d.problems) > n {
		return true
	}
	if f.Opt && v.Kind != Ident {
		*f.stateAt(p) = optValue
	}
	if len(f.rules) > 0 {
		d.obey(f, p, d.data[start:d.pos])
	}
	return true
}

// takesNull reports whether null is a value of the field: of an Opt, and of a plain float, whose NaN is written
// as null.
func (f *Field) takesNull() bool { return f.Opt || f.Value.Kind == Float }

func (f *Field) setNull(p unsafe.Pointer) {
	switch {
	case f.Value.Kind == Ident:
		*(*ID)(f.at(p)) = NullID()
	case f.Opt:
		reflect.NewAt(f.Value.Go, f.at(p)).Elem().SetZero()
		*f.stateAt(p) = optNull
	default:
		storeFloat(f.at(p), f.Value.base, nan)
	}
}

// reset gives the field of the value at p its default again.
func (f *Field) reset(t *Type, p unsafe.Pointer, at time.Time) {
	fresh := t.NewAt(at)
	from, to := reflect.NewAt(f.Value.Go, f.at(fresh.ptr)), reflect.NewAt(f.Value.Go, f.at(p))
	to.Elem().Set(from.Elem())
	if f.Opt {
		*f.stateAt(p) = *f.stateAt(fresh.ptr)
	}
}

// value reads one value of the description v to p.
func (d *decoder) value(v *Value, p unsafe.Pointer) bool {
	c := d.peek()
	switch v.Kind {
	case Object:
		if c == '{' {
			return d.object(v.Type, p)
		}
	case List:
		if c == '[' {
			return d.list(v, p)
		}
	case Map:
		if c == '{' {
			return d.mapping(v, p)
		}
	case Any:
		return d.any(p)
	}
	t, ok := d.token()
	if !ok {
		return false
	}
	if f := v.set(p, t); f != nil {
		d.problem(f, t.raw)
	}
	return true
}

// any reads anything as raw JSON.
func (d *decoder) any(p unsafe.Pointer) bool {
	t, ok := d.token()
	if ok {
		*(*json.RawMessage)(p) = canonical(t.raw)
	}
	return ok
}

// list reads the array at the opening bracket into a new slice at p.
func (d *decoder) list(v *Value, p unsafe.Pointer) bool {
	if v.Elem.Kind == Float && v.Elem.Go == reflect.TypeFor[float64]() {
		return d.floats((*[]float64)(p))
	}
	if !d.enter() {
		return false
	}
	slice := reflect.NewAt(v.Go, p).Elem()
	slice.SetZero()
	for more, ok := d.first(']'), true; more; {
		n, i := len(d.problems), slice.Len()
		slice.Grow(1)
		slice.SetLen(i + 1)
		elem := slice.Index(i)
		elem.SetZero()
		at := elem.Addr().UnsafePointer()
		if v.Elem.Kind == Object {
			v.Elem.Type.fill(at, d.at)
		}
		if !d.element(v, at) {
			return false
		}
		if len(d.problems) > n {
			d.inside(i, n)
		}
		if more, ok = d.more(']'); !ok {
			return false
		}
	}
	return true
}

// element reads one element of the list v to p.
func (d *decoder) element(v *Value, p unsafe.Pointer) bool {
	if !v.array {
		return d.value(v.Elem, p)
	}
	if v.Elem.Kind == List {
		if d.peek() == '[' {
			return d.list(v.Elem, p)
		}
		return d.wrongElement("an array of numbers")
	}
	x, ok := d.number64()
	storeFloat(p, v.Elem.base, x)
	return ok
}

// floats reads an array of numbers.
func (d *decoder) floats(p *[]float64) bool {
	if !d.enter() {
		return false
	}
	var xs []float64
	for more, ok := d.first(']'), true; more; {
		n := len(d.problems)
		x, ok2 := d.number64()
		if !ok2 {
			return false
		}
		if len(d.problems) > n {
			d.inside(len(xs), n)
		}
		xs = append(xs, x)
		if more, ok = d.more(']'); !ok {
			return false
		}
	}
	*p = xs
	return true
}

// number64 reads an element of a numeric array: a number, or null for NaN.
func (d *decoder) number64() (float64, bool) {
	switch c := d.peek(); c {
	case '"', '{', '[':
		return 0, d.wrongElement("a number")
	}
	t, ok := d.token()
	if !ok || t.kind == tokNull {
		return nan, ok
	}
	x, _ := floatOf(t) // numbers and bools are always floats
	return x, true
}

func (d *decoder) wrongElement(want string) bool {
	t, ok := d.token()
	if ok {
		d.problem(valueFault("array element should be "+want), t.raw)
	}
	return ok
}

// mapping reads the object at the opening brace into a new map at p.
func (d *decoder) mapping(v *Value, p unsafe.Pointer) bool {
	if !d.enter() {
		return false
	}
	m := reflect.NewAt(v.Go, p).Elem()
	m.Set(reflect.MakeMap(v.Go))
	before := len(d.problems)
	for more, ok := d.first('}'), true; more; {
		if ok = d.entry(v, m, before); !ok {
			return false
		}
		if more, ok = d.more('}'); !ok {
			return false
		}
	}
	return true
}

// entry reads one member of a map.
func (d *decoder) entry(v *Value, m reflect.Value, before int) bool {
	text, ok := d.name()
	if !ok {
		return false
	}
	name := string(text)
	if len(d.problems) > before {
		d.forget(name, before)
	}
	n := len(d.problems)
	key, elem := reflect.New(v.Key.Go), reflect.New(v.Elem.Go)
	if f := v.Key.set(key.UnsafePointer(), token{kind: tokString, text: []byte(name)}); f != nil {
		d.problem(f, appendString(nil, name))
		d.inside("[key]", n)
	}
	if v.Elem.Kind == Object {
		v.Elem.Type.fill(elem.UnsafePointer(), d.at)
	}
	if v.Elem.Kind == Float && d.peek() == 'n' {
		storeFloat(elem.UnsafePointer(), v.Elem.base, nan)
		ok = d.word("null")
	} else {
		ok = d.value(v.Elem, elem.UnsafePointer())
	}
	switch {
	case len(d.problems) > n:
		d.inside(name, n)
	case ok:
		m.SetMapIndex(key.Elem(), elem.Elem())
	}
	return ok
}
