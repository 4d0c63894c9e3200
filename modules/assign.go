package modules

import (
	"errors"
	"fmt"

	"gw/config"
	"gw/engine"
	"gw/schema"
)

// Assignments say what the fields of a new value are: FIELD: EXPRESSION.
type Assignments map[string]string

// A maker makes values of a type: each field is what an expression gives, or the field of the same name of the value
// that it is made from, or its default. Expressions are evaluated in the order of the type's fields.
type maker struct {
	typ    *schema.Type
	fields []assigned
	env    map[string]any
	buf    []byte
}

type assigned struct {
	name       string
	expression *expression
	column     *schema.Column // copied; nil if there is an expression
	field      *schema.Field  // copied, where no column can
}

// A wrongOption says which option is wrong, for Check and Connect alike.
type wrongOption struct {
	option, hint string
	err          error
}

func (w *wrongOption) Error() string { return w.option + ": " + w.err.Error() }

// fail reports what is wrong with an option to the user's configuration.
func fail(c *config.Checking, err error) {
	var w *wrongOption
	switch {
	case err == nil:
	case errors.As(err, &w):
		c.Failf(w.option, w.hint, "%v", w.err)
	default:
		c.Failf("", "", "%v", err)
	}
}

// newMaker makes values of type to in a scope; compile reads an expression there.
func (a Assignments) newMaker(s scope, to *schema.Type, compile func(s scope, text string, want schema.Kind) (*expression, error)) (*maker, error) {
	m := &maker{typ: to, env: map[string]any{}}
	for name := range a {
		if _, ok := to.Field(name); !ok {
			return nil, &wrongOption{"set." + name, "", fmt.Errorf("%s has no field %q (has: %s)", to.Name, name, fieldNames(to))}
		}
	}
	for i := range to.Fields {
		f := &to.Fields[i]
		text, given := a[f.Name]
		switch {
		case given:
			e, err := compile(s, text, f.Value.Kind)
			if err != nil {
				return nil, &wrongOption{"set." + f.Name, "", err}
			}
			m.fields = append(m.fields, assigned{name: f.Name, expression: e})
		case s.typ != nil && f.Name != "id" && f.Name != "timestamp":
			if from, ok := s.typ.Field(f.Name); ok && from.Value.Kind == f.Value.Kind {
				c, _ := s.typ.Column(f.Name)
				m.fields = append(m.fields, assigned{name: f.Name, column: c, field: from})
			}
		}
	}
	return m, nil
}

func fieldNames(t *schema.Type) string {
	text := ""
	for i, f := range t.Fields {
		if i > 0 {
			text += ", "
		}
		text += f.Name
	}
	return text
}

// uses lists the names in all expressions.
func (m *maker) uses() []string {
	var all []string
	for _, f := range m.fields {
		if f.expression != nil {
			all = append(all, f.expression.uses...)
		}
	}
	return all
}

// make makes a value from r, whose fields are in env already. The value went through the validators of its type.
func (m *maker) make(r schema.Record, now engine.Time) (schema.Record, error) {
	b := append(m.buf[:0], '{')
	for _, f := range m.fields {
		if f.column != nil && !f.column.Has(r) && !f.column.Null(r) && f.field.Opt {
			continue // unset stays unset
		}
		if len(b) > 1 {
			b = append(b, ',')
		}
		b = append(appendQuoted(b, f.name), ':')
		switch {
		case f.expression != nil:
			v, err := f.expression.run(m.env)
			if err != nil {
				return schema.Record{}, fmt.Errorf("set.%s: %w", f.name, err)
			}
			b = appendValue(b, v)
		case f.column != nil:
			b = f.column.AppendJSON(b, r)
		default:
			b = appendValue(b, fieldOf(r, f.field))
		}
	}
	m.buf = append(b, '}')
	made, problems := m.typ.Decode(m.buf, schema.DecodeOptions{At: now.Std()})
	if problems != nil {
		return schema.Record{}, fmt.Errorf("makes no %s: %w", m.typ.Name, problems.Err())
	}
	return made, nil
}
