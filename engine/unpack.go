package engine

import (
	"bytes"
	"encoding"
	"encoding/binary"
	"encoding/gob"
	"errors"
	"fmt"
	"math"
	"reflect"
)

var errShort = errors.New("the saved state ends too early")

// unpacker reads what a packer wrote. After the first damage every read gives zero; err tells.
type unpacker struct {
	buf []byte
	err error
}

// get unpacks into what the pointer p leads to.
func (r *unpacker) get(p any) error {
	v := reflect.ValueOf(p)
	if v.Kind() != reflect.Pointer || v.IsNil() {
		return fmt.Errorf("got a %T, want a pointer to state", p)
	}
	v.Elem().SetZero()
	r.value(v.Elem(), 0)
	return r.err
}

func (r *unpacker) fail(err error) {
	if r.err == nil {
		r.err = err
		r.buf = nil
	}
}

func (r *unpacker) take(n int) []byte {
	if n < 0 || n > len(r.buf) {
		r.fail(errShort)
		return nil
	}
	b := r.buf[:n]
	r.buf = r.buf[n:]
	return b
}

func (r *unpacker) uint() uint64 {
	x, n := binary.Uvarint(r.buf)
	if n <= 0 {
		r.fail(errShort)
		return 0
	}
	r.buf = r.buf[n:]
	return x
}

func (r *unpacker) int() int64 {
	x, n := binary.Varint(r.buf)
	if n <= 0 {
		r.fail(errShort)
		return 0
	}
	r.buf = r.buf[n:]
	return x
}

func (r *unpacker) bits() uint64 {
	b := r.take(8)
	if b == nil {
		return 0
	}
	return binary.LittleEndian.Uint64(b)
}

func (r *unpacker) bool() bool {
	b := r.take(1)
	return b != nil && b[0] != 0
}

// length reads how many things of at least one byte follow.
func (r *unpacker) length() int {
	n := r.uint()
	if n > uint64(len(r.buf)) {
		r.fail(errShort)
		return 0
	}
	return int(n)
}

// count reads how many values of type t follow.
func (r *unpacker) count(t reflect.Type) int {
	if t.Size() == 0 { // they take no bytes, and no memory
		return int(min(r.uint(), math.MaxInt32))
	}
	return r.length()
}

func (r *unpacker) string() string { return string(r.take(r.length())) }

// value unpacks into v, which is zero and addressable.
func (r *unpacker) value(v reflect.Value, depth int) {
	t := v.Type()
	switch {
	case r.err != nil || t.Size() == 0:
		return
	case depth > maxDepth:
		r.fail(fmt.Errorf("a %v is nested more than %d deep", t, maxDepth))
		return
	case t.Kind() != reflect.Pointer && marshals(t):
		b := r.take(r.length())
		if r.err == nil {
			if err := open(v).Addr().Interface().(encoding.BinaryUnmarshaler).UnmarshalBinary(bytes.Clone(b)); err != nil {
				r.fail(err)
			}
		}
		return
	}
	switch t.Kind() {
	case reflect.Array, reflect.Slice, reflect.Struct, reflect.Map, reflect.Pointer, reflect.Interface:
		r.composite(open(v), depth+1)
	case reflect.Func, reflect.Chan, reflect.UnsafePointer, reflect.Uintptr:
		r.fail(fmt.Errorf("a %v cannot be restored", t))
	default:
		r.plain(open(v))
	}
}

func (r *unpacker) plain(v reflect.Value) {
	switch v.Kind() {
	case reflect.Bool:
		v.SetBool(r.bool())
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		v.SetInt(r.int())
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		v.SetUint(r.uint())
	case reflect.Float32, reflect.Float64:
		v.SetFloat(math.Float64frombits(r.bits()))
	case reflect.Complex64, reflect.Complex128:
		re := math.Float64frombits(r.bits())
		v.SetComplex(complex(re, math.Float64frombits(r.bits())))
	case reflect.String:
		v.SetString(r.string())
	}
}

func (r *unpacker) composite(v reflect.Value, depth int) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			r.value(v.Field(i), depth)
		}
		return
	case reflect.Array:
		r.items(v, depth)
		return
	}
	if !r.bool() {
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		r.value(v.Elem(), depth)
	case reflect.Slice:
		n := r.count(v.Type().Elem())
		v.Set(reflect.MakeSlice(v.Type(), n, n))
		r.items(v, depth)
	case reflect.Map:
		r.pairs(v, depth)
	case reflect.Interface:
		r.boxed(v)
	}
}

func (r *unpacker) items(v reflect.Value, depth int) {
	if v.Type().Elem().Size() == 0 {
		return
	}
	if v.Type().Elem().Kind() == reflect.Uint8 {
		copy(v.Bytes(), r.take(v.Len()))
		return
	}
	for i := 0; i < v.Len() && r.err == nil; i++ {
		r.value(v.Index(i), depth)
	}
}

func (r *unpacker) pairs(v reflect.Value, depth int) {
	n := r.count(v.Type().Key())
	if v.Type().Key().Size() == 0 { // of which there is one
		n = min(n, 1)
	}
	v.Set(reflect.MakeMapWithSize(v.Type(), n))
	for range n {
		k, e := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		r.value(k, depth)
		r.value(e, depth)
		if r.err != nil {
			return
		}
		v.SetMapIndex(k, e)
	}
}

func (r *unpacker) boxed(v reflect.Value) {
	var x any
	b := r.take(r.length())
	if r.err != nil {
		return
	}
	if err := gob.NewDecoder(bytes.NewReader(b)).Decode(&x); err != nil {
		r.fail(fmt.Errorf("the value of an interface: %w", err))
		return
	}
	if x == nil || !reflect.TypeOf(x).AssignableTo(v.Type()) {
		r.fail(fmt.Errorf("a saved %T does not fit a %v", x, v.Type()))
		return
	}
	v.Set(reflect.ValueOf(x))
}
