package schema

import (
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"unsafe"
)

// Validator is implemented by value types (on the value or the pointer) with rules of their own; Validate runs
// after a value was decoded without a problem, innermost value first. It may also complete the value. Return
// FieldError to blame a field; a panic is a problem of the input too.
type Validator interface {
	Validate() error
}

// FieldError is what a Validate method returns to blame one field. Several may be joined with errors.Join.
type FieldError struct {
	// Field is the name on the wire; "" blames the whole value.
	Field string
	// Msg becomes "Value error, Msg" in the problem.
	Msg string
}

// Error returns "Field: Msg".
func (e FieldError) Error() string {
	if e.Field == "" {
		return e.Msg
	}
	return e.Field + ": " + e.Msg
}

// checker calls Validate on the value at p; nil if its type has no such method.
type checker func(p unsafe.Pointer) error

func checkerOf(rt reflect.Type) checker {
	if !reflect.PointerTo(rt).Implements(reflect.TypeFor[Validator]()) {
		return nil
	}
	return func(p unsafe.Pointer) (err error) {
		defer func() {
			if r := recover(); r != nil {
				err = fmt.Errorf("%v", r)
			}
		}()
		return reflect.NewAt(rt, p).Interface().(Validator).Validate()
	}
}

// validate runs the rules of t's own on the value at p that was read from raw.
func (d *decoder) validate(t *Type, p unsafe.Pointer, raw []byte) {
	if t.plan.check == nil {
		return
	}
	for _, err := range split(t.plan.check(p)) {
		n := len(d.problems)
		var blame FieldError
		if !errors.As(err, &blame) || blame.Field == "" {
			d.problem(valueFault(err.Error()), raw)
			continue
		}
		d.problem(valueFault(blame.Msg), memberOf(raw, blame.Field))
		d.inside(blame.Field, n)
	}
}

// split takes apart what errors.Join put together.
func split(err error) []error {
	if err == nil {
		return nil
	}
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return []error{err}
	}
	var all []error
	for _, e := range joined.Unwrap() {
		all = append(all, split(e)...)
	}
	return all
}

// memberOf returns the raw value of the last member with the name, null if there is none.
func memberOf(raw []byte, name string) []byte {
	found := []byte("null")
	s := scanner{data: raw}
	if s.peek() != '{' || !s.enter() {
		return found
	}
	for more := s.first('}'); more; {
		key, _ := s.name()
		here := string(key) == name
		t, _ := s.token()
		if here {
			found = t.raw
		}
		more, _ = s.more('}')
	}
	return found
}

// rule is one rule of a validate tag: a bound on a number.
type rule struct {
	kind  ruleKind
	limit float64
}

type ruleKind string

const (
	ruleGT ruleKind = "gt"
	ruleGE ruleKind = "ge"
	ruleLT ruleKind = "lt"
	ruleLE ruleKind = "le"
)

// keyword is the rule's name in JSON Schema.
func (r rule) keyword() string {
	return map[ruleKind]string{ruleGT: "exclusiveMinimum", ruleGE: "minimum", ruleLT: "exclusiveMaximum", ruleLE: "maximum"}[r.kind]
}

// parseRules reads a tag such as `validate:"ge=0,lt=100"`, or describe with the same bounds, which are those that a
// Validate method keeps: told in descriptions, not checked.
func parseRules(tag string, k Kind) ([]rule, error) {
	if tag == "" {
		return nil, nil
	}
	if k != Int && k != Float && k != Duration {
		return nil, fmt.Errorf("validate:%q stands on a field that is no number", tag)
	}
	var rules []rule
	for _, part := range strings.Split(tag, ",") {
		name, text, _ := strings.Cut(part, "=")
		limit, err := strconv.ParseFloat(text, 64)
		switch kind := ruleKind(name); kind {
		case ruleGT, ruleGE, ruleLT, ruleLE:
			rules = append(rules, rule{kind, limit})
		case "gte", "lte":
			rules = append(rules, rule{kind[:1] + "e", limit})
		default:
			return nil, fmt.Errorf("validate:%q: no rule %q (has: gt, ge, lt, le)", tag, name)
		}
		if err != nil {
			return nil, fmt.Errorf("validate:%q: got %q, want a number", tag, text)
		}
	}
	return rules, nil
}

// obey records the rules that the field of the value at p breaks. NaN breaks none: it stands for no number.
func (d *decoder) obey(f *Field, p unsafe.Pointer, raw []byte) {
	x := f.Value.number(f.at(p))
	for _, r := range f.rules {
		broken := false
		switch r.kind {
		case ruleGT:
			broken = x <= r.limit
		case ruleGE:
			broken = x < r.limit
		case ruleLT:
			broken = x >= r.limit
		case ruleLE:
			broken = x > r.limit
		}
		if broken {
			d.problem(limitFault(r.kind, r.limit, r.limit), raw)
		}
	}
}

// limitFault is the fault of a number beyond a limit; limit is as it is to be shown.
func limitFault(kind ruleKind, limit float64, shown any) *fault {
	text := strconv.FormatFloat(limit, 'f', -1, 64)
	if n, ok := shown.(int64); ok {
		text = strconv.FormatInt(n, 10)
	}
	names := map[ruleKind][2]string{
		ruleGT: {"greater_than", "greater than "},
		ruleGE: {"greater_than_equal", "greater than or equal to "},
		ruleLT: {"less_than", "less than "},
		ruleLE: {"less_than_equal", "less than or equal to "},
	}[kind]
	return &fault{kind: names[0], msg: "Input should be " + names[1] + text, ctx: map[string]any{string(kind): shown}}
}
