package tui

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"

	"gw/client"
)

var update = flag.Bool("update", false, "rewrite the golden files and the key list of docs/tui.md")

// harness is a workbench without terminal and network: a test presses keys, feeds frames, sets the clock and reads the screen.
type harness struct {
	*model
	t    testing.TB
	src  *fakeSource
	feed *fakeFeed
	wall time.Time
	quit bool
}

// fakeSource answers control requests from a list of errors and remembers them.
type fakeSource struct {
	source
	asked  []string
	answer error
	status client.Status
}

func (s *fakeSource) Control(_ context.Context, a client.Action) (client.Status, error) {
	body, err := json.Marshal(a)
	s.asked = append(s.asked, string(body))
	return s.status, errors.Join(err, s.answer)
}

// fakeFeed remembers what the pages asked for.
type fakeFeed struct {
	watches []client.WatchOptions
	held    bool
}

func (f *fakeFeed) watch(o client.WatchOptions) { f.watches = append(f.watches, o) }
func (f *fakeFeed) hold(on bool)                { f.held = on }

var plainTerm = []string{"TERM=xterm-256color", "TTY_FORCE=1"}

func newHarness(t testing.TB, w, h int, o Options) *harness {
	if o.Environ == nil {
		o.Environ = plainTerm
	}
	o.Output = &strings.Builder{}
	x := &harness{t: t, src: &fakeSource{}, feed: &fakeFeed{}, wall: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}
	x.model = newModel(t.Context(), x.src, newData(func() time.Time { return x.wall }), x.feed, o)
	x.Init()
	x.send(tea.WindowSizeMsg{Width: w, Height: h})
	return x
}

// send gives the program a message and runs what it answers, except what waits.
func (x *harness) send(msg tea.Msg) {
	x.t.Helper()
	_, cmd := x.Update(msg)
	x.View() // Bubble Tea draws after each message
	if cmd == nil {
		return
	}
	switch msg.(type) {
	case changedMsg, idleMsg:
		return
	}
	switch answer := cmd().(type) {
	case tea.QuitMsg:
		x.quit = true
	case nil:
	default:
		x.send(answer)
	}
}

// press presses keys, named as Bubble Tea does, with blanks between them.
func (x *harness) press(keys string) {
	x.t.Helper()
	named := map[string]tea.KeyType{
		"enter": tea.KeyEnter, "esc": tea.KeyEsc, "tab": tea.KeyTab, "up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft,
		"right": tea.KeyRight, "space": tea.KeySpace, "ctrl+c": tea.KeyCtrlC, "ctrl+d": tea.KeyCtrlD, "ctrl+u": tea.KeyCtrlU, "pgup": tea.KeyPgUp,
		"pgdown": tea.KeyPgDown, "backspace": tea.KeyBackspace, "shift+tab": tea.KeyShiftTab, "home": tea.KeyHome, "end": tea.KeyEnd,
	}
	for _, k := range strings.Fields(keys) {
		msg := tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(k)}
		if kind, ok := named[k]; ok {
			msg = tea.KeyMsg{Type: kind}
			if kind == tea.KeySpace {
				msg.Runes = []rune{' '}
			}
		}
		x.send(msg)
	}
}

// lines is the screen without styles. Each line must fit, and nothing may be left of an escape sequence.
func (x *harness) lines() []string {
	x.t.Helper()
	text := ansi.Strip(x.View())
	out := strings.Split(text, "\n")
	if len(out) != x.height {
		x.t.Errorf("the screen has %d lines, want %d", len(out), x.height)
	}
	for i, line := range out {
		if w := ansi.StringWidth(line); w > x.width {
			x.t.Errorf("line %d takes %d cells, the screen has %d: %q", i, w, x.width, line)
		}
		if strings.ContainsFunc(line, func(r rune) bool { return r < 0x20 || r >= 0x7f && r < 0xa0 }) {
			x.t.Errorf("line %d holds a control character: %q", i, line)
		}
		out[i] = strings.TrimRight(line, " ")
	}
	return out
}

func (x *harness) text() string { return strings.Join(x.lines(), "\n") + "\n" }

// golden compares the screen with a file.
func (x *harness) golden(name string) {
	x.t.Helper()
	goldenText(x.t, fmt.Sprintf("%s_%dx%d", name, x.width, x.height), x.text())
}

// styled compares the screen with its styles, escape characters shown as ␛.
func (x *harness) styled(name string) {
	x.t.Helper()
	goldenText(x.t, fmt.Sprintf("%s_%dx%d.styled", name, x.width, x.height), strings.ReplaceAll(x.View(), "\x1b", "␛")+"\n")
}

func goldenText(t testing.TB, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v; go test ./tui -update writes it", err)
	}
	if d := cmp.Diff(string(want), got); d != "" {
		t.Errorf("%s (-want +got):\n%s\nscreen:\n%s", path, d, got)
	}
}

// wants fails unless the screen holds each text.
func (x *harness) wants(texts ...string) {
	x.t.Helper()
	screen := x.text()
	for _, text := range texts {
		if !strings.Contains(screen, text) {
			x.t.Errorf("want %q on the screen:\n%s", text, screen)
		}
	}
}

func (x *harness) asked(want ...string) {
	x.t.Helper()
	if d := cmp.Diff(want, x.src.asked); d != "" {
		x.t.Errorf("control requests (-want +got):\n%s", d)
	}
	x.src.asked = nil
}
