package engine_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestExamplesOfThePageAreRun holds the code in docs/engine.md to the examples of these rooms, and what stands below it to what they print.
func TestExamplesOfThePageAreRun(t *testing.T) {
	page, examples := read(t, "../docs/engine.md"), ""
	for _, pattern := range []string{"example*_test.go", "*/example*_test.go"} {
		files, err := filepath.Glob(pattern)
		must(t, err)
		for _, path := range files {
			examples += flat(read(t, path)) + "\n"
		}
	}
	blocks := regexp.MustCompile("(?s)```go\n(.*?)```(?:\n\n```text\n(.*?)```)?").FindAllStringSubmatch(page, -1)
	if len(blocks) < 22 {
		t.Errorf("got %d blocks of code, want an example for each idea", len(blocks))
	}
	for _, b := range blocks {
		want := flat(b[1])
		if b[2] != "" {
			want += "\n// Output:\n// " + strings.ReplaceAll(strings.TrimRight(b[2], "\n"), "\n", "\n// ")
		}
		if !strings.Contains(examples, flat(want)) {
			t.Errorf("no example has\n%s%s", b[1], b[2])
		}
	}
}

// TestTableForThoseWhoKnowCspIsTrue looks up each gw name in the table of docs/engine.md.
func TestTableForThoseWhoKnowCspIsTrue(t *testing.T) {
	_, table, _ := strings.Cut(read(t, "../docs/engine.md"), "| csp | gw")
	code := ""
	for _, pattern := range []string{"*.go", "adapter/*.go"} {
		files, err := filepath.Glob(pattern)
		must(t, err)
		for _, path := range files {
			if !strings.HasSuffix(path, "_test.go") {
				code += read(t, path)
			}
		}
	}
	rows := 0
	for row := range strings.Lines(table) {
		cells := strings.Split(row, "|")
		if len(cells) != 5 {
			continue
		}
		for _, m := range regexp.MustCompile("`([A-Za-z.]+)`").FindAllStringSubmatch(cells[2]+cells[3], -1) {
			rows++
			name := m[1][strings.LastIndex(m[1], ".")+1:]
			if !regexp.MustCompile(`(?m)^(func|type)[^\n]*\b`+name+`\b|^\t`+name+`\b`).MatchString(code) && !strings.Contains("Tick Start Stop allow_deviation", name) {
				t.Errorf("%s: the engine has no %s", strings.TrimSpace(cells[1]), m[1])
			}
		}
	}
	if rows < 50 {
		t.Errorf("got %d names, want the whole table", rows)
	}
}

func read(t *testing.T, path string) string {
	text, err := os.ReadFile(path)
	must(t, err)
	return string(text)
}

// flat is text without what indents its lines, and without space at their ends.
func flat(text string) string {
	lines := strings.Split(text, "\n")
	for i := range lines {
		lines[i] = strings.TrimSpace(lines[i])
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}
