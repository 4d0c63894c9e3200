package cli

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/urfave/cli/v2"
)

// skeletons are the projects that init writes: yaml and go. Go files end in .txt, so that they are no code here.
//
//go:embed all:skeleton
var skeletons embed.FS

func (p *program) initCommand() *cli.Command {
	return &cli.Command{
		Name:  "init",
		Usage: "write a small project that runs at once",
		Description: `Writes into DIR, which must be new or empty, a gateway in YAML: a source, an operator, a sink. With
--go it is a Go program with the same channels, to be started with go run.`,
		ArgsUsage: "DIR [--go]",
		Flags:     []cli.Flag{switchFlag("go", "write a program in Go instead of YAML")},
		Action: func(c *cli.Context) error {
			if c.NArg() != 1 {
				return usage("such as "+p.name+" init mygateway", "init: got %d folders, want one", c.NArg())
			}
			return p.initialize(c.Args().First(), c.Bool("go"))
		},
	}
}

func (p *program) initialize(dir string, inGo bool) error {
	if entries, err := os.ReadDir(dir); err == nil && len(entries) > 0 {
		return usage("name a new folder", "%s: is not empty", clip(dir))
	} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return usage("name a new folder", "%w", err)
	}
	kind, next := "yaml", fmt.Sprintf("%s run %s", p.name, dir)
	if inGo {
		kind, next = "go", fmt.Sprintf("cd %s && go run . run", dir)
	}
	files, err := fs.Sub(skeletons, "skeleton/"+kind)
	if err != nil {
		return err
	}
	if err := writeSkeleton(files, dir); err != nil {
		return usage("name a folder that may be written", "%w", err)
	}
	fmt.Fprintf(p.stdout, "%s: written; start it with: %s\n", dir, next)
	return nil
}

// writeSkeleton copies files, and fills in the name of the project and where gw's source is.
func writeSkeleton(files fs.FS, dir string) error {
	fill := strings.NewReplacer("NAME", projectName(dir), "GW_SOURCE", sourceFolder())
	return fs.WalkDir(files, ".", func(name string, e fs.DirEntry, err error) error {
		to := filepath.Join(dir, strings.TrimSuffix(name, ".txt"))
		if err != nil {
			return err
		}
		if e.IsDir() {
			return os.MkdirAll(to, 0o755)
		}
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		return os.WriteFile(to, []byte(fill.Replace(string(text))), 0o644)
	})
}

// projectName is a name that a Go module may have.
func projectName(dir string) string {
	full, err := filepath.Abs(dir)
	if err != nil {
		full = dir
	}
	name := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '_' || r == '-' {
			return r
		}
		return -1
	}, strings.ToLower(filepath.Base(full)))
	if name == "" || name == "gw" || name == "main" {
		return "mygateway"
	}
	return name
}

// sourceFolder is where this program was built from, if that is still there: gw is no module that a proxy has.
func sourceFolder() string {
	_, file, _, ok := runtime.Caller(0)
	root := filepath.Dir(filepath.Dir(file))
	if _, err := os.Stat(filepath.Join(root, "go.mod")); ok && err == nil {
		return root
	}
	return "../gw"
}
