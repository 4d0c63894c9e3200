package schema

import (
	"encoding/json"
	"math"
	"strconv"
	"time"
	"unsafe"
)

// AppendExact appends r as JSON from which Type.DecodeExact makes the very same value again. It is AppendJSON but for
// what that rounds or leaves out: times have nine digits and their offset (none if Naive), durations are whole
// nanoseconds, NaN and the infinities are the texts "NaN", "Infinity" and "-Infinity", a missing id, list or map is left
// out (in an Opt it comes back empty).
func (r Record) AppendExact(dst []byte) []byte {
	if r.typ == nil {
		return append(dst, "null"...)
	}
	return r.typ.appendExact(dst, r.ptr)
}

func (t *Type) appendExact(dst []byte, p unsafe.Pointer) []byte {
	dst = append(dst, '{')
	start := len(dst)
	for i := range t.Fields {
		f := &t.Fields[i]
		if f.absent(p) {
			continue
		}
		if len(dst) > start {
			dst = append(dst, ',')
		}
		dst = append(dst, f.key...)
		switch {
		case f.Value.Kind == Ident || !f.has(p):
			dst = f.append(dst, p)
		default:
			dst = f.Value.appendExact(dst, f.at(p))
		}
	}
	return append(dst, '}')
}

// absent reports whether the field is unset, or a nil list, map or raw JSON that no Opt tells from an empty one.
func (f *Field) absent(p unsafe.Pointer) bool {
	if f.Value.Kind == Ident {
		return !(*ID)(f.at(p)).IsSet()
	}
	if f.Opt {
		return *f.stateAt(p) == optUnset
	}
	switch f.Value.Kind {
	case List, Map, Any:
		return *(*unsafe.Pointer)(f.at(p)) == nil
	}
	return false
}

// exactTime is RFC 3339 with seconds in the offset, which old time zones have; exactNaive has no offset.
const (
	exactNaive = "2006-01-02T15:04:05.999999999"
	exactTime  = exactNaive + "Z07:00:00"
)

func (v *Value) appendExact(dst []byte, p unsafe.Pointer) []byte {
	switch v.Kind {
	case Float:
		return appendExactFloat(dst, loadFloat(p, v.base), v)
	case Time, Stamp:
		return appendExactTime(dst, *(*time.Time)(p))
	case Duration:
		return strconv.AppendInt(dst, int64(*(*time.Duration)(p)), 10)
	case Object:
		return v.Type.appendExact(dst, p)
	case List:
		h := (*sliceHeader)(p)
		dst = append(dst, '[')
		for i := range h.len {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = v.Elem.appendExact(dst, unsafe.Add(h.data, uintptr(i)*v.Elem.Go.Size()))
		}
		return append(dst, ']')
	case Map:
		return v.appendExactMap(dst, p)
	case Any:
		if raw := *(*json.RawMessage)(p); len(raw) > 0 {
			return append(dst, raw...)
		}
		return append(dst, "null"...)
	}
	return v.append(dst, p)
}

func appendExactFloat(dst []byte, x float64, v *Value) []byte {
	switch {
	case math.IsNaN(x):
		return append(dst, `"NaN"`...)
	case math.IsInf(x, 1):
		return append(dst, `"Infinity"`...)
	case math.IsInf(x, -1):
		return append(dst, `"-Infinity"`...)
	}
	return appendFloat(dst, x, v.Go.Bits())
}

func appendExactTime(dst []byte, at time.Time) []byte {
	layout := exactTime
	if at.Location() == Naive {
		layout = exactNaive
	}
	return append(at.AppendFormat(append(dst, '"'), layout), '"')
}

func (v *Value) appendExactMap(dst []byte, p unsafe.Pointer) []byte {
	s := v.scratch.Get().(*mapScratch)
	s.load(v, p)
	dst = append(dst, '{')
	for i := range s.order {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = append(v.Key.appendKey(dst, s.key(i)), ':')
		dst = v.Elem.appendExact(dst, s.val(i))
	}
	s.free(v)
	return append(dst, '}')
}
