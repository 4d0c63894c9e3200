package tui

import (
	"testing"
	"time"

	"gw/client"
)

func TestMomentOf(t *testing.T) {
	now := time.Date(2024, 8, 9, 12, 30, 0, 0, time.UTC)
	for text, want := range map[string]string{
		"12:31":                "2024-08-09T12:31:00Z",
		"12:30:00.5":           "2024-08-09T12:30:00.5Z",
		"12:30:00":             "2024-08-10T12:30:00Z",
		"09:00":                "2024-08-10T09:00:00Z",
		"2024-08-10":           "2024-08-10T00:00:00Z",
		"2024-08-09 12:30":     "2024-08-09T12:30:00Z",
		"2024-08-09T12:40:01Z": "2024-08-09T12:40:01Z",
		"+90s":                 "2024-08-09T12:31:30Z",
		"+1h30m":               "2024-08-09T14:00:00Z",
		"+0s":                  "", "-5s": "", "+": "", "soon": "", "": "", "25:00": "", "2024-13-01": "",
	} {
		got, ok := momentOf(text, now)
		if ok != (want != "") || ok && got.Format(time.RFC3339Nano) != want {
			t.Errorf("%q: got %v, %t, want %q", text, got, ok, want)
		}
	}
}

func TestRunUntilATime(t *testing.T) {
	x := marketHarness(t, 80, 24, Options{})
	x.src.status = replayStatus()
	x.press("t")
	x.wants("run until ", "+90s")
	x.press("0 0 : 0 5 enter")
	x.asked(`{"action":"until","until":"2024-08-09T00:05:00Z"}`)
	x.press("t 2 0 2 3 - 0 1 - 0 1 enter")
	x.wants("a replay only goes on")
	x.press("t s o o n enter")
	x.wants("run until soon: want a time such as")
	x.press("t 1 esc t enter")
	x.asked()
	x.status(func(s *client.Status) { s.State = "ended" })
	x.press("t")
	x.wants("the replay has ended")
}
