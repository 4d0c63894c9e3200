package cli_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gw/cli"
	"gw/examples/omnibus"
	"gw/gateway"
	"gw/httpapi"
)

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// pages are README.md, CONTRIBUTING.md and everything in docs, by path.
func pages(t *testing.T) map[string]string {
	t.Helper()
	paths, err := filepath.Glob("../docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, path := range append(paths, "../README.md", "../CONTRIBUTING.md") {
		all[path] = read(t, path)
	}
	return all
}

// commands are the lines of all sh blocks that call a program.
func commands(t *testing.T, program string) []string {
	t.Helper()
	var lines []string
	for _, text := range pages(t) {
		for _, block := range regexp.MustCompile("(?ms)^```sh\n(.*?)^```").FindAllStringSubmatch(text, -1) {
			for line := range strings.Lines(block[1]) {
				if line = strings.TrimSpace(line); strings.HasPrefix(line, program+" ") {
					lines = append(lines, line)
				}
			}
		}
	}
	if len(lines) == 0 {
		t.Fatalf("no page has a %s command in a sh block", program)
	}
	slices.Sort(lines)
	return slices.Compact(lines)
}

func help(t *testing.T, topic ...string) string {
	t.Helper()
	var b bytes.Buffer
	if code := cli.Run(append([]string{"gw", "help"}, topic...), nil, &b, &b, omnibus.New(omnibus.Options{})); code != 0 {
		t.Fatalf("gw help %q: exit code %d", topic, code)
	}
	return b.String()
}

func TestPagesShowTheHelpThereIs(t *testing.T) {
	all := help(t)
	shown := "```\n" + all + "```\n\n"
	for _, m := range regexp.MustCompile(`(?m)^  (\w+)  `).FindAllStringSubmatch(all, -1) {
		if m[1] != "help" {
			shown += "```\n" + help(t, m[1]) + "```\n\n"
		}
	}
	const page, begin, end = "../docs/cli.md", "<!-- help: made by go test ./cli -update -->\n", "<!-- end of help -->"
	text := read(t, page)
	head, rest, found := strings.Cut(text, begin)
	_, tail, closed := strings.Cut(rest, end)
	if !found || !closed {
		t.Fatalf("%s: the lines %q and %q are missing", page, begin, end)
	}
	want := head + begin + "\n" + shown + end + tail
	if *update {
		if err := os.WriteFile(page, []byte(want), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(want, text); diff != "" {
		t.Errorf("%s is stale; run go test ./cli -update (-want +got):\n%s", page, diff)
	}
}

func TestEveryCommandOfThePagesRunsInAScript(t *testing.T) {
	scripts, err := filepath.Glob("testdata/script/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	run := map[string]bool{}
	for _, path := range scripts {
		for line := range strings.Lines(read(t, path)) {
			if command, ok := strings.CutPrefix(strings.TrimSpace(line), "exec "); ok {
				run[command] = true
			}
		}
	}
	for _, line := range commands(t, "gw") {
		if !run[line] {
			t.Errorf("%q stands in a page and in no script; add `exec %s` to one under testdata/script", line, line)
		}
	}
}

func TestEveryMakeTargetOfThePagesExists(t *testing.T) {
	makefile := read(t, "../Makefile")
	for _, line := range commands(t, "make") {
		if target := strings.Fields(line)[1]; !strings.Contains(makefile, "\n"+target+":") {
			t.Errorf("%q: the Makefile has no target %s", line, target)
		}
	}
	readme := read(t, "../README.md")
	for _, must := range []string{"make run\n", "make test\n", `make run ARGS="replay FILE"`} {
		if !strings.Contains(readme, must) {
			t.Errorf("README.md does not say %q", must)
		}
	}
	if n := strings.Count(readme, "\n"); n > 100 {
		t.Errorf("README.md has %d lines, want at most 100", n)
	}
}

func TestEveryCallOfThePagesIsAnswered(t *testing.T) {
	g := omnibus.New(omnibus.Options{Interval: 1e6})
	go func() { _ = g.Run(t.Context(), gateway.RunConfig{Realtime: true}) }()
	select {
	case <-g.Ready():
	case <-g.Done():
		t.Fatal("the omnibus ended before it was ready")
	}
	server := httptest.NewServer(httpapi.New(g, httpapi.Config{}))
	defer server.Close()
	call := regexp.MustCompile(`^curl (?:--json '([^']*)' )?http://127\.0\.0\.1:8000(/\S*)$`)
	for _, line := range commands(t, "curl") {
		m := call.FindStringSubmatch(line)
		if m == nil {
			t.Errorf("%q: want curl [--json 'BODY'] http://127.0.0.1:8000/PATH", line)
			continue
		}
		answer, err := request(server.Client(), server.URL+m[2], m[1])
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if answer.StatusCode != http.StatusOK {
			t.Errorf("%q: got %s", line, answer.Status)
		}
	}
}

func request(c *http.Client, url, body string) (*http.Response, error) {
	if body == "" {
		return c.Get(url)
	}
	return c.Post(url, "application/json", strings.NewReader(body))
}

// noLink is what looks like a link in a page and is none.
var noLink = regexp.MustCompile("(?s)\n```.*?\n```|`[^`\n]*`")

func TestEveryLinkOfThePagesLeadsToAFile(t *testing.T) {
	for path, text := range pages(t) {
		for _, m := range regexp.MustCompile(`\]\(([^)#]+)`).FindAllStringSubmatch(noLink.ReplaceAllString(text, "code"), -1) {
			if strings.Contains(m[1], "://") {
				continue
			}
			if _, err := os.Stat(filepath.Join(filepath.Dir(path), m[1])); err != nil {
				t.Errorf("%s: the link to %s leads nowhere", path, m[1])
			}
		}
	}
}

func TestEveryDependencyHasItsReason(t *testing.T) {
	var web struct{ Dependencies, DevDependencies map[string]string }
	if err := json.Unmarshal([]byte(read(t, "../web/package.json")), &web); err != nil {
		t.Fatal(err)
	}
	direct := append(slices.Collect(maps.Keys(web.Dependencies)), slices.Collect(maps.Keys(web.DevDependencies))...)
	known := slices.Clone(direct)
	for _, m := range regexp.MustCompile(`(?m)^\t(\S+) v\S+( // indirect)?$`).FindAllStringSubmatch(read(t, "../go.mod"), -1) {
		known = append(known, m[1])
		if m[2] == "" {
			direct = append(direct, m[1])
		}
	}
	row := regexp.MustCompile(`(?m)^\| ([^ |]+) \| [^|]+ \| [^|]+ \|$`)
	var listed []string
	for _, m := range row.FindAllStringSubmatch(read(t, "../docs/dependencies.md"), -1) {
		if !slices.Contains([]string{"module", "package", "---"}, m[1]) {
			listed = append(listed, m[1])
		}
	}
	for _, name := range direct {
		if !slices.Contains(listed, name) {
			t.Errorf("docs/dependencies.md: %s is missing; add a row `| %s | what for | why this one |`", name, name)
		}
	}
	for _, name := range listed {
		if !slices.Contains(known, name) {
			t.Errorf("docs/dependencies.md: %s stands neither in go.mod nor in web/package.json; delete its row", name)
		}
	}
}
