package schema

import (
	"errors"
	"fmt"
)

// Inference learns a type from recorded values: feed it every value, then take the type, which reads each of them
// without a problem. Fields keep the order of first sight. It widens only as far as it must:
//
//   - whole numbers become Int, with others among them Float; an integer that a float64 would change (beyond
//     2^53 beside fractions, or beyond int64 at all) makes the field a String, which keeps its digits;
//   - numbers among strings become String; any other mixture is Any, raw JSON;
//   - a field that is missing or null in some values is an Opt;
//   - objects are nested, beyond 200 different members a Map; lists have one widened element.
//
// JSON strings stay strings, prices and dates too; "timestamp" is the base's own if all of them are datetimes,
// "id" if all are strings or numbers. One goroutine at a time.
type Inference struct {
	// Dates makes fields of the value itself dates if all their strings are: for values that come of text such as CSV.
	Dates bool

	name string
	root shape
}

// NewInference returns an inference for a type of the given name.
func NewInference(name string) *Inference {
	return &Inference{name: name, root: shape{object: newObjectShape()}}
}

// Observe takes one JSON object into account. The error says why raw is not one; it then counts for nothing.
func (i *Inference) Observe(raw []byte) error {
	check := scanner{data: raw}
	c := check.peek()
	if _, ok := check.token(); !ok || !check.end() {
		return fmt.Errorf("schema: %s: %w", i.name, &check.err)
	}
	if c != '{' {
		return fmt.Errorf("schema: %s: got %q, want a JSON object", i.name, cut(string(raw), 80))
	}
	s := scanner{data: raw}
	s.peek()
	i.root.object.observe(&s)
	return nil
}

// Rows returns how many values were taken into account.
func (i *Inference) Rows() int { return i.root.object.rows }

// Fields returns the fields learnt so far, to print or to change before Build.
func (i *Inference) Fields() []FieldSpec {
	fields := i.root.object.specs(i.name)
	for n := range fields {
		shape := i.root.object.fields[fields[n].Name]
		if i.Dates && shape.seen&^sawNull == sawDay {
			fields[n].Kind = Day
		}
		fields[n] = shape.baseSpec(fields[n])
	}
	return fields
}

// Type makes the type.
func (i *Inference) Type() (*Type, error) {
	if i.Rows() == 0 {
		return nil, errors.New("schema: " + i.name + ": no value was seen to learn a type from")
	}
	return Build(i.name, i.Fields())
}

// baseSpec turns the spec of s into the base's own field if that can hold all that was seen.
func (s *shape) baseSpec(f FieldSpec) FieldSpec {
	switch {
	case f.Name == "id" && s.seen&^(sawNull|sawTextual) == 0:
		f.Kind, f.Opt = String, false
	case f.Name == "timestamp" && s.seen&^(sawNull|sawTextual) == 0 && !s.noTime:
		f.Kind, f.Opt = Time, false
	}
	return f
}
