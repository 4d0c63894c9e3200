package tui

import "testing"

func TestGroundIsWhatTheTerminalSays(t *testing.T) {
	for answer, want := range map[string]string{
		"\x1b]11;rgb:0000/0000/0000\x1b\\\x1b[?62c": "dark",
		"\x1b]11;rgb:ffff/ffff/ffff\a\x1b[?62c":     "light",
		"\x1b]11;rgb:fd/f6/e3\x1b\\":                "light",
		"\x1b]11;rgb:2828/2a2a/3636\x1b\\\x1b[?6c":  "dark",
		"\x1b]11;rgb:0000/ffff/0000\x1b\\":          "light",
		"\x1b[?62c":                                 "unknown",
		"\x1b]11;rgb:ffff/ffff":                     "unknown",
		"\x1b]11;rgb:ff/ff\x1b\\":                   "unknown",
		"\x1b]11;rgb:x/y/z\x1b\\":                   "unknown",
		"\x1b]11;rgb:fffff/0/0\x1b":                 "unknown",
		"":                                          "unknown",
	} {
		dark, ok := groundOf([]byte(answer))
		got := map[bool]string{true: "dark", false: "light"}[dark]
		if !ok {
			got = "unknown"
		}
		if got != want {
			t.Errorf("answer %q: got %s, want %s", answer, got, want)
		}
	}
}

func TestGroundIsDarkUnlessTheEnvironmentSaysOtherwise(t *testing.T) {
	for value, want := range map[string]bool{"": true, "15;0": true, "0;15": false, "0;default;15": false, "0;7": false, "7;8": true, "x": true} {
		if got := darkByEnviron([]string{"TERM=xterm", "COLORFGBG=" + value}); got != want {
			t.Errorf("COLORFGBG=%q: got dark %v, want %v", value, got, want)
		}
	}
}

func FuzzGround(f *testing.F) {
	f.Add([]byte("\x1b]11;rgb:ffff/ffff/ffff\a\x1b[?62c"))
	f.Fuzz(func(t *testing.T, answer []byte) {
		if dark, ok := groundOf(answer); dark && !ok {
			t.Errorf("answer %q: dark without being known", answer)
		}
	})
}
