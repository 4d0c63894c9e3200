package config

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"reflect"
	"strings"
)

// descriptions are the doc comments of the structs of a package: by TYPE, and by TYPE.FIELD.
type descriptions map[string]string

// describe reads the comments of Go files. Files that are no Go, and tests, count for nothing.
func describe(source fs.FS) descriptions {
	all := descriptions{}
	if source == nil {
		return all
	}
	names, _ := fs.Glob(source, "*.go")
	for _, name := range names {
		data, err := fs.ReadFile(source, name)
		if err != nil || strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, data, parser.ParseComments|parser.SkipObjectResolution)
		if err == nil {
			all.file(file)
		}
	}
	return all
}

func (d descriptions) file(file *ast.File) {
	for _, decl := range file.Decls {
		group, ok := decl.(*ast.GenDecl)
		if !ok {
			continue
		}
		for _, spec := range group.Specs {
			t, ok := spec.(*ast.TypeSpec)
			if !ok {
				continue
			}
			doc := t.Doc
			if doc == nil {
				doc = group.Doc
			}
			d[t.Name.Name] = oneParagraph(doc.Text())
			if s, ok := t.Type.(*ast.StructType); ok {
				d.fields(t.Name.Name, s)
			}
		}
	}
}

func (d descriptions) fields(typeName string, s *ast.StructType) {
	for _, f := range s.Fields.List {
		text := f.Doc.Text()
		if text == "" {
			text = f.Comment.Text()
		}
		for _, name := range f.Names {
			d[typeName+"."+name.Name] = oneParagraph(text)
		}
	}
}

// oneParagraph joins lines; paragraphs stay apart.
func oneParagraph(s string) string {
	var paragraphs []string
	for p := range strings.SplitSeq(strings.TrimSpace(s), "\n\n") {
		paragraphs = append(paragraphs, strings.Join(strings.Fields(p), " "))
	}
	return strings.Join(paragraphs, "\n\n")
}

// of is the description of a type of the package.
func (d descriptions) of(rt reflect.Type) string { return d[rt.Name()] }

// option is the description of an option; the field may be one of an embedded struct.
func (d descriptions) option(rt reflect.Type, o option) string {
	return d[o.owner(rt).Name()+"."+o.field.Name]
}

// owner is the struct that an option of rt is a field of: rt, or one that is embedded in it.
func (o option) owner(rt reflect.Type) reflect.Type {
	for _, i := range o.field.Index[:len(o.field.Index)-1] {
		rt = rt.Field(i).Type
	}
	return rt
}
