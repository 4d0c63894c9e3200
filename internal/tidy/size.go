package tidy

import (
	"fmt"
	"go/ast"
	"slices"
)

// The figures were taken from the code bases that read best: half of their files and functions are no longer than this.
const (
	fileMedian, fileP95, fileMax             = 120, 400, 700
	functionMedian, functionP95, functionMax = 10, 50, 100
)

func fileSize(t *Tree) []Finding {
	var found []Finding
	var sizes []int
	for _, f := range t.Sources() {
		sizes = append(sizes, f.Lines)
		if f.Lines > fileMax {
			found = append(found, Finding{f.Path, 0, fmt.Sprintf("%d lines, want at most %d", f.Lines, fileMax)})
		}
	}
	return append(found, spread("files", sizes, fileMedian, fileP95)...)
}

func functionSize(t *Tree) []Finding {
	var found []Finding
	var sizes []int
	for _, f := range t.Sources() {
		for _, d := range f.AST.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || fn.Body == nil {
				continue
			}
			size := t.Line(fn.Body.Rbrace) - t.Line(fn.Body.Lbrace)
			sizes = append(sizes, size)
			if size > functionMax {
				what := fmt.Sprintf("%s has %d lines, want at most %d", fn.Name.Name, size, functionMax)
				found = append(found, Finding{f.Path, t.Line(fn.Pos()), what})
			}
		}
	}
	return append(found, spread("functions", sizes, functionMedian, functionP95)...)
}

func spread(what string, sizes []int, median, p95 int) []Finding {
	if len(sizes) == 0 {
		return nil
	}
	slices.Sort(sizes)
	var found []Finding
	if got := sizes[len(sizes)/2]; got > median {
		found = append(found, Finding{"all " + what, 0, fmt.Sprintf("the median is %d lines, want at most %d", got, median)})
	}
	if got := sizes[len(sizes)*95/100]; got > p95 {
		found = append(found, Finding{"all " + what, 0, fmt.Sprintf("one in twenty has more than %d lines, want at most %d", got, p95)})
	}
	return found
}
