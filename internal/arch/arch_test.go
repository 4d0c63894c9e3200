package arch

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"
)

const root = "../.."

func realImports(t *testing.T) map[string][]string {
	t.Helper()
	imports, err := Imports(root)
	if err != nil {
		t.Fatal(err)
	}
	for room := range imports {
		if room == "internal/arch" || room == "internal/tidy" {
			delete(imports, room)
		}
	}
	return imports
}

func TestImportsGoOnlyDownward(t *testing.T) {
	imports := realImports(t)
	var standing []string
	for _, room := range Rooms() {
		for _, known := range room.Knows {
			if !slices.Contains(standing, known) {
				t.Errorf("the table lets %s know %s, which does not stand below it", room.Path, known)
			}
		}
		standing = append(standing, room.Path)
		for _, target := range imports[room.Path] {
			if !slices.Contains(room.Knows, target) {
				t.Errorf("%s imports %s: %s", room.Path, target, room.Why)
			}
		}
	}
	for room := range imports {
		if !slices.Contains(standing, room) {
			t.Errorf("%s has Go files but no line in the table of rooms.go; give it one with a reason, or move the code", room)
		}
	}
}

func TestEveryRoomOfTheTableHasCode(t *testing.T) {
	imports := realImports(t)
	for _, room := range Rooms() {
		if _, ok := imports[room.Path]; !ok {
			t.Errorf("%s stands in the table of rooms.go but has no Go file", room.Path)
		}
	}
}

func TestPictureShowsTheRealImports(t *testing.T) {
	page, err := os.ReadFile(root + "/docs/architecture.md")
	if err != nil {
		t.Fatal(err)
	}
	arrows := Arrows(string(page))
	if len(arrows) == 0 {
		t.Fatal("docs/architecture.md has no mermaid picture with arrows")
	}
	imports := realImports(t)
	for _, a := range arrows {
		if !slices.Contains(imports[a.From], a.To) {
			t.Errorf("the picture draws %s --> %s, but %s does not import %s", a.From, a.To, a.From, a.To)
		}
	}
	for from, targets := range imports {
		for _, to := range targets {
			if !Reachable(arrows, from, to) {
				t.Errorf("%s imports %s, but the picture has no way from one to the other", from, to)
			}
		}
	}
}

func TestArrowsReadsNodesWithAndWithoutLabels(t *testing.T) {
	page := "text\n```mermaid\ngraph TD\n  a_b[\"a label\"] --> c\n  c --> d[x]\n  e\n```\nmore --> text\n"
	got := Arrows(page)
	want := []Arrow{{"a/b", "c"}, {"c", "d"}}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if !Reachable(got, "a/b", "d") || Reachable(got, "d", "a/b") {
		t.Error("d is reachable from a/b and not the other way round")
	}
}

// step is a row of the page's table of a tick's way: what happens, in which rooms, in which files of them.
var step = regexp.MustCompile("(?m)^\\| [^|]+ \\| (`[^|]+`) \\| (`[^|]+`) \\|$")

func TestWayOfATickNamesRealFiles(t *testing.T) {
	page, err := os.ReadFile(root + "/docs/architecture.md")
	if err != nil {
		t.Fatal(err)
	}
	quoted := regexp.MustCompile("`([^`]+)`")
	steps := step.FindAllStringSubmatch(string(page), -1)
	if len(steps) < 8 {
		t.Fatalf("got %d steps of a tick's way, want the whole table", len(steps))
	}
	for _, s := range steps {
		for _, file := range quoted.FindAllStringSubmatch(s[2], -1) {
			there := slices.ContainsFunc(quoted.FindAllStringSubmatch(s[1], -1), func(room []string) bool {
				_, err := os.Stat(filepath.Join(root, room[1], file[1]))
				return err == nil
			})
			if !there {
				t.Errorf("docs/architecture.md: %s has no file %s", s[1], file[1])
			}
		}
	}
}
