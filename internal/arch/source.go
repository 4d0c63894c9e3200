package arch

import (
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

const module = "gw/"

// Imports reads the tree below root and returns, by package folder, which other packages of the module its non-test
// files import, sorted. A file that does not parse is an error with its position.
func Imports(root string) (map[string][]string, error) {
	found := map[string][]string{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			return skipFolder(d.Name())
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		rel, err := filepath.Rel(root, filepath.Dir(path))
		if err != nil {
			return err
		}
		return addImports(found, filepath.ToSlash(rel), path)
	})
	if err != nil {
		return nil, fmt.Errorf("reading the imports below %s: %w", root, err)
	}
	for room := range found {
		slices.Sort(found[room])
		found[room] = slices.Compact(found[room])
	}
	return found, nil
}

func skipFolder(name string) error {
	if name == "node_modules" || name == "testdata" || len(name) > 1 && name[0] == '.' && name != ".." {
		return filepath.SkipDir
	}
	return nil
}

func addImports(found map[string][]string, room, path string) error {
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
	if err != nil {
		return err
	}
	found[room] = append(found[room], []string{}...)
	for _, spec := range file.Imports {
		target, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return err
		}
		if inside, ok := strings.CutPrefix(target, module); ok {
			found[room] = append(found[room], inside)
		}
	}
	return nil
}
