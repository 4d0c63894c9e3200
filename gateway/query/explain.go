package query

import (
	"regexp"
	"strconv"
	"strings"
)

// excerpt is how DuckDB shows a place: "LINE 2: ...text of the line..." and a caret below.
var excerpt = regexp.MustCompile(`(?s)\n+LINE (\d+): ([^\n]*)\n( *)\^.*$`)

// explained turns what DuckDB says of a query into an Error: without names of ours, and with the place as a number.
func explained(err error, sql string) *Error {
	msg := strings.TrimPrefix(err.Error(), "duckdb_execute_prepared_arrow: ")
	if strings.Contains(msg, "Out of Memory Error") || strings.Contains(msg, "bad allocation") || strings.Contains(msg, "std::bad_alloc") {
		return fail(TooLarge, "the query needs more memory than it may have")
	}
	at := excerpt.FindStringSubmatch(msg)
	if at == nil {
		return refuse(-1, "%s", strings.TrimSpace(msg))
	}
	line, _ := strconv.Atoi(at[1])
	msg = strings.TrimSpace(strings.TrimSuffix(msg, at[0]))
	return refuse(place(sql, line, at[2], len(at[3])-len("LINE : ")-len(at[1])), "%s", msg)
}

// place finds byte col of what is shown of a line in sql.
func place(sql string, line int, shown string, col int) int {
	lines := strings.SplitAfter(sql, "\n")
	if line < 1 || line > len(lines) {
		return -1
	}
	whole := lines[line-1]
	part := shown
	if !strings.Contains(whole, part) {
		cut := strings.TrimPrefix(part, "...")
		col -= len(part) - len(cut)
		part = strings.TrimSuffix(cut, "...")
	}
	at := strings.Index(whole, part)
	if at < 0 || col < 0 || at+col > len(whole) {
		return -1
	}
	return len(strings.Join(lines[:line-1], "")) + at + col
}

// outOfMemory recognises the last words of a process that could not get memory.
func outOfMemory(complaint string) bool {
	for _, words := range []string{"out of memory", "cannot allocate", "bad_alloc", "failed to create new OS thread", "runtime: failed"} {
		if strings.Contains(complaint, words) {
			return true
		}
	}
	return false
}
