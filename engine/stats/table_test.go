package stats_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// docs/operators.md names every exported function, so that a reader who knows csp finds it.
func TestEveryFunctionIsInTheTableForThoseWhoKnowCsp(t *testing.T) {
	page, err := os.ReadFile("../../docs/operators.md")
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range files {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || fn.Recv != nil || !fn.Name.IsExported() {
				continue
			}
			if !regexp.MustCompile("`(stats\\.)?" + fn.Name.Name + "[`(]").Match(page) {
				t.Errorf("docs/operators.md does not name %s of %s", fn.Name.Name, path)
			}
		}
	}
}
