package query

import (
	"context"
	"database/sql/driver"
	"encoding/json"
	"regexp"
	"strconv"
	"strings"
)

// tree is a statement as DuckDB's parser wrote it down.
type tree struct {
	Error      bool            `json:"error"`
	Type       string          `json:"error_type"`
	Message    string          `json:"error_message"`
	Position   string          `json:"position"`
	Statements json.RawMessage `json:"statements"`
}

// tableFunctions are the functions that may stand for a table. All others are refused, whatever they are: most of
// them read files, settings or the catalog.
var tableFunctions = map[string]bool{
	"range": true, "generate_series": true, "unnest": true, "json_each": true, "json_tree": true, "repeat": true, "repeat_row": true,
	"generate_subscripts": true,
}

// reading is what a SELECT reads.
type reading struct {
	tables  []tableRef
	names   map[string]bool // that columns may have, in lower case
	alone   map[string]bool // those that stand without a table's name
	whole   bool            // all columns are meant
	shows   bool            // it lists tables
	refused *Error
	ctes    map[string]bool
}

type tableRef struct {
	space, name, alias string
	position           int
}

// parse has DuckDB's parser say what sql is, and returns what it reads. The text is a bound value here: nothing of it is
// run. An error is an *Error unless DuckDB itself failed.
func parse(conn driver.Conn, sql string) (*reading, error) {
	rows, err := conn.(driver.QueryerContext).QueryContext(context.Background(), "SELECT json_serialize_sql(?::VARCHAR)::VARCHAR",
		[]driver.NamedValue{{Ordinal: 1, Value: sql}})
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	row := make([]driver.Value, 1)
	if err := rows.Next(row); err != nil {
		return nil, err
	}
	text, _ := row[0].(string)
	var t tree
	if err := json.Unmarshal([]byte(text), &t); err != nil {
		return nil, err
	}
	return t.reading()
}

func (t *tree) reading() (*reading, error) {
	if t.Error {
		return nil, t.problem()
	}
	var statements []any
	if err := json.Unmarshal(t.Statements, &statements); err != nil {
		return nil, err
	}
	if len(statements) != 1 {
		return nil, refuse(-1, "got %d statements, want one SELECT", len(statements))
	}
	r := &reading{names: map[string]bool{}, alone: map[string]bool{}, ctes: map[string]bool{}}
	r.given(statements)
	r.walk(statements)
	if r.refused != nil {
		return nil, r.refused
	}
	for _, t := range r.tables {
		r.whole = r.whole || r.alone[strings.ToLower(t.name)] || r.alone[strings.ToLower(t.alias)] // a row as a value
	}
	return r, nil
}

func (t *tree) problem() *Error {
	if t.Type == "not implemented" {
		return refuse(-1, "only one SELECT is answered here (%s)", t.Message)
	}
	position, err := strconv.Atoi(t.Position)
	if err != nil {
		position = -1
	}
	return refuse(position, "%s", t.Message)
}

// given finds the names that WITH gives: they are no tables of ours.
func (r *reading) given(node any) {
	switch n := node.(type) {
	case []any:
		for _, v := range n {
			r.given(v)
		}
	case map[string]any:
		if ctes, ok := n["cte_map"].(map[string]any); ok {
			for _, e := range list(ctes["map"]) {
				if entry, ok := e.(map[string]any); ok {
					r.ctes[strings.ToLower(text(entry["key"]))] = true
				}
			}
		}
		if name := text(n["cte_name"]); name != "" {
			r.ctes[strings.ToLower(name)] = true
		}
		for _, v := range n {
			r.given(v)
		}
	}
}

// walk visits every node for the tables and table functions in it.
func (r *reading) walk(node any) {
	switch n := node.(type) {
	case []any:
		for _, v := range n {
			r.walk(v)
		}
	case map[string]any:
		r.visit(n)
		for _, v := range n {
			r.walk(v)
		}
	}
}

func (r *reading) visit(n map[string]any) {
	at := position(n["query_location"])
	switch text(n["type"]) {
	case "BASE_TABLE":
		space, name := text(n["schema_name"]), text(n["table_name"])
		if space == "" && r.ctes[strings.ToLower(name)] {
			return
		}
		r.tables = append(r.tables, tableRef{space, name, text(n["alias"]), at})
		r.whole = r.whole || len(list(n["column_name_alias"])) > 0
	case "COLUMN_REF":
		r.mention(n["column_names"])
		if parts := list(n["column_names"]); len(parts) == 1 {
			r.alone[strings.ToLower(text(parts[0]))] = true
		}
	case "JOIN":
		r.mention(n["using_columns"])
		r.whole = r.whole || text(n["ref_type"]) == "NATURAL"
	case "STAR", "PIVOT", "POSITIONAL_REFERENCE":
		r.whole = true
	case "SHOW_REF":
		r.whole = true
		r.show(text(n["table_name"]), at)
	case "TABLE_FUNCTION":
		call, _ := n["function"].(map[string]any)
		if name := text(call["function_name"]); !tableFunctions[strings.ToLower(name)] {
			r.refused = refuse(at, "%s(...) is not allowed as a table", name)
		}
	}
}

// show notes what SHOW TABLES, DESCRIBE and SUMMARIZE ask for; name is quoted, or empty for a query.
func (r *reading) show(name string, at int) {
	parts := unquoted(name)
	last := len(parts) - 1
	switch {
	case last < 0:
	case last == 0 && (strings.EqualFold(parts[0], "tables") || parts[0] == "__show_tables_expanded"):
		r.shows = true
	case last == 0:
		r.tables = append(r.tables, tableRef{name: parts[0], position: at})
	default:
		r.tables = append(r.tables, tableRef{space: parts[last-1], name: parts[last], position: at})
	}
}

// unquoted returns the parts of a name such as "state"."trades".
func unquoted(name string) []string {
	var parts []string
	for _, part := range quoted.FindAllStringSubmatch(name, -1) {
		parts = append(parts, strings.ReplaceAll(part[1], `""`, `"`)+part[2])
	}
	return parts
}

var quoted = regexp.MustCompile(`"((?:[^"]|"")*)"|([^".]+)`)

// mention notes names that columns may have.
func (r *reading) mention(names any) {
	for _, name := range list(names) {
		r.names[strings.ToLower(text(name))] = true
	}
}

func list(v any) []any {
	all, _ := v.([]any)
	return all
}

func text(v any) string {
	s, _ := v.(string)
	return s
}

// position is a place in the SQL; the parser says "none" with the largest number there is.
func position(v any) int {
	if x, ok := v.(float64); ok && x < 1<<31 {
		return int(x)
	}
	return -1
}

// find returns the numbers of the tables that r reads, each once, and refuses names that are none.
func (r *reading) find(tables []Table) ([]int, error) {
	var all []string
	byName := map[string]int{}
	for i, t := range tables {
		name := t.Name
		if t.Schema != "main" {
			name = t.Schema + "." + t.Name
		}
		all = append(all, name)
		byName[strings.ToLower(t.Schema+"\x00"+t.Name)] = i
	}
	numbers, seen := []int{}, map[int]bool{}
	for _, ref := range r.tables {
		space := ref.space
		if space == "" {
			space = "main"
		}
		n, ok := byName[strings.ToLower(space+"\x00"+ref.name)]
		if !ok {
			return nil, refuse(ref.position, "no table %s (there are: %s)", ref.written(), strings.Join(all, ", "))
		}
		if !seen[n] {
			seen[n] = true
			numbers = append(numbers, n)
		}
	}
	return numbers, nil
}

func (t tableRef) written() string {
	if t.space == "" {
		return strconv.Quote(t.name)
	}
	return strconv.Quote(t.space + "." + t.name)
}
