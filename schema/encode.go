package schema

import (
	"encoding/json"
	"strconv"
	"time"
	"unsafe"
)

// AppendJSON appends r as JSON to dst, byte for byte as the API writes it: fields in order, unset ones left
// out, map keys sorted, NaN and infinities null. It does not allocate if dst has room.
func (r Record) AppendJSON(dst []byte) []byte {
	if r.typ == nil {
		return append(dst, "null"...)
	}
	return r.typ.append(dst, r.ptr)
}

func (t *Type) append(dst []byte, p unsafe.Pointer) []byte {
	dst = append(dst, '{')
	start := len(dst)
	for i := range t.Fields {
		f := &t.Fields[i]
		if f.Opt && !f.keep && *f.stateAt(p) == optUnset {
			continue
		}
		if len(dst) > start {
			dst = append(dst, ',')
		}
		dst = append(dst, f.key...)
		dst = f.append(dst, p)
	}
	return append(dst, '}')
}

// append appends the field of the value at p.
func (f *Field) append(dst []byte, p unsafe.Pointer) []byte {
	if f.Value.Kind == Ident {
		return appendID(dst, *(*ID)(f.at(p)))
	}
	if !f.has(p) {
		return append(dst, "null"...)
	}
	return f.Value.append(dst, f.at(p))
}

func (v *Value) append(dst []byte, p unsafe.Pointer) []byte {
	switch v.Kind {
	case Int:
		return strconv.AppendInt(dst, loadInt(p, v.base), 10)
	case Float:
		return v.appendFloat(dst, p)
	case Bool:
		return strconv.AppendBool(dst, *(*bool)(p))
	case String:
		return appendString(dst, *(*string)(p))
	case Time:
		return appendQuoted(dst, p, appendTime)
	case Stamp:
		return appendQuoted(dst, p, appendStamp)
	case Day:
		dst = append(dst, '"')
		dst = appendDate(dst, *(*Date)(p))
		return append(dst, '"')
	case Duration:
		return appendFloat(dst, seconds(*(*time.Duration)(p)), 64)
	case Enum:
		return appendString(dst, v.enumName(p))
	case Object:
		return v.Type.append(dst, p)
	case List:
		return v.appendList(dst, p)
	case Map:
		return v.appendMap(dst, p)
	case Any:
		if raw := *(*json.RawMessage)(p); len(raw) > 0 {
			return append(dst, raw...)
		}
	}
	return append(dst, "null"...)
}

func (v *Value) appendFloat(dst []byte, p unsafe.Pointer) []byte {
	if v.base == kindFloat32 {
		return appendFloat(dst, float64(*(*float32)(p)), 32)
	}
	return appendFloat(dst, *(*float64)(p), 64)
}

func appendQuoted(dst []byte, p unsafe.Pointer, appendText func([]byte, time.Time) []byte) []byte {
	dst = append(dst, '"')
	dst = appendText(dst, *(*time.Time)(p))
	return append(dst, '"')
}

func (v *Value) appendList(dst []byte, p unsafe.Pointer) []byte {
	h := (*sliceHeader)(p)
	size := v.Elem.Go.Size()
	dst = append(dst, '[')
	for i := range h.len {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = v.Elem.append(dst, unsafe.Add(h.data, uintptr(i)*size))
	}
	return append(dst, ']')
}
