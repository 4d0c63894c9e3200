package tui

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gw/client"
)

// The pictures of docs/tui.md are screens of this program, and docs/workbench.svg is one with its colours.
func TestDocsShowTheScreens(t *testing.T) {
	const path = "../docs/tui.md"
	live := marketHarness(t, 92, 16, Options{Where: "in-process"})
	live.status(func(s *client.Status) { s.Mode = "realtime" })
	live.press("down")
	rewrite(t, path, "channels", "```\n"+live.text()+"```\n")

	paused := marketHarness(t, 92, 16, Options{Where: "in-process"})
	paused.press("down enter")
	paused.fillTable()
	paused.status(func(s *client.Status) { s.State = "paused" })
	rewrite(t, path, "replay", "```\n"+paused.text()+"```\n")
}

func TestPictureOfTheWorkbench(t *testing.T) {
	const path = "../docs/workbench.svg"
	x := marketHarness(t, 104, 18, Options{Where: "in-process"})
	x.frame(client.Frame{Ticks: []client.Tick{tick("basket", "A", 20, 191*time.Second+250_000_000, `[{"id":"4","x":9,"y":"calm"}]`)}})
	x.press("down")
	want := svg(x.View(), x.width)
	if len(want) > 60_000 {
		t.Errorf("the picture has %d bytes, want at most 60,000", len(want))
	}
	if *update {
		if err := os.WriteFile(path, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Errorf("%s is stale; go test ./tui -update rewrites it", path)
	}
}

// rewrite compares the part of a page that is made from the program, and with -update writes it.
func rewrite(t *testing.T, path, part, want string) {
	t.Helper()
	begin, end := "<!-- "+part+": made by go test ./tui -update -->\n", "<!-- end of "+part+" -->\n"
	page, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok1 := strings.Cut(string(page), begin)
	got, after, ok2 := strings.Cut(rest, end)
	switch {
	case !ok1 || !ok2:
		t.Fatalf("%s: no place for %s", path, part)
	case *update:
		if err := os.WriteFile(path, []byte(before+begin+want+end+after), 0o644); err != nil {
			t.Fatal(err)
		}
	case got != want:
		t.Errorf("%s is stale; go test ./tui -update rewrites it (-page +program):\n%s", path, cmp.Diff(got, want))
	}
}
