package schema

import (
	"encoding/json"
	"fmt"
	"reflect"
	"unsafe"
)

// Normalizer is implemented by value types (on the value or the pointer) that put raw input right before it is read:
// renamed members, old formats. Normalize gets the JSON object as it came and returns the one to be read instead, which
// may be the same. It is called on a zero value, also for nested values, on every way in. An error, or a panic, is a
// problem of the input. Embedding a type with a Normalize method inherits it.
type Normalizer interface {
	Normalize(raw json.RawMessage) (json.RawMessage, error)
}

// normalizer calls Normalize; nil if a type has no such method.
type normalizer func(raw json.RawMessage) (json.RawMessage, error)

func normalizerOf(rt reflect.Type) normalizer {
	if !reflect.PointerTo(rt).Implements(reflect.TypeFor[Normalizer]()) {
		return nil
	}
	return func(raw json.RawMessage) (out json.RawMessage, err error) {
		defer func() {
			if r := recover(); r != nil {
				err = fmt.Errorf("%v", r)
			}
		}()
		return reflect.New(rt).Interface().(Normalizer).Normalize(raw)
	}
}

// normalized reads the object at the opening brace by way of the type's Normalize.
func (d *decoder) normalized(t *Type, p unsafe.Pointer) bool {
	whole, ok := d.token()
	if !ok {
		return false
	}
	raw, err := t.plan.normalize(json.RawMessage(whole.raw))
	if err != nil {
		d.problem(valueFault(err.Error()), whole.raw)
		return true
	}
	inner := decoder{scanner: scanner{data: raw}, at: d.at}
	if inner.peek() != '{' || !inner.members(t, p) || !inner.end() {
		d.problem(valueFault("Normalize of "+t.Name+" gave no JSON object"), whole.raw)
		return true
	}
	d.problems = append(d.problems, inner.problems...)
	return true
}

// renormalized reads r, which came by another way than JSON, once more by way of the type's Normalize.
func (d *decoder) renormalized(r Record) Record {
	again, problems := r.typ.Decode(r.AppendJSON(nil), DecodeOptions{At: d.at})
	if len(problems) == 0 {
		return again
	}
	for _, p := range problems {
		loc := p.Loc
		p.Loc = nil
		for i := len(loc) - 1; i >= 0; i-- {
			p.Loc = append(p.Loc, loc[i])
		}
		d.problems = append(d.problems, p)
	}
	return r
}
