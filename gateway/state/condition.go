package state

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"strings"

	"gw/schema"
)

// A condition is the WHERE part of a query: SQL made of our own words, and the values bound to it.
type condition struct {
	parts []string
	args  []driver.NamedValue
	reads []int // numbers of the columns that it compares
}

func (c *condition) add(part string, args ...driver.Value) {
	c.parts = append(c.parts, part)
	for _, a := range args {
		c.args = append(c.args, driver.NamedValue{Ordinal: len(c.args) + 1, Value: a})
	}
}

func (c *condition) sql() string {
	if len(c.parts) == 0 {
		return ""
	}
	return " WHERE " + strings.Join(c.parts, " AND ")
}

// where turns the filters into a condition. The error is a *QueryError.
func (t *Table) where(filters []Filter) (condition, error) {
	var c condition
	for _, f := range filters {
		if err := t.filter(&c, f); err != nil {
			return c, err
		}
	}
	return c, nil
}

// operand is an attribute of a filter.
type operand struct {
	column *schema.Column
	name   string // in DuckDB
	number int    // of the column
	class  class
}

func (t *Table) operand(attr string) (operand, error) {
	for i, c := range t.columns {
		if c.Name == attr {
			return operand{c, fmt.Sprintf("c%d", i), i, classOf(c.Kind)}, nil
		}
	}
	if _, ok := t.typ.Column(attr); ok {
		return operand{}, refuse("Attribute cannot be filtered: %s", attr)
	}
	return operand{}, refuse("Unknown attribute: %s", attr)
}

func (t *Table) filter(c *condition, f Filter) error {
	o, err := t.operand(f.Attr)
	if err != nil {
		return err
	}
	c.reads = append(c.reads, o.number)
	switch {
	case f.Value != nil:
		return o.value(c, f.Op, f.Value)
	case f.When != nil:
		return o.when(c, f.Op, f.When)
	case f.Other != "":
		other, err := t.operand(f.Other)
		if err != nil {
			return err
		}
		c.reads = append(c.reads, other.number)
		return o.attr(c, f.Op, other)
	}
	return refuse("Filter of %s compares with nothing: give value, when or attr", f.Attr)
}

// compare adds the comparison of the attribute with a value of its class. A cell without a value never matches.
func (o operand) compare(c *condition, op string, v driver.Value) error {
	c.add(fmt.Sprintf("%s %s ?", o.name, sqlOf(op)), v)
	return nil
}

func (o operand) value(c *condition, op string, raw json.RawMessage) error {
	switch o.class {
	case whole:
		return o.wholeValue(c, op, raw)
	case fraction:
		if p, bad := probeAs("fraction", raw); bad == nil {
			return o.compare(c, op, p.Fraction.Or(0))
		}
	case span:
		if p, bad := probeAs("span", raw); bad == nil {
			return o.compare(c, op, int64(p.Span.Or(0)))
		}
	case moment:
		if n, ok := microseconds(raw); ok {
			return o.compare(c, op, n)
		}
	case text:
		s, ok := plainText(raw)
		if o.column.Kind == schema.Enum {
			s, ok = enumText(o.column.Field, raw)
		}
		if ok {
			return o.compare(c, op, s)
		}
	}
	return o.clash(raw)
}

// wholeValue compares an integer or boolean attribute with a number, numerically.
func (o operand) wholeValue(c *condition, op string, raw json.RawMessage) error {
	n, x, isWhole, ok := number(raw)
	if !ok && o.column.Kind == schema.Bool {
		var p probe
		var bad schema.Problems
		p, bad = probeAs("flag", raw)
		ok, isWhole = bad == nil, true
		if p.Flag.Or(false) {
			n = 1
		}
	}
	if !ok {
		return o.clash(raw)
	}
	if isWhole {
		return o.compare(c, op, n)
	}
	switch b := boundOf(op, x); {
	case b.fixed && b.truth:
		c.add(o.name + " IS NOT NULL")
		return nil
	case b.fixed:
		c.add("false")
		return nil
	default:
		return o.compare(c, b.op, b.n)
	}
}

func (o operand) when(c *condition, op string, raw json.RawMessage) error {
	n, ok := microseconds(raw)
	if o.class != moment || !ok {
		return o.clash(raw)
	}
	return o.compare(c, op, n)
}

// attr compares two attributes: numbers with numbers, otherwise only those of one class.
func (o operand) attr(c *condition, op string, other operand) error {
	numeric := o.class.numeric() && other.class.numeric()
	if o.class != other.class && !numeric {
		return refuse("Cannot compare %s (%s) with %s (%s)", o.column.Name, o.column.Kind, other.column.Name, other.column.Kind)
	}
	c.add(fmt.Sprintf("%s %s %s", o.name, sqlOf(op), other.name))
	return nil
}

func (c class) numeric() bool { return c == whole || c == fraction }

func (o operand) clash(raw json.RawMessage) error {
	text := string(raw)
	if len(text) > 80 {
		text = text[:80] + "..."
	}
	return refuse("Cannot compare %s (%s) with %s", o.column.Name, o.column.Kind, text)
}

func sqlOf(op string) string {
	for _, o := range operators {
		if o.op == op {
			return o.sql
		}
	}
	return "="
}
