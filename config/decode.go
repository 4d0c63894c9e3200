package config

import (
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"
	"time"

	"gw/gateway"
)

// Decoder is a type of option that reads what stands in the configuration itself: v is nil, a bool, int64, float64,
// string, []any or map[string]any. The error completes the sentence "got X, want ...".
type Decoder interface {
	DecodeConfig(v any) error
}

// decoder puts nodes into Go values and collects what does not fit.
type decoder struct {
	report
	refer func(n *node, path string, want reflect.Type) (any, bool) // what a reference /modules/NAME stands for
	uses  []use                                                     // names of channels in options
	bare  []use                                                     // secrets that stand in the configuration themselves
}

// usable reports what n lacks: a value that must be given, or one that an interpolation did not find.
func (d *decoder) usable(n *node, path string) bool {
	switch {
	case n.isMissing():
		d.add(n, path, "write it here, or "+path+"=VALUE on the command line", "must be given")
	case n.unset != nil:
		d.at(n.unset.pos, n.unset.path, "write it there, or "+n.unset.path+"=VALUE on the command line", "must be given")
	case n.problem != nil:
		d.found = append(d.found, *n.problem)
	default:
		return true
	}
	return false
}

// into decodes n into v.
func (d *decoder) into(v reflect.Value, n *node, path string) {
	if !d.usable(n, path) {
		return
	}
	if c, ok := v.Addr().Interface().(Decoder); ok {
		if !d.within(n, path) {
			return
		}
		if err := c.DecodeConfig(n.plain()); err != nil {
			d.add(n, path, "", "got %s, want %v", n.shown(), err)
		}
		return
	}
	if n.isNull() {
		v.SetZero()
		return
	}
	if u, ok := v.Addr().Interface().(json.Unmarshaler); ok && v.Type() != reflect.TypeFor[json.RawMessage]() && v.Type() != reflect.TypeFor[time.Time]() {
		d.unmarshal(u, n, path)
		return
	}
	switch v.Type() {
	case reflect.TypeFor[time.Duration]():
		d.duration(v, n, path)
	case reflect.TypeFor[time.Time]():
		d.time(v, n, path)
	case reflect.TypeFor[json.RawMessage]():
		if d.within(n, path) {
			v.SetBytes(n.json())
		}
	default:
		d.byKind(v, n, path)
	}
}

// unmarshal is for types that read JSON, such as a selection of channels.
func (d *decoder) unmarshal(u json.Unmarshaler, n *node, path string) {
	if s, ok := u.(*gateway.Selection); ok && n.kind == dict { // which would take any keys
		d.object(reflect.ValueOf(s).Elem(), n, path)
		return
	}
	if !d.within(n, path) {
		return
	}
	if err := u.UnmarshalJSON(n.json()); err != nil {
		want, _, _ := strings.Cut(err.Error(), ": json:")
		d.add(n, path, "", "got %s, %s", n.shown(), want)
	}
}

func (d *decoder) byKind(v reflect.Value, n *node, path string) {
	switch v.Kind() {
	case reflect.Bool:
		d.boolean(v, n, path)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		d.integer(v, n, path)
	case reflect.Float32, reflect.Float64:
		f, ok := n.float()
		if !ok {
			d.add(n, path, "", "got %s, want a number", n.shown())
			return
		}
		v.SetFloat(f)
	case reflect.String:
		if n.kind != scalar {
			d.add(n, path, "", "got %s, want text", n.shown())
			return
		}
		v.SetString(n.text)
	case reflect.Slice:
		d.slice(v, n, path)
	case reflect.Map:
		d.dict(v, n, path)
	case reflect.Struct:
		d.object(v, n, path)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		d.into(v.Elem(), n, path)
	case reflect.Interface:
		d.reference(v, n, path)
	default:
		d.add(n, path, "", "cannot be set from a configuration (it is a %s)", v.Type())
	}
}

func (d *decoder) boolean(v reflect.Value, n *node, path string) {
	if b, ok := n.value.(bool); ok && n.kind == scalar {
		v.SetBool(b)
		return
	}
	switch strings.ToLower(n.text) {
	case "true", "yes", "on", "1", "y", "t":
		v.SetBool(true)
	case "false", "no", "off", "0", "n", "f":
		v.SetBool(false)
	default:
		d.add(n, path, "", "got %s, want true or false", n.shown())
	}
}

func (d *decoder) integer(v reflect.Value, n *node, path string) {
	f, ok := n.float()
	whole, exact := n.value.(int64)
	if !exact {
		if i, err := strconv.ParseInt(strings.TrimSpace(n.text), 10, 64); err == nil && n.kind == scalar {
			whole, exact = i, true
		}
	}
	switch unsigned := v.CanUint(); {
	case !ok && !exact, !exact && (f != math.Trunc(f) || math.Abs(f) > 1<<53):
		d.add(n, path, "", "got %s, want a whole number", n.shown())
	default:
		if !exact {
			whole = int64(f)
		}
		if unsigned && (whole < 0 || v.OverflowUint(uint64(whole))) || !unsigned && v.OverflowInt(whole) {
			d.add(n, path, "", "got %s, want %s", n.shown(), rangeOf(v))
			return
		}
		if unsigned {
			v.SetUint(uint64(whole))
			return
		}
		v.SetInt(whole)
	}
}

func (d *decoder) duration(v reflect.Value, n *node, path string) {
	if n.kind == scalar {
		if span, ok := ParseDuration(n.text); ok {
			v.SetInt(int64(span))
			return
		}
	}
	d.add(n, path, "", "got %s, want a duration such as 500ms, 1m30s, 00:01:30, PT90S, or seconds", n.shown())
}

func (d *decoder) time(v reflect.Value, n *node, path string) {
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05.999999999", "2006-01-02T15:04", time.DateOnly} {
		if t, err := time.Parse(layout, strings.Replace(n.text, " ", "T", 1)); err == nil {
			v.Set(reflect.ValueOf(t.UTC()))
			return
		}
	}
	d.add(n, path, "", "got %s, want a time such as 2024-08-09T00:05:00Z or 2024-08-09", n.shown())
}

func (d *decoder) slice(v reflect.Value, n *node, path string) {
	items := n.items
	if n.kind == scalar { // one is a list of one
		items = []*node{n}
	}
	if n.kind == dict {
		d.add(n, path, "", "got a map, want a list")
		return
	}
	s := reflect.MakeSlice(v.Type(), len(items), len(items))
	for i, item := range items {
		at := path
		if n.kind == list {
			at = indexed(path, i)
		}
		d.into(s.Index(i), item, at)
	}
	v.Set(s)
}

func (d *decoder) dict(v reflect.Value, n *node, path string) {
	if n.kind != dict {
		d.add(n, path, "", "got %s, want a map", n.shown())
		return
	}
	m := reflect.MakeMap(v.Type())
	for _, f := range n.fields {
		item := reflect.New(v.Type().Elem()).Elem()
		d.into(item, f.value, under(path, f.key))
		m.SetMapIndex(reflect.ValueOf(f.key).Convert(v.Type().Key()), item)
	}
	v.Set(m)
}

func (d *decoder) reference(v reflect.Value, n *node, path string) {
	if v.NumMethod() == 0 && (n.kind != scalar || !strings.HasPrefix(n.text, "/modules/")) {
		if d.within(n, path) {
			v.Set(reflect.ValueOf(n.plain()))
		}
		return
	}
	if d.refer == nil {
		d.add(n, path, "", "got %s, want a module, which cannot be named here", n.shown())
		return
	}
	if got, ok := d.refer(n, path, v.Type()); ok {
		v.Set(reflect.ValueOf(got))
	}
}

// within reports what cannot be used anywhere in n.
func (d *decoder) within(n *node, path string) bool {
	before := len(d.found)
	n.walk([]string{}, func(at []string, in *node) {
		d.usable(in, n.pathTo(path, at))
	})
	return len(d.found) == before
}

// rangeOf says which whole numbers fit.
func rangeOf(v reflect.Value) string {
	bits := v.Type().Bits()
	switch {
	case v.CanUint() && bits < 64:
		return "a whole number from 0 to " + strconv.FormatUint(uint64(1)<<bits-1, 10)
	case v.CanUint():
		return "a whole number from 0 on"
	}
	return fmt.Sprintf("a whole number from %d to %d", int64(-1)<<(bits-1), int64(1)<<(bits-1)-1)
}
