package gatewaytest_test

import (
	"os"
	"strings"
	"testing"
)

func TestPageQuotesTheExample(t *testing.T) {
	page, err := os.ReadFile("../../docs/testing.md")
	if err != nil {
		t.Fatal(err)
	}
	code, err := os.ReadFile("example_test.go")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(page), "```go\n")
	quoted, _, found := strings.Cut(rest, "```\n")
	if !found || !strings.Contains(string(code), quoted) {
		t.Errorf("docs/testing.md shows code that is not in example_test.go:\n%s", quoted)
	}
}
