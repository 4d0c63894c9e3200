package tui

import (
	"errors"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/google/go-cmp/cmp"

	"gw/client"
)

func TestReplayKeysAskTheGateway(t *testing.T) {
	x := marketHarness(t, 80, 24, Options{})
	x.src.status = replayStatus()
	x.press("space . [ ]")
	x.asked(`{"action":"pause"}`, `{"action":"step","cycles":1}`, `{"action":"speed","speed":5}`, `{"action":"speed","speed":20}`)
	x.src.status.State, x.src.status.Speed = "paused", 0
	x.frame(client.Frame{Status: x.src.status})
	x.press("space ] [")
	x.asked(`{"action":"resume"}`, `{"action":"speed","speed":500}`)
	x.status(func(s *client.Status) { s.State = "ended" })
	x.press("space")
	x.wants("the run has ended", "ENDED")
	x.press(". ]")
	x.wants("the replay has ended")
	x.asked()
}

func TestControlAnswerIsShownAtOnce(t *testing.T) {
	x := marketHarness(t, 80, 24, Options{})
	x.src.status = replayStatus()
	x.src.status.State = "paused"
	x.press("space")
	x.wants("PAUSED ‖")
	x.src.answer = &client.APIError{Status: 409, Detail: "not a replay"}
	x.press(".")
	x.wants("not a replay")
	x.press("down")
	if screen := x.text(); strings.Contains(screen, "not a replay") {
		t.Errorf("the message outlives the next key:\n%s", screen)
	}
}

func TestSpaceFreezesTheScreenInRealTime(t *testing.T) {
	x := marketHarness(t, 80, 24, Options{})
	x.status(func(s *client.Status) { s.Mode, s.End = "realtime", time.Time{} })
	x.wants("REALTIME")
	x.press("space .")
	x.wants("VIEW PAUSED ‖")
	if !x.feed.held {
		t.Error("the feed still takes frames")
	}
	x.press("3")
	if x.feed.held {
		t.Error("the feed is still held on another page")
	}
	x.asked()
}

func TestQuit(t *testing.T) {
	for _, tc := range []struct {
		name string
		own  bool
		over bool
		keys string
		quit bool
		text string
	}{
		{"a gateway elsewhere", false, false, "q", true, ""},
		{"running here asks", true, false, "q", false, "quit and stop the gateway?"},
		{"yes", true, false, "q y", true, ""},
		{"q again", true, false, "q q", true, ""},
		{"no", true, false, "q n", false, "the gateway goes on"},
		{"ended here", true, true, "q", true, ""},
		{"ctrl-c at once", true, false, "ctrl+c", true, ""},
		{"ctrl-c at the question", true, false, "q ctrl+c", true, ""},
		{"ctrl-c in the filter", true, false, "/ ctrl+c", true, ""},
		{"q in the filter is a letter", true, false, "/ q", false, "/q"},
		{"q in help closes help", true, false, "? q", false, "CHANNEL"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			x := marketHarness(t, 80, 24, Options{StopsGateway: tc.own})
			if tc.over {
				x.status(func(s *client.Status) { s.State = "ended" })
			}
			x.press(tc.keys)
			if x.quit != tc.quit {
				t.Errorf("quit %t, want %t", x.quit, tc.quit)
			}
			x.wants(tc.text)
		})
	}
}

func TestOneWatchAPage(t *testing.T) {
	x := marketHarness(t, 80, 24, Options{})
	x.press("3 1 tab 2 1 2 3")
	all := client.WatchOptions{Channels: []string{"*"}, History: 1}
	one := client.WatchOptions{Channels: []string{"ethusdt_bookTicker"}, Every: true, History: 1000}
	if d := cmp.Diff([]client.WatchOptions{all, one, all, one, all}, x.feed.watches); d != "" {
		t.Error(d)
	}
}

func TestFilterFollowsEachKey(t *testing.T) {
	x := marketHarness(t, 80, 24, Options{})
	x.press("/ t r a backspace a d e enter")
	if got := x.channels.names; len(got) != 1 || got[0] != "ethusdt_trade" {
		t.Errorf("got %q", got)
	}
	x.press("esc")
	if got := x.channels.names; len(got) != 6 {
		t.Errorf("after esc: got %q", got)
	}
	x.press("/ z z")
	x.wants("no channel matches /zz")
	x.press("esc")
	if got := x.channels.names; len(got) != 6 {
		t.Errorf("after esc in the prompt: got %q", got)
	}
}

func TestKeysTypedFastComeTogether(t *testing.T) {
	x := marketHarness(t, 80, 24, Options{})
	x.send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("jjj/bask")})
	x.wants("/bask")
	if got := x.channels.names; len(got) != 1 {
		t.Errorf("got %q", got)
	}
	x.press("esc")
	x.send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("q3"), Paste: true})
	if x.quit || x.page != channelsPage {
		t.Error("pasted text was taken for commands")
	}
	x.press("/")
	x.send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("tr\x1bade"), Paste: true})
	x.wants("/tr␛ade")
}

func TestCursorStaysOnItsChannelWhenTheOrderChanges(t *testing.T) {
	x := marketHarness(t, 80, 24, Options{})
	x.press("down down s")
	if x.channels.at != "ethusdt_depth_100ms" {
		t.Errorf("cursor on %q", x.channels.at)
	}
	if got := x.channels.names[x.channels.cursor]; got != x.channels.at {
		t.Errorf("cursor line holds %q, want %q", got, x.channels.at)
	}
	x.press("G k g S")
	if got := x.channels.names[0]; got != "never_ticks" {
		t.Errorf("turned order begins with %q", got)
	}
}

func TestTableFollowsUntilTheCursorMoves(t *testing.T) {
	x := marketHarness(t, 80, 24, Options{})
	x.press("down enter")
	x.fillTable()
	x.press("k k")
	at := x.table.cursorRow
	x.frame(client.Frame{Ticks: []client.Tick{trade(8410), trade(8411)}})
	x.View()
	if x.table.follow || x.table.cursorRow != at {
		t.Errorf("follow %t, cursor on row %d, want %d", x.table.follow, x.table.cursorRow, at)
	}
	x.press("G")
	x.frame(client.Frame{Ticks: []client.Tick{trade(8412)}})
	x.View()
	if r := x.d.rows; !x.table.follow || x.table.cursorRow != r.number(r.len()-1) {
		t.Errorf("G: follow %t, cursor on row %d of %d", x.table.follow, x.table.cursorRow, r.len())
	}
	x.press("o")
	x.wants("newest first")
	if x.table.cursor != 0 {
		t.Errorf("newest first: cursor on line %d", x.table.cursor)
	}
	x.press("enter esc")
	if !x.table.follow {
		t.Error("a look into the tick ended following")
	}
	x.press("enter n")
	x.wants("no more ticks here")
	x.press("N N")
	x.wants("tick 8,410")
	x.press("esc f f")
	x.golden("table_newest_first")
}

func TestCopyGoesToTheClipboard(t *testing.T) {
	x := marketHarness(t, 80, 24, Options{})
	var got []string
	x.copy = func(s string) error { got = append(got, s); return nil }
	x.press("down down enter")
	x.fillTable()
	x.press("y")
	x.wants("copied 48 bytes")
	x.press("enter down down y")
	want := []string{`{"side":"a","price":{"value":2677.7},"size":2.5}`, `{"value":2677.7}`}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	x.copy = func(string) error { return errors.New("no terminal") }
	x.press("y")
	x.wants("copy: no terminal")
}

func TestLostGatewayIsSaidAndGivenUp(t *testing.T) {
	x := marketHarness(t, 80, 24, Options{})
	gone := &client.UnreachableError{URL: "http://h:1", Err: errors.New("no route")}
	if !x.d.lose(gone, 10*time.Second) {
		t.Fatal("gave up at once")
	}
	x.send(changedMsg{})
	x.wants("LOST", "trying again: http://h:1: no route")
	x.frame(client.Frame{Seq: 1, Snapshot: true})
	x.wants("REPLAY ×10")
	x.d.lose(gone, 10*time.Second)
	x.wall = x.wall.Add(10 * time.Second)
	if x.d.lose(gone, 10*time.Second) {
		t.Fatal("did not give up")
	}
	if _, cmd := x.Update(changedMsg{}); cmd == nil || cmd() != tea.Quit() {
		t.Error("the program goes on")
	}
	if err := x.d.fatalError(); err == nil || err.Error() != "the gateway is gone: http://h:1: no route" {
		t.Errorf("got %v", err)
	}
}

func TestKeysAreClearOnEachPage(t *testing.T) {
	for _, where := range []scope{onChannels, onTable, onGraph, onTick} {
		seen := map[string]string{}
		for _, b := range bindings() {
			if !b.applies(where | onReplay) {
				continue
			}
			for _, k := range b.keys {
				if other, ok := seen[k]; ok {
					t.Errorf("scope %b: key %q means %q and %q", where, k, other, b.help)
				}
				seen[k] = b.help
			}
		}
	}
}

func TestDocsListTheKeys(t *testing.T) { rewrite(t, "../docs/tui.md", "keys", keyTables()) }

// keyTables is every key as Markdown, a table a place.
func keyTables() string {
	var b strings.Builder
	for _, place := range []struct {
		title string
		fits  func(scope) bool
	}{
		{"Everywhere", func(s scope) bool { return s&onPages == onPages }},
		{"Channels", func(s scope) bool { return s&onChannels != 0 }},
		{"Table", func(s scope) bool { return s&onTable != 0 }},
		{"Tick", func(s scope) bool { return s&onTick != 0 }},
		{"Graph", func(s scope) bool { return s&onGraph != 0 }},
	} {
		b.WriteString("\n### " + place.title + "\n\n| key | does |\n| --- | --- |\n")
		for _, k := range bindings() {
			everywhere := k.scope&onPages == onPages
			if !place.fits(k.scope) || everywhere != (place.title == "Everywhere") {
				continue
			}
			help := k.help
			if k.scope&onReplay != 0 {
				help += " (replay)"
			}
			b.WriteString("| `" + strings.ReplaceAll(k.show, " ", "` `") + "` | " + help + " |\n")
		}
	}
	return b.String() + "\n"
}
