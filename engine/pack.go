package engine

import (
	"bytes"
	"cmp"
	"encoding"
	"encoding/binary"
	"encoding/gob"
	"fmt"
	"math"
	"reflect"
	"slices"
)

// packer writes values as bytes: the same value always as the same bytes, unexported fields and the order of maps included.
type packer struct{ buf []byte }

// maxDepth ends values that contain themselves.
const maxDepth = 200

var (
	marshaler   = reflect.TypeFor[encoding.BinaryMarshaler]()
	unmarshaler = reflect.TypeFor[encoding.BinaryUnmarshaler]()
	ownParts    = []reflect.Type{reflect.TypeFor[Graph](), reflect.TypeFor[Node](), reflect.TypeFor[clock]()}
)

// marshals tells whether values of type t turn themselves into bytes and back.
func marshals(t reflect.Type) bool {
	p := reflect.PointerTo(t)
	return p.Implements(marshaler) && p.Implements(unmarshaler)
}

// put packs what the pointer p leads to.
func (w *packer) put(p any) error {
	v := reflect.ValueOf(p)
	if v.Kind() != reflect.Pointer || v.IsNil() {
		return fmt.Errorf("got a %T, want a pointer to state", p)
	}
	return w.value(v.Elem(), 0)
}

func (w *packer) uint(x uint64) { w.buf = binary.AppendUvarint(w.buf, x) }
func (w *packer) int(x int64)   { w.buf = binary.AppendVarint(w.buf, x) }
func (w *packer) bits(x uint64) { w.buf = binary.LittleEndian.AppendUint64(w.buf, x) }

func (w *packer) bool(x bool) {
	if x {
		w.buf = append(w.buf, 1)
	} else {
		w.buf = append(w.buf, 0)
	}
}

func (w *packer) string(s string) {
	w.uint(uint64(len(s)))
	w.buf = append(w.buf, s...)
}

// value packs the addressable value v.
func (w *packer) value(v reflect.Value, depth int) error {
	t := v.Type()
	switch {
	case t.Size() == 0:
		return nil
	case depth > maxDepth:
		return fmt.Errorf("a %v contains itself or is nested more than %d deep", t, maxDepth)
	case slices.Contains(ownParts, t):
		return fmt.Errorf("%v belongs to the engine and is no state", t)
	case t.Kind() != reflect.Pointer && marshals(t):
		b, err := open(v).Addr().Interface().(encoding.BinaryMarshaler).MarshalBinary()
		w.string(string(b))
		return err
	}
	switch t.Kind() {
	case reflect.Array, reflect.Slice, reflect.Struct, reflect.Map, reflect.Pointer, reflect.Interface:
		return w.composite(v, depth+1)
	case reflect.Func, reflect.Chan, reflect.UnsafePointer, reflect.Uintptr:
		return fmt.Errorf("a %v cannot be saved", t)
	}
	w.plain(v)
	return nil
}

func (w *packer) plain(v reflect.Value) {
	switch v.Kind() {
	case reflect.Bool:
		w.bool(v.Bool())
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		w.int(v.Int())
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		w.uint(v.Uint())
	case reflect.Float32, reflect.Float64:
		w.bits(math.Float64bits(v.Float()))
	case reflect.Complex64, reflect.Complex128:
		w.bits(math.Float64bits(real(v.Complex())))
		w.bits(math.Float64bits(imag(v.Complex())))
	case reflect.String:
		w.string(v.String())
	}
}

func (w *packer) composite(v reflect.Value, depth int) error {
	switch v.Kind() {
	case reflect.Struct:
		return w.fields(v, depth)
	case reflect.Array:
		return w.items(v, depth)
	case reflect.Map:
		return w.pairs(v, depth)
	case reflect.Interface:
		return w.boxed(v)
	}
	w.bool(!v.IsNil())
	if v.IsNil() {
		return nil
	}
	if v.Kind() == reflect.Pointer {
		return w.value(v.Elem(), depth)
	}
	w.uint(uint64(v.Len()))
	return w.items(v, depth)
}

func (w *packer) fields(v reflect.Value, depth int) error {
	for i := range v.NumField() {
		if err := w.value(v.Field(i), depth); err != nil {
			if depth > 3 { // a longer path helps nobody
				return err
			}
			return fmt.Errorf("field %s: %w", v.Type().Field(i).Name, err)
		}
	}
	return nil
}

func (w *packer) items(v reflect.Value, depth int) error {
	if v.Type().Elem().Kind() == reflect.Uint8 {
		w.buf = append(w.buf, open(v).Bytes()...)
		return nil
	}
	for i := range v.Len() {
		if err := w.value(v.Index(i), depth); err != nil {
			return err
		}
	}
	return nil
}

// pairs packs a map sorted by its packed keys.
func (w *packer) pairs(v reflect.Value, depth int) error {
	w.bool(!v.IsNil())
	if v.IsNil() {
		return nil
	}
	w.uint(uint64(v.Len()))
	type pair struct{ key, val []byte }
	var all []pair
	for it := open(v).MapRange(); it.Next(); {
		var k, e packer
		if err := k.value(placed(it.Key()), depth); err != nil {
			return err
		}
		if err := e.value(placed(it.Value()), depth); err != nil {
			return err
		}
		all = append(all, pair{k.buf, e.buf})
	}
	slices.SortFunc(all, func(a, b pair) int { return cmp.Or(bytes.Compare(a.key, b.key), bytes.Compare(a.val, b.val)) })
	for _, p := range all {
		w.buf = append(append(w.buf, p.key...), p.val...)
	}
	return nil
}

// boxed packs an interface by gob, which must know the type inside: gob.Register.
func (w *packer) boxed(v reflect.Value) error {
	w.bool(!v.IsNil())
	if v.IsNil() {
		return nil
	}
	var b bytes.Buffer
	x := open(v).Interface()
	if err := gob.NewEncoder(&b).Encode(&x); err != nil {
		return fmt.Errorf("a %v inside of an interface: %w", v.Elem().Type(), err)
	}
	w.string(b.String())
	return nil
}

// open returns v without the ban on unexported fields. v must be addressable.
func open(v reflect.Value) reflect.Value {
	return reflect.NewAt(v.Type(), v.Addr().UnsafePointer()).Elem()
}

// placed returns an addressable copy of v.
func placed(v reflect.Value) reflect.Value {
	p := reflect.New(v.Type()).Elem()
	p.Set(v)
	return p
}
