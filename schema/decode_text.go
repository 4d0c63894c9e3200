package schema

import (
	"unsafe"
)

// DecodeText reads one row of text cells (CSV): cells[i] is the value of the column names[i] of t, by the rules
// of strings in JSON; numbers are also durations in seconds, and lists, maps and raw JSON are JSON text. An empty
// or missing cell leaves the field at its default, or unset. Problems
// name the column; Validate methods run as in Decode.
func (t *Type) DecodeText(names, cells []string, o DecodeOptions) (Record, Problems) {
	d := decoder{at: o.At}
	r := t.NewAt(o.At)
	for i, cell := range cells[:min(len(names), len(cells))] {
		if cell == "" {
			continue
		}
		n := len(d.problems)
		if c, ok := t.Column(names[i]); ok {
			d.cell(c, r, cell)
		} else if t.HasBase {
			d.problem(&fault{kind: "extra_forbidden", msg: "Extra inputs are not permitted"}, appendString(nil, cell))
		}
		if len(d.problems) > n {
			d.inside(names[i], n)
		}
	}
	switch {
	case len(d.problems) > 0:
	case t.plan.normalize != nil:
		r = d.renormalized(r)
	default:
		d.validateAll(t, r.ptr)
	}
	d.data, d.pos = nil, 0
	if p := d.finish(o); p != nil {
		return Record{}, p
	}
	return r, nil
}

// validateAll runs the Validate methods of the value at p and of those nested in it, innermost first.
func (d *decoder) validateAll(t *Type, p unsafe.Pointer) {
	before := len(d.problems)
	for i := range t.Fields {
		f := &t.Fields[i]
		if f.Value.Kind != Object || !f.has(p) {
			continue
		}
		n := len(d.problems)
		d.validateAll(f.Value.Type, f.at(p))
		if len(d.problems) > n {
			d.inside(f.Name, n)
		}
	}
	if t.plan.check != nil && len(d.problems) == before {
		d.validate(t, p, t.append(nil, p))
	}
}

// cell reads the text of the column c into r.
func (d *decoder) cell(c *Column, r Record, text string) {
	for _, g := range c.guards {
		if state := (*optState)(unsafe.Add(r.ptr, g.state)); *state != optValue {
			g.typ.fill(unsafe.Add(r.ptr, g.offset), d.at)
			*state = optValue
		}
	}
	f, p := c.Field, unsafe.Add(r.ptr, c.offset)
	n := len(d.problems)
	t := token{kind: tokString, text: unsafe.Slice(unsafe.StringData(text), len(text))} // nobody writes to it
	switch {
	case !c.Kind.IsScalar():
		d.cellJSON(c.value, p, t)
	case c.Kind == Duration && isPlainNumber(t.text):
		t.kind = tokFloat // seconds
		fallthrough
	default:
		if f := c.value.set(p, t); f != nil {
			d.problem(f, appendString(nil, text))
		}
	}
	if len(d.problems) > n {
		return
	}
	if f.Opt && c.Kind != Ident {
		*(*optState)(unsafe.Add(r.ptr, c.state)) = optValue
	}
	if len(f.rules) > 0 {
		d.obey(f, unsafe.Add(p, -int(f.Offset)), appendString(nil, text))
	}
}

// cellJSON reads a list, map or raw JSON; what is no JSON is a string.
func (d *decoder) cellJSON(v *Value, p unsafe.Pointer, t token) {
	inner := decoder{scanner: scanner{data: t.text}, at: d.at}
	if whole, ok := inner.token(); !ok || !inner.end() {
		t.raw = appendString(nil, string(t.text))
	} else {
		t = whole
	}
	if v.Kind == Any {
		v.set(p, t)
		return
	}
	inner = decoder{scanner: scanner{data: t.raw}, at: d.at}
	inner.value(v, p)
	d.problems = append(d.problems, inner.problems...)
}
