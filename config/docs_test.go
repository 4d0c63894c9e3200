package config_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"gw/config"
)

// TestEveryExampleOfThePageLoads writes the blocks of docs/configuration.md, each under the name in its first line, and
// checks those that are whole.
func TestEveryExampleOfThePageLoads(t *testing.T) {
	page, err := os.ReadFile("../docs/configuration.md")
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	var whole []string
	for _, block := range regexp.MustCompile("(?ms)^```yaml\n# (\\S+)\n(.*?)^```").FindAllStringSubmatch(string(page), -1) {
		name, text := block[1], block[2]
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(name, "/") {
			whole = append(whole, name)
		}
	}
	if strings.Count(string(page), "```yaml") != 6 || len(whole) != 4 {
		t.Fatalf("got %v as whole examples, want 4 of 6 blocks, each with its name in the first line", whole)
	}
	for _, name := range whole {
		c, err := load(config.Source{Name: name})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		app, err := c.App()
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if err := app.Gateway.Build(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
