package schema

import (
	"encoding/json"
	"math"
	"time"
	"unsafe"
)

var nan = math.NaN()

// set coerces the scalar t and stores it at p; a nested value, list or map refuses every scalar.
func (v *Value) set(p unsafe.Pointer, t token) *fault {
	switch v.Kind {
	case Int:
		return v.setInt(p, t)
	case Float:
		x, f := floatOf(t)
		storeFloat(p, v.base, x)
		return f
	case Bool:
		b, f := boolOf(t)
		*(*bool)(p) = b
		return f
	case String:
		s, f := textOf(t)
		*(*string)(p) = s
		return f
	case Enum:
		return v.setEnum(p, t)
	case Ident:
		return setID((*ID)(p), t)
	case Time, Stamp, Day, Duration:
		return v.setTime(p, t)
	case Any:
		*(*json.RawMessage)(p) = canonical(t.raw)
		return nil
	}
	return v.shapeFault()
}

func (v *Value) setTime(p unsafe.Pointer, t token) *fault {
	switch v.Kind {
	case Day:
		d, f := dateOf(t)
		*(*Date)(p) = d
		return f
	case Duration:
		d, f := durationOf(t)
		*(*time.Duration)(p) = d
		return f
	}
	at, f := timeOf(t)
	if v.Kind == Stamp {
		at = at.UTC()
	}
	*(*time.Time)(p) = at
	return f
}

func (v *Value) setInt(p unsafe.Pointer, t token) *fault {
	n, f := intOf(t)
	if f != nil {
		return f
	}
	if lo, hi := intRange(v.base); n < lo {
		return limitFault(ruleGE, float64(lo), lo)
	} else if n > hi {
		return limitFault(ruleLE, float64(hi), hi)
	}
	storeInt(p, v.base, n)
	return nil
}

func setID(p *ID, t token) *fault {
	if t.kind == tokNull {
		*p = NullID()
		return nil
	}
	s, f := textOf(t)
	if f == nil {
		*p = TextID(s)
	}
	return f
}

// shapeFault is the fault of anything that is not the object or array v wants.
func (v *Value) shapeFault() *fault {
	switch {
	case v.array:
		return valueFault("array should be a list of numbers")
	case v.Kind == List:
		return &fault{kind: "list_type", msg: "Input should be a valid list"}
	case v.Kind == Map:
		return &fault{kind: "dict_type", msg: "Input should be a valid dictionary"}
	}
	name := v.Type.Name
	return &fault{kind: "model_type", msg: "Input should be a valid dictionary or instance of " + name,
		ctx: map[string]any{"class_name": name}}
}
