package schema

import (
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"strconv"
	"time"
	"unsafe"
)

// DecodeExact reads what AppendExact wrote: nothing is filled in, coerced or validated, as that was done when the value
// was made. The error names the field, or the byte at which the text stops being JSON.
func (t *Type) DecodeExact(data []byte) (Record, error) {
	d := exact{scanner{data: data}}
	r := Record{t, reflect.New(t.Go).UnsafePointer()}
	err := d.object(t, r.ptr)
	if err == nil && !d.end() {
		err = &d.err
	}
	if err != nil {
		return Record{}, fmt.Errorf("%s: %w", t.Name, err)
	}
	return r, nil
}

// exact reads one value. An error ends it.
type exact struct{ scanner }

// wrong says that a token is none of what is wanted.
func wrong(t token, want string) error {
	return fmt.Errorf("got %.80s, want %s", t.raw, want)
}

// members calls read at the value of each member of an object.
func (d *exact) members(read func(name string) error) error {
	if d.peek() != '{' {
		return d.other("an object")
	}
	if !d.enter() {
		return &d.err
	}
	for more, ok := d.first('}'), true; more; {
		text, ok2 := d.name()
		if !ok2 {
			return &d.err
		}
		name := string(text)
		if err := read(name); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if more, ok = d.more('}'); !ok {
			return &d.err
		}
	}
	return nil
}

// other reads a token that should not be there.
func (d *exact) other(want string) error {
	t, ok := d.token()
	if !ok {
		return &d.err
	}
	return wrong(t, want)
}

func (d *exact) object(t *Type, p unsafe.Pointer) error {
	return d.members(func(name string) error {
		f, ok := t.Field(name)
		if !ok {
			return d.other("no such field")
		}
		if f.Opt && d.peek() == 'n' {
			if !d.word("null") {
				return &d.err
			}
			f.setNull(p)
			return nil
		}
		err := d.value(&f.Value, f.at(p))
		if err == nil && f.Opt && f.Value.Kind != Ident {
			*f.stateAt(p) = optValue
		}
		return err
	})
}

func (d *exact) value(v *Value, p unsafe.Pointer) error {
	switch v.Kind {
	case Object:
		return d.object(v.Type, p)
	case List:
		return d.list(v, p)
	case Map:
		m := reflect.MakeMap(v.Go)
		reflect.NewAt(v.Go, p).Elem().Set(m)
		return d.members(func(name string) error { return d.entry(v, m, name) })
	}
	t, ok := d.token()
	if !ok {
		return &d.err
	}
	switch v.Kind {
	case Float:
		return setExactFloat(v, p, t)
	case Time, Stamp:
		return setExactTime(p, t)
	case Duration:
		n, ok := parseInt(t.text)
		if t.kind != tokInt || !ok {
			return wrong(t, "whole nanoseconds")
		}
		*(*time.Duration)(p) = time.Duration(n)
		return nil
	case Any:
		*(*json.RawMessage)(p) = canonical(t.raw)
		return nil
	case Enum:
		return setExactEnum(v, p, t)
	}
	if f := v.set(p, t); f != nil {
		return wrong(t, "a value of the kind "+v.Kind.String())
	}
	return nil
}

func (d *exact) list(v *Value, p unsafe.Pointer) error {
	if d.peek() != '[' {
		return d.other("a list")
	}
	if !d.enter() {
		return &d.err
	}
	list := reflect.NewAt(v.Go, p).Elem()
	list.Set(reflect.MakeSlice(v.Go, 0, 0))
	for more, ok := d.first(']'), true; more; {
		i := list.Len()
		list.Grow(1)
		list.SetLen(i + 1)
		if err := d.value(v.Elem, list.Index(i).Addr().UnsafePointer()); err != nil {
			return fmt.Errorf("%d: %w", i, err)
		}
		if more, ok = d.more(']'); !ok {
			return &d.err
		}
	}
	return nil
}

func (d *exact) entry(v *Value, m reflect.Value, name string) error {
	key, elem := reflect.New(v.Key.Go), reflect.New(v.Elem.Go)
	t := token{kind: tokString, text: []byte(name), raw: []byte(strconv.Quote(name))}
	if f := v.Key.set(key.UnsafePointer(), t); f != nil {
		return wrong(t, "a key of the kind "+v.Key.Kind.String())
	}
	if err := d.value(v.Elem, elem.UnsafePointer()); err != nil {
		return err
	}
	m.SetMapIndex(key.Elem(), elem.Elem())
	return nil
}

func setExactFloat(v *Value, p unsafe.Pointer, t token) error {
	x := math.NaN()
	switch {
	case t.kind == tokInt || t.kind == tokFloat:
		x = parseFloat(t.text)
	case t.kind != tokString:
		return wrong(t, "a number")
	case string(t.text) == "Infinity":
		x = math.Inf(1)
	case string(t.text) == "-Infinity":
		x = math.Inf(-1)
	case string(t.text) != "NaN":
		return wrong(t, "a number")
	}
	storeFloat(p, v.base, x)
	return nil
}

func setExactTime(p unsafe.Pointer, t token) error {
	if t.kind != tokString {
		return wrong(t, "a time")
	}
	at, err := time.ParseInLocation(exactNaive, string(t.text), Naive)
	if err != nil {
		at, err = time.Parse(exactTime, string(t.text))
	}
	if err != nil {
		return wrong(t, "a time")
	}
	*(*time.Time)(p) = at
	return nil
}

// setExactEnum takes what is no member too, as it was in the value.
func setExactEnum(v *Value, p unsafe.Pointer, t token) error {
	if v.setEnum(p, t) == nil {
		return nil
	}
	n, ok := parseInt(t.text)
	switch {
	case t.kind != tokString:
		return wrong(t, "text")
	case v.base == reflect.String:
		*(*string)(p) = string(t.text)
		return nil
	case !ok:
		return wrong(t, v.expected())
	}
	if lo, hi := intRange(v.base); n < lo || n > hi {
		return wrong(t, v.expected())
	}
	storeInt(p, v.base, n)
	return nil
}
