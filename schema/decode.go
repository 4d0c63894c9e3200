package schema

import (
	"bytes"
	"encoding/json"
	"slices"
	"time"
	"unsafe"
)

// DecodeOptions says how one input is read. The zero value is ready to use.
type DecodeOptions struct {
	// At is what a default of "now" becomes: the engine's time, or the wall clock at validation.
	At time.Time
	// Loc is put before the path of each problem, e.g. "body".
	Loc []any
}

// loc returns a copy of the prefix to add to, never nil.
func (o DecodeOptions) loc() []any { return append([]any{}, o.Loc...) }

// maxProblems bounds the answer to a hostile input; what is found beyond is not told.
const maxProblems = 1000

// Decode reads one JSON object into a new value: defaults first, then members by name, coerced as clients of the
// API expect, then the Validate methods. All problems (up to 1000) are returned and no value if there is one; broken
// JSON is a single problem "json_invalid" whose last Loc is the byte offset. The value shares no memory with data.
func (t *Type) Decode(data []byte, d DecodeOptions) (Record, Problems) {
	dec := decoder{scanner: scanner{data: data}, at: d.At}
	if dec.missing() {
		return Record{}, dec.finish(d)
	}
	r := dec.record(t)
	if p := dec.finish(d); p != nil {
		return Record{}, p
	}
	return r, nil
}

// DecodeAll reads what a send accepts: one object, or an array of them (wasList; then the index follows Loc in
// each problem). It is all or nothing.
func (t *Type) DecodeAll(data []byte, d DecodeOptions) (recs []Record, wasList bool, problems Problems) {
	dec := decoder{scanner: scanner{data: data}, at: d.At}
	switch c := dec.peek(); {
	case dec.missing():
	case c == '[':
		wasList = true
		recs = dec.records(t)
	case c == '{':
		recs = []Record{dec.record(t)}
	default:
		start := dec.pos
		if _, ok := dec.token(); ok {
			dec.problem(&fault{kind: "list_type", msg: "Input should be a valid list"}, data[start:dec.pos])
			dec.problem(notAnObject(), data[start:dec.pos])
		}
	}
	if p := dec.finish(d); p != nil {
		return nil, wasList, p
	}
	return recs, wasList, nil
}

func notAnObject() *fault {
	return &fault{kind: "model_attributes_type", msg: "Input should be a valid dictionary or object to extract fields from"}
}

// decoder reads one input. Problems are collected with their path innermost first.
type decoder struct {
	scanner
	at       time.Time
	problems Problems
}

// missing reports (as a problem) that the input is empty or null.
func (d *decoder) missing() bool {
	if body := bytes.TrimSpace(d.data); len(body) > 0 && string(body) != "null" {
		return false
	}
	d.pos = len(d.data)
	d.problem(&fault{kind: "missing", msg: "Field required"}, []byte("null"))
	return true
}

// record reads one object of type t.
func (d *decoder) record(t *Type) Record {
	c, start := d.peek(), d.pos
	if c != '{' {
		if _, ok := d.token(); ok {
			d.problem(notAnObject(), d.data[start:d.pos])
		}
		return Record{}
	}
	r := t.NewAt(d.at)
	d.object(t, r.ptr)
	return r
}

// records reads an array of objects of type t.
func (d *decoder) records(t *Type) []Record {
	recs := []Record{}
	if !d.enter() {
		return nil
	}
	for more, ok := d.first(']'), true; more; {
		before := len(d.problems)
		r := d.record(t)
		if len(d.problems) > before {
			d.inside(len(recs), before)
		}
		recs = append(recs, r)
		if d.err.msg != "" {
			return nil
		}
		if more, ok = d.more(']'); !ok {
			return nil
		}
	}
	return recs
}

// finish returns what is wrong with the whole input, nil if nothing.
func (d *decoder) finish(o DecodeOptions) Problems {
	if d.err.msg == "" {
		d.end()
	}
	if d.err.msg != "" {
		return Problems{{
			Type: "json_invalid", Loc: append(o.loc(), d.err.at), Msg: "JSON decode error",
			Input: map[string]any{}, Ctx: map[string]any{"error": d.err.msg},
		}}
	}
	if len(d.problems) == 0 {
		return nil
	}
	for i := range d.problems {
		p := &d.problems[i]
		loc := o.loc()
		for _, l := range slices.Backward(p.Loc) {
			loc = append(loc, l)
		}
		p.Loc = loc
	}
	return d.problems
}

// problem records f (nothing if it is nil) about the raw input.
func (d *decoder) problem(f *fault, raw []byte) {
	if f == nil || len(d.problems) >= maxProblems {
		return
	}
	p := Problem{Type: f.kind, Msg: f.msg, Ctx: f.ctx}
	if raw != nil {
		p.Input = json.RawMessage(canonical(raw))
	}
	d.problems = append(d.problems, p)
}

// inside adds a step to the paths of the problems recorded after the first n.
func (d *decoder) inside(step any, n int) {
	for i := n; i < len(d.problems); i++ {
		d.problems[i].Loc = append(d.problems[i].Loc, step)
	}
}

// forget drops the problems recorded after the first n that lie under the member name: it came again.
func (d *decoder) forget(name string, n int) {
	kept := d.problems[:n]
	for _, p := range d.problems[n:] {
		if k := len(p.Loc); k == 0 || p.Loc[k-1] != name {
			kept = append(kept, p)
		}
	}
	d.problems = kept
}

// object reads the object at the opening brace into the value at p, which holds its defaults.
func (d *decoder) object(t *Type, p unsafe.Pointer) bool {
	if t.plan.normalize != nil {
		return d.normalized(t, p)
	}
	return d.members(t, p)
}

// members reads the members of the object and has the type's own rules look at the value.
func (d *decoder) members(t *Type, p unsafe.Pointer) bool {
	start, before := d.pos, len(d.problems)
	if !d.enter() {
		return false
	}
	var seen fieldSet
	next := 0
	for more, ok := d.first('}'), true; more; {
		if ok = d.member(t, p, &seen, &next, before); !ok {
			return false
		}
		if more, ok = d.more('}'); !ok {
			return false
		}
	}
	if len(d.problems) == before {
		d.validate(t, p, d.data[start:d.pos])
	}
	return true
}

// member reads one member. next is the field that is expected, seen those that were there.
func (d *decoder) member(t *Type, p unsafe.Pointer, seen *fieldSet, next *int, before int) bool {
	name, ok := d.name()
	if !ok {
		return false
	}
	i, known := t.index(name, *next)
	if !known {
		return d.unknown(t, name, before)
	}
	*next = i + 1
	f := &t.Fields[i]
	if seen.add(i) {
		d.forget(f.Name, before)
		f.reset(t, p, d.at)
	}
	n := len(d.problems)
	ok = d.field(f, p)
	if len(d.problems) > n {
		d.inside(f.Name, n)
	}
	return ok
}

// index returns the field named name; that at position next is looked at first.
func (t *Type) index(name []byte, next int) (int, bool) {
	if next < len(t.Fields) && t.Fields[next].Name == string(name) {
		return next, true
	}
	i, ok := t.plan.byName[string(name)]
	return i, ok
}

// unknown reads over a member that t does not have.
func (d *decoder) unknown(t *Type, name []byte, before int) bool {
	var known string
	if t.HasBase {
		known = string(name)
		d.forget(known, before)
	}
	v, ok := d.token()
	if ok && t.HasBase {
		n := len(d.problems)
		d.problem(&fault{kind: "extra_forbidden", msg: "Extra inputs are not permitted"}, v.raw)
		d.inside(known, n)
	}
	return ok
}

// fieldSet is a set of field indexes.
type fieldSet struct {
	low  uint64
	high map[int]bool
}

// add adds i and reports whether it was in already.
func (s *fieldSet) add(i int) (was bool) {
	if i < 64 {
		was = s.low&(1<<i) != 0
		s.low |= 1 << i
		return was
	}
	if was = s.high[i]; !was {
		if s.high == nil {
			s.high = map[int]bool{}
		}
		s.high[i] = true
	}
	return was
}
