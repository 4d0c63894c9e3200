package schema

import (
	"encoding/json"
	"fmt"
	"reflect"
	"time"
	"unsafe"
)

// makeDefaults reads the default tags of t into its template and its list of late defaults.
func (t *Type) makeDefaults() error {
	template := reflect.New(t.Go)
	for i := range t.Fields {
		if err := t.makeDefault(&t.Fields[i], template.UnsafePointer()); err != nil {
			return err
		}
	}
	if !template.Elem().IsZero() {
		t.plan.template = template.Elem()
	}
	return nil
}

func (t *Type) makeDefault(f *Field, template unsafe.Pointer) error {
	v := &f.Value
	switch {
	case !f.HasDefault && v.Kind == Object && !f.Opt:
		if inner := v.Type.plan.template; inner.IsValid() {
			reflect.NewAt(v.Go, f.at(template)).Elem().Set(inner)
		}
		if len(v.Type.plan.late) > 0 {
			t.plan.late = append(t.plan.late, f)
		}
		return nil
	case !f.HasDefault:
		return nil
	case f.Opt && f.Default == "null":
		*f.stateAt(template) = optNull
		return nil
	case f.isLate():
		t.plan.late = append(t.plan.late, f)
		if f.isNow() {
			return nil
		}
		template = reflect.New(t.Go).UnsafePointer() // try it, keep it for no one
	}
	return f.setDefault(template, time.Time{})
}

func (f *Field) isNow() bool {
	return f.Default == "now" && (f.Value.Kind == Time || f.Value.Kind == Day)
}

// isLate reports whether the default must be made anew for each value.
func (f *Field) isLate() bool {
	return f.isNow() || f.Value.Kind == Object || f.Value.Kind == List || f.Value.Kind == Map || f.Value.Kind == Any
}

// setDefault puts the default of f into the value at p.
func (f *Field) setDefault(p unsafe.Pointer, at time.Time) error {
	var d decoder
	switch {
	case f.isNow() && f.Value.Kind == Time:
		*(*time.Time)(f.at(p)) = at
	case f.isNow():
		*(*Date)(f.at(p)) = DateOf(at.UTC())
	case f.isLate() && !json.Valid([]byte(f.Default)):
		return fmt.Errorf("field %q: default %q is not JSON", f.Name, f.Default)
	case f.isLate():
		if f.Value.Kind == Object {
			f.Value.Type.fill(f.at(p), at)
		}
		d = decoder{scanner: scanner{data: []byte(f.Default)}, at: at}
		d.value(&f.Value, f.at(p))
	default:
		d.problem(f.Value.set(f.at(p), token{kind: tokString, text: []byte(f.Default)}), nil)
	}
	if len(d.problems) > 0 {
		return fmt.Errorf("field %q: default %q: %s", f.Name, f.Default, d.problems[0].Msg)
	}
	if f.Opt {
		*f.stateAt(p) = optValue
	}
	return nil
}

// fill puts all defaults into the value at p, which is zero.
func (t *Type) fill(p unsafe.Pointer, at time.Time) {
	if t.plan.template.IsValid() {
		reflect.NewAt(t.Go, p).Elem().Set(t.plan.template)
	}
	t.fillLate(p, at)
}

// fillLate puts the defaults that are made anew each time into the value at p, nested ones too; those of nested
// values that are not are part of the outer template.
func (t *Type) fillLate(p unsafe.Pointer, at time.Time) {
	for _, f := range t.plan.late {
		if f.HasDefault {
			_ = f.setDefault(p, at) // tried when t was made
		} else {
			f.Value.Type.fillLate(f.at(p), at)
		}
	}
}
