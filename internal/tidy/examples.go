package tidy

import (
	"go/ast"
	"path"
	"slices"
	"strings"
)

// exampled lists the rooms whose every exported name is shown at work.
var exampled = []string{"engine", "engine/adapter", "engine/op", "engine/stats"}

// examples finds exported names of these rooms that no example of theirs uses. An example is what a file named example..._test.go holds. A type is
// used too where something that is used takes, returns or holds it.
func examples(t *Tree) []Finding {
	var found []Finding
	for _, room := range exampled {
		used := map[string]bool{}
		for _, f := range t.Files {
			if path.Dir(f.Path) == room && f.Test && strings.HasPrefix(path.Base(f.Path), "example") {
				for _, name := range identifiers(f.AST) {
					used[name] = true
				}
			}
		}
		all := slices.DeleteFunc(allExported(t), func(e exported) bool { return path.Dir(e.file.Path) != room })
		reach(used, t, room)
		for _, e := range all {
			if !used[e.name] && e.name != "Error" { // of the interface error, called by whoever prints one
				found = append(found, Finding{e.file.Path, t.Line(e.pos), e.name + " is in no example of " + room})
			}
		}
	}
	return found
}

// reach adds the types that used names take, return or hold, until there are no more.
func reach(used map[string]bool, t *Tree, room string) {
	for more := true; more; {
		more = false
		for _, f := range t.Sources() {
			if path.Dir(f.Path) != room {
				continue
			}
			for _, name := range mentioned(f.AST, used) {
				more = more || !used[name]
				used[name] = true
			}
		}
	}
}

// mentioned lists the names that the declarations of used functions, constants and fields mention.
func mentioned(f *ast.File, used map[string]bool) (names []string) {
	for _, d := range f.Decls {
		if fn, ok := d.(*ast.FuncDecl); ok && used[fn.Name.Name] {
			names = append(names, identifiers(fn.Type)...)
			if fn.Recv != nil {
				names = append(names, identifiers(fn.Recv)...)
			}
			continue
		}
		gen, ok := d.(*ast.GenDecl)
		if !ok {
			continue
		}
		for _, spec := range gen.Specs {
			switch s := spec.(type) {
			case *ast.ValueSpec:
				if s.Type != nil && slices.ContainsFunc(s.Names, func(id *ast.Ident) bool { return used[id.Name] }) {
					names = append(names, identifiers(s.Type)...)
				}
			case *ast.TypeSpec:
				names = append(names, held(s, used)...)
			}
		}
	}
	return names
}

// held lists what the used fields of a type, and its bounds if it is used, mention.
func held(s *ast.TypeSpec, used map[string]bool) (names []string) {
	if s.TypeParams != nil && used[s.Name.Name] {
		names = identifiers(s.TypeParams)
	}
	fields, ok := s.Type.(*ast.StructType)
	if !ok {
		return names
	}
	for _, field := range fields.Fields.List {
		if slices.ContainsFunc(field.Names, func(id *ast.Ident) bool { return used[id.Name] }) {
			names = append(names, identifiers(field.Type)...)
		}
	}
	return names
}

// identifiers lists every name in n.
func identifiers(n ast.Node) (names []string) {
	ast.Inspect(n, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			names = append(names, id.Name)
		}
		return true
	})
	return names
}
