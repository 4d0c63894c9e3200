package tidy

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// A File is one parsed Go file of the tree.
type File struct {
	Path  string // relative to the root, with slashes
	Test  bool
	Lines int
	Text  string
	AST   *ast.File
}

// A Tree is every Go file below a folder, read once.
type Tree struct {
	Fset  *token.FileSet
	Files []*File
}

// Read parses every Go file below root, except in testdata, node_modules and hidden folders. A file that does not
// parse is an error with its position.
func Read(root string) (*Tree, error) {
	tree := &Tree{Fset: token.NewFileSet()}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch name := d.Name(); {
		case err != nil:
			return err
		case d.IsDir():
			if name == "testdata" || name == "node_modules" || len(name) > 1 && name[0] == '.' && name != ".." {
				return filepath.SkipDir
			}
			return nil
		case !strings.HasSuffix(name, ".go"):
			return nil
		}
		rel, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return tree.Add(filepath.ToSlash(rel), string(text))
	})
	if err != nil {
		return nil, fmt.Errorf("reading the source below %s: %w", root, err)
	}
	return tree, nil
}

// Add parses one file into the tree.
func (t *Tree) Add(path, text string) error {
	file, err := parser.ParseFile(t.Fset, path, text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	t.Files = append(t.Files, &File{
		Path:  path,
		Test:  strings.HasSuffix(path, "_test.go"),
		Lines: strings.Count(text, "\n"),
		Text:  text,
		AST:   file,
	})
	return nil
}

// Sources returns the files that are not tests.
func (t *Tree) Sources() []*File {
	var sources []*File
	for _, f := range t.Files {
		if !f.Test {
			sources = append(sources, f)
		}
	}
	return sources
}

// Line returns the line of a position.
func (t *Tree) Line(pos token.Pos) int { return t.Fset.Position(pos).Line }
