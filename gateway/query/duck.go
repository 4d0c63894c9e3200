package query

import (
	"context"
	"database/sql/driver"
	"fmt"
	"strings"

	"github.com/marcboeker/go-duckdb"
)

// duck is the DuckDB of a child.
type duck struct{ conn driver.Conn }

// settings close DuckDB off. What follows them is limit, whose last one forbids all further changes.
var settings = [...]string{
	"SET autoinstall_known_extensions=false",
	"SET autoload_known_extensions=false",
	"SET allow_community_extensions=false",
	"SET threads=1",
	"SET temp_directory=''",
	"SET enable_external_access=false",
}

func open() (*duck, error) {
	c, err := duckdb.NewConnector("", nil)
	if err != nil {
		return nil, err
	}
	conn, err := c.Connect(context.Background())
	if err != nil {
		return nil, err
	}
	d := &duck{conn}
	for _, set := range settings {
		if err := d.exec(set); err != nil {
			return nil, err
		}
	}
	return d, d.exec("CREATE SCHEMA state")
}

// limit bounds DuckDB's memory and locks all settings.
func (d *duck) limit(memory int64) error {
	if err := d.exec(fmt.Sprintf("SET memory_limit='%d bytes'", memory)); err != nil {
		return err
	}
	return d.exec("SET lock_configuration=true")
}

func (d *duck) exec(sql string, args ...driver.NamedValue) error {
	_, err := d.conn.(driver.ExecerContext).ExecContext(context.Background(), sql, args)
	if err != nil {
		return fmt.Errorf("%.200s: %w", sql, err)
	}
	return nil
}

// create makes an empty table with the types that its rows will have.
func (d *duck) create(t Table) error {
	return d.exec("CREATE TABLE " + t.path() + " AS " + t.selection("'[]'"))
}

// insert adds the rows of a batch. Its columns are JSON arrays, bound as values.
func (d *duck) insert(t Table, b batch) error {
	if n := len(t.docs()); len(b.columns) != n {
		return fmt.Errorf("table %s: got a batch of %d columns, want %d", t.Name, len(b.columns), n)
	}
	args := make([]driver.NamedValue, len(b.columns))
	for i, c := range b.columns {
		args[i] = driver.NamedValue{Ordinal: i + 1, Value: string(c)}
	}
	return d.exec("INSERT INTO "+t.path()+" "+t.selection("?::VARCHAR"), args...)
}

func (t Table) path() string { return quoteName(t.Schema) + "." + quoteName(t.Name) }

// selection reads the docs, each of which is the given expression, into the table's columns.
func (t Table) selection(given string) string {
	var docs []string
	for _, n := range t.docs() {
		docs = append(docs, fmt.Sprintf("unnest(from_json_strict(%s, %s)) AS %s", given, quoteText(arrayOf(t.Docs[n])), doc(n)))
	}
	columns := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		columns[i] = c.Expr + " AS " + quoteName(c.Name)
	}
	return "SELECT " + strings.Join(columns, ", ") + " FROM (SELECT " + strings.Join(docs, ", ") + ")"
}

// arrayOf is the structure of a JSON array of a type, as from_json reads it.
func arrayOf(typ string) string {
	text := appendText([]byte{'['}, typ)
	return string(append(text, ']'))
}
