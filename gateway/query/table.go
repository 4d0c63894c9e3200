package query

import (
	"fmt"
	"slices"
	"strings"

	"gw/schema"
)

// Table is a table that queries may read, as it is described to a child: names and the SQL that makes the columns.
// Everything in it comes from the types and names of the gateway, quoted, and nothing from a caller.
type Table struct {
	// Schema is "main" for what a channel keeps and "state" for a state view.
	Schema, Name string
	// Docs are the SQL types of the cells as they are handed over.
	Docs []string
	// Columns are the table's, made of the docs d0, d1 and so on.
	Columns []Column
}

// Column is one column of a Table.
type Column struct {
	Name, Expr string
	// Reads are the numbers of the docs in Expr.
	Reads []int
}

// only returns t with those of its columns that are kept; the first one always is, for the number of rows.
func (t Table) only(keep func(name string) bool) Table {
	kept := slices.Clone(t.Columns[:1])
	for _, c := range t.Columns[1:] {
		if keep(c.Name) {
			kept = append(kept, c)
		}
	}
	t.Columns = kept
	return t
}

// docs returns the numbers of the docs that the columns are made of, in order.
func (t Table) docs() []int {
	var numbers []int
	for _, c := range t.Columns {
		numbers = append(numbers, c.Reads...)
	}
	slices.Sort(numbers)
	return slices.Compact(numbers)
}

// quoteName makes any text a name in SQL, quoteText a text.
func quoteName(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }
func quoteText(s string) string { return `'` + strings.ReplaceAll(s, `'`, `''`) + `'` }

// names gives each column a name of its own: DuckDB does not tell upper from lower case, a type may.
type names map[string]bool

func (n names) unique(name string) string {
	free := name
	for i := 1; n[strings.ToLower(free)] || free == ""; i++ {
		free = fmt.Sprintf("%s_%d", name, i)
	}
	n[strings.ToLower(free)] = true
	return free
}

// A source column is one cell that is handed over, with how it is written and read.
type cell struct {
	column *schema.Column
	doc    string // SQL type of its JSON
	expr   string // around the doc, with %s
}

func cellOf(c *schema.Column) cell {
	switch c.Kind {
	case schema.Time, schema.Stamp:
		return cell{c, "BIGINT", "make_timestamp(%s)"}
	case schema.Day:
		return cell{c, "INTEGER", "DATE '1970-01-01' + %s"}
	case schema.Duration:
		return cell{c, "BIGINT", "to_microseconds(%s)"}
	case schema.List, schema.Map:
		return cell{c, sqlType(&c.Field.Value, 0), "%s"}
	}
	return cell{c, scalarType(c.Kind), "%s"}
}

func scalarType(k schema.Kind) string {
	switch k {
	case schema.Int:
		return "BIGINT"
	case schema.Float, schema.Duration:
		return "DOUBLE"
	case schema.Bool:
		return "BOOLEAN"
	case schema.Time, schema.Stamp:
		return "TIMESTAMP"
	case schema.Day:
		return "DATE"
	case schema.Any:
		return "JSON"
	}
	return "VARCHAR"
}

// maxDepth is how deep lists, maps and structs in them have types; what lies deeper is JSON.
const maxDepth = 8

// sqlType is the type of what a list or map holds, as JSON of it is read.
func sqlType(v *schema.Value, depth int) string {
	switch {
	case depth > maxDepth:
		return "JSON"
	case v.Kind == schema.List:
		return sqlType(v.Elem, depth+1) + "[]"
	case v.Kind == schema.Map:
		return "MAP(VARCHAR, " + sqlType(v.Elem, depth+1) + ")"
	case v.Kind == schema.Object:
		return structType(v.Type, depth)
	}
	return scalarType(v.Kind)
}

// structType is JSON for a struct without members, or with two that DuckDB cannot tell apart.
func structType(t *schema.Type, depth int) string {
	taken := names{}
	var members []string
	for i := range t.Fields {
		f := &t.Fields[i]
		if taken.unique(f.Name) != f.Name {
			return "JSON"
		}
		members = append(members, quoteName(f.Name)+" "+sqlType(&f.Value, depth+1))
	}
	if len(members) == 0 {
		return "JSON"
	}
	return "STRUCT(" + strings.Join(members, ", ") + ")"
}

// layout is how records of a type become a table.
type layout struct {
	table Table
	extra int // docs before those of cells: time, cycle and key
	cells []cell
}

// layoutOf describes the table of records of t. extra are columns in front of theirs; where a field has the name of one,
// the field keeps it.
func layoutOf(t *schema.Type, space, name string, extra []Column, docs []string) *layout {
	l := &layout{table: Table{Schema: space, Name: name, Docs: docs}, extra: len(extra)}
	columns := t.Columns()
	numbers := map[string]int{}
	for i := range columns {
		c := cellOf(&columns[i])
		numbers[columns[i].Name] = len(l.table.Docs)
		l.table.Docs = append(l.table.Docs, c.doc)
		l.cells = append(l.cells, c)
	}
	taken := names{}
	var own []Column
	for _, m := range l.members(t, "", numbers) {
		m.Name = taken.unique(m.Name)
		own = append(own, m)
	}
	for _, c := range extra {
		c.Name = taken.unique(c.Name)
		l.table.Columns = append(l.table.Columns, c)
	}
	l.table.Columns = append(l.table.Columns, own...)
	return l
}

// members are the fields of t, whose columns have names with the prefix; a nested value is a struct of its fields.
func (l *layout) members(t *schema.Type, prefix string, numbers map[string]int) []Column {
	var all []Column
	for i := range t.Fields {
		f := &t.Fields[i]
		if f.Value.Kind == schema.Object {
			all = append(all, l.packed(f, prefix, numbers))
			continue
		}
		n := numbers[prefix+f.Name]
		all = append(all, Column{f.Name, fmt.Sprintf(l.cells[n-l.extra].expr, doc(n)), []int{n}})
	}
	return all
}

func (l *layout) packed(f *schema.Field, prefix string, numbers map[string]int) Column {
	taken := names{}
	var parts []string
	c := Column{Name: f.Name}
	for _, m := range l.members(f.Value.Type, prefix+f.Name+".", numbers) {
		parts = append(parts, quoteText(taken.unique(m.Name))+": "+m.Expr)
		c.Reads = append(c.Reads, m.Reads...)
	}
	c.Expr = "{" + strings.Join(parts, ", ") + "}"
	if len(parts) == 0 {
		c.Expr = "NULL::JSON"
	}
	return c
}

// doc is the name of a doc in a Column's Expr.
func doc(n int) string { return fmt.Sprintf("d%d", n) }
