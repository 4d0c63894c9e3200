package gateway_test

import (
	"os"
	"strings"
	"testing"
)

// What the pages show as Go is taken from the example, which is compiled and run.
func TestPagesQuoteTheExample(t *testing.T) {
	code, err := os.ReadFile("example_test.go")
	if err != nil {
		t.Fatal(err)
	}
	var flat []string
	for line := range strings.Lines(string(code)) {
		flat = append(flat, strings.TrimSpace(line))
	}
	example := strings.Join(flat, "\n")
	for _, name := range []string{"channels", "state", "staging"} {
		page, err := os.ReadFile("../docs/" + name + ".md")
		if err != nil {
			t.Fatal(err)
		}
		quotes := strings.Split(string(page), "```go\n")[1:]
		if len(quotes) == 0 {
			t.Errorf("docs/%s.md shows no code", name)
		}
		for _, quote := range quotes {
			quote, _, _ = strings.Cut(quote, "```")
			for line := range strings.Lines(quote) {
				if line = strings.TrimSpace(line); !strings.Contains(example, line) {
					t.Errorf("docs/%s.md: this line is not in example_test.go: %s", name, line)
				}
			}
		}
	}
}
