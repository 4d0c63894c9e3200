package state

import (
	"cmp"
	"database/sql/driver"
	"slices"
	"strings"

	"gw/schema"
)

// scanLimit is up to how many rows a table is looked through in place, which costs some 20 ns a row and comparison and
// needs nothing to be brought to DuckDB first.
const scanLimit = 50_000

// A test tells whether a record passes one filter.
type test func(schema.Record) bool

// scan returns the records that pass, in the order of their keys.
func (t *Table) scan(where condition) []schema.Record {
	t.view.arrange(t.keys)
	var recs []schema.Record
	for _, slot := range t.view.order {
		if r := t.view.records[slot]; where.passes(r) {
			recs = append(recs, r)
		}
	}
	return recs
}

func (c *condition) passes(r schema.Record) bool {
	for _, passes := range c.tests {
		if !passes(r) {
			return false
		}
	}
	return true
}

// arrange brings new slots into the order of the keys. The key of a slot never changes, so the others stay.
func (v *view) arrange(keys Keys) {
	old := len(v.order)
	if old == len(v.records) {
		return
	}
	less := func(a, b int) int { return cmp.Or(keys.compare(v.records[a], v.records[b]), cmp.Compare(a, b)) }
	fresh := make([]int, 0, len(v.records)-old)
	for slot := old; slot < len(v.records); slot++ {
		fresh = append(fresh, slot)
	}
	slices.SortFunc(fresh, less)
	merged := make([]int, 0, len(v.records))
	rest := v.order
	for _, slot := range fresh {
		at, _ := slices.BinarySearchFunc(rest, slot, less)
		merged = append(append(merged, rest[:at]...), slot)
		rest = rest[at:]
	}
	v.order = append(merged, rest...)
}

// compare orders two records by their keys as DuckDB does: nothing first, NaN last.
func (k Keys) compare(a, b schema.Record) int {
	for _, c := range k {
		if x := compareCells(c, a, b); x != 0 {
			return x
		}
	}
	return 0
}

func compareCells(c *schema.Column, a, b schema.Record) int {
	switch has, other := c.Has(a), c.Has(b); {
	case !has && !other:
		return 0
	case !has:
		return -1
	case !other:
		return 1
	}
	switch classOf(c.Kind) {
	case fraction:
		x, _ := c.Float64(a)
		y, _ := c.Float64(b)
		return compareFloats(x, y)
	case text:
		return cmp.Compare(textOf(c, a), textOf(c, b))
	}
	return cmp.Compare(countOf(c, a), countOf(c, b))
}

// compareFloats is DuckDB's order: NaN is above all numbers and equal to itself, 0 equals -0.
func compareFloats(x, y float64) int { return -cmp.Compare(-x, -y) }

// countOf returns a cell of the classes that are kept as integers.
func countOf(c *schema.Column, r schema.Record) int64 {
	if classOf(c.Kind) == moment {
		at, _ := c.Time(r)
		return at.UnixMicro()
	}
	n, _ := c.Int64(r)
	return n
}

func textOf(c *schema.Column, r schema.Record) string {
	s, _ := c.String(r)
	return strings.ToValidUTF8(s, "\uFFFD")
}

// holds tells whether a comparison with the result x (as of cmp.Compare) is what op asks for.
func holds(op string, x int) bool {
	switch op {
	case "!=":
		return x != 0
	case "<":
		return x < 0
	case "<=":
		return x <= 0
	case ">":
		return x > 0
	case ">=":
		return x >= 0
	}
	return x == 0
}

// test compares the attribute with a value of its class.
func (o operand) test(op string, v driver.Value) test {
	c := o.column
	switch v := v.(type) {
	case int64:
		return func(r schema.Record) bool { return c.Has(r) && holds(op, cmp.Compare(countOf(c, r), v)) }
	case float64:
		return func(r schema.Record) bool {
			x, ok := c.Float64(r)
			return ok && holds(op, compareFloats(x, v))
		}
	case string:
		return func(r schema.Record) bool { return c.Has(r) && holds(op, cmp.Compare(textOf(c, r), v)) }
	}
	return func(schema.Record) bool { return false }
}

// testWith compares two attributes.
func (o operand) testWith(op string, other operand) test {
	a, b := o.column, other.column
	compare := func(r schema.Record) int { return cmp.Compare(countOf(a, r), countOf(b, r)) }
	switch {
	case o.class == text:
		compare = func(r schema.Record) int { return cmp.Compare(textOf(a, r), textOf(b, r)) }
	case o.class == fraction || other.class == fraction:
		compare = func(r schema.Record) int {
			x, _ := a.Float64(r)
			y, _ := b.Float64(r)
			return compareFloats(x, y)
		}
	}
	return func(r schema.Record) bool { return a.Has(r) && b.Has(r) && holds(op, compare(r)) }
}
