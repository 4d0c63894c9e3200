package replay

import (
	"bytes"
	"fmt"
	"math"
)

// cellKind is what all cells of a CSV column have in common, from narrow to wide.
type cellKind uint8

const (
	cellsEmpty cellKind = iota
	cellsInt
	cellsFloat
	cellsBool
	cellsObject // each is a JSON object
	cellsText
)

// column learns what the cells of one CSV column are.
type column struct {
	name string
	kind cellKind
}

// observe widens the kind of the column so that it covers cell.
func (c *column) observe(cell []byte) {
	if c.kind == cellsText || isMissing(cell) {
		return
	}
	switch k := kindOf(cell); {
	case c.kind == cellsEmpty || c.kind == k:
		c.kind = k
	case c.kind <= cellsFloat && k <= cellsFloat:
		c.kind = cellsFloat
	default:
		c.kind = cellsText
	}
}

func kindOf(cell []byte) cellKind {
	cell = trimBlanks(cell)
	if end, err := numberEnd(cell, 0); err == nil && end == len(cell) {
		if bytes.ContainsAny(cell, ".eE") {
			return cellsFloat
		}
		if v, ok := decimal(cell, 0); ok && v != math.MinInt64 {
			return cellsInt
		}
		return cellsText // more digits than an integer holds: kept as text rather than rounded
	}
	switch string(cell) {
	case "true", "false", "True", "False", "TRUE", "FALSE":
		return cellsBool
	}
	if cell[0] == '{' {
		if _, err := object(cell, []member{}); err == nil {
			return cellsObject
		}
	}
	return cellsText
}

// isMissing reports whether a cell holds no value, unless its column turns out to be text.
func isMissing(cell []byte) bool {
	switch string(trimBlanks(cell)) {
	case "", "NaN", "nan", "NA", "N/A", "null", "NULL", "None":
		return true
	}
	return false
}

// appendCell appends a cell as a JSON value, or reports that it holds none.
func (c *column) appendCell(dst, cell []byte) ([]byte, bool) {
	if c.kind == cellsText {
		return appendString(dst, cell), true
	}
	cell = trimBlanks(cell)
	if isMissing(cell) {
		return dst, false
	}
	switch c.kind {
	case cellsBool:
		return append(dst, bytes.ToLower(cell)...), true
	case cellsInt, cellsFloat, cellsObject:
		return append(dst, cell...), true
	default:
		return appendString(dst, cell), true
	}
}

// headerOf makes the columns of a file from its first row: names that are missing or repeat are made up, and if the
// row is no header (it has numbers or times in it) all are. It reports whether the row was one.
func headerOf(cells [][]byte) (columns []column, header bool) {
	header = true
	for _, cell := range cells {
		cell = trimBlanks(cell)
		if _, ok := parseISO(cell); ok || isNumber(cell) {
			header = false
		}
	}
	seen := map[string]bool{}
	for i, cell := range cells {
		name := string(trimBlanks(cell))
		if name == "" || !header {
			name = fmt.Sprintf("column_%d", i+1)
		}
		for n := 2; seen[name]; n++ {
			if next := fmt.Sprintf("%s_%d", name, n); !seen[next] {
				name = next
			}
		}
		seen[name] = true
		columns = append(columns, column{name: name})
	}
	return columns, header
}
