package tidy

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/token"
	"path"
	"slices"
)

const exportedMax = 60

// An exported is one exported name at package level, or an exported method of an exported type.
type exported struct {
	file   *File
	name   string
	method bool
	doc    bool
	pos    token.Pos
}

func exportedNames(t *Tree) []Finding {
	count := map[string]int{}
	for _, e := range allExported(t) {
		if !e.method {
			count[path.Dir(e.file.Path)]++
		}
	}
	var found []Finding
	for folder, n := range count {
		if n > exportedMax {
			found = append(found, Finding{folder, 0, fmt.Sprintf("exports %d names, want at most %d", n, exportedMax)})
		}
	}
	slices.SortFunc(found, func(a, b Finding) int { return cmp.Compare(a.Where, b.Where) })
	return found
}

func docComments(t *Tree) []Finding {
	var found []Finding
	explained := map[string]bool{}
	for _, f := range t.Sources() {
		folder := path.Dir(f.Path)
		explained[folder] = explained[folder] || f.AST.Doc != nil
	}
	for folder, ok := range explained {
		if !ok {
			found = append(found, Finding{folder, 0, "no file says what the package is for"})
		}
	}
	slices.SortFunc(found, func(a, b Finding) int { return cmp.Compare(a.Where, b.Where) })
	for _, e := range allExported(t) {
		if !e.doc {
			found = append(found, Finding{e.file.Path, t.Line(e.pos), e.name + " has no doc comment"})
		}
	}
	return found
}

func packageNames(t *Tree) []Finding {
	var found []Finding
	for _, f := range t.Sources() {
		switch name := f.AST.Name.Name; name {
		case "util", "utils", "common", "helpers", "helper", "types", "misc", "base":
			found = append(found, Finding{f.Path, 1, "package " + name + " says nothing; name what it holds"})
		}
	}
	return found
}

func allExported(t *Tree) []exported {
	var all []exported
	for _, f := range t.Sources() {
		for _, d := range f.AST.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				all = appendFunc(all, f, d)
			case *ast.GenDecl:
				all = appendGen(all, f, d)
			}
		}
	}
	return all
}

func appendFunc(all []exported, f *File, d *ast.FuncDecl) []exported {
	method := d.Recv != nil
	if !d.Name.IsExported() || method && !ast.IsExported(receiver(d.Recv.List[0].Type)) {
		return all
	}
	return append(all, exported{f, d.Name.Name, method, d.Doc != nil, d.Pos()})
}

func receiver(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.StarExpr:
		return receiver(e.X)
	case *ast.IndexExpr:
		return receiver(e.X)
	case *ast.IndexListExpr:
		return receiver(e.X)
	case *ast.Ident:
		return e.Name
	}
	return ""
}

// appendGen takes types, constants and variables; a comment on a group of constants explains all of them.
func appendGen(all []exported, f *File, d *ast.GenDecl) []exported {
	for _, spec := range d.Specs {
		switch s := spec.(type) {
		case *ast.TypeSpec:
			if s.Name.IsExported() {
				all = append(all, exported{f, s.Name.Name, false, d.Doc != nil || s.Doc != nil, s.Pos()})
			}
		case *ast.ValueSpec:
			for _, name := range s.Names {
				if name.IsExported() {
					all = append(all, exported{f, name.Name, false, d.Doc != nil || s.Doc != nil || s.Comment != nil, name.Pos()})
				}
			}
		}
	}
	return all
}
