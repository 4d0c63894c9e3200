package tui

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

func TestClean(t *testing.T) {
	for _, tc := range []struct{ name, in, want string }{
		{"plain", "price 10.5", "price 10.5"},
		{"colour", "\x1b[31mred\x1b[0m", "␛[31mred␛[0m"},
		{"title", "\x1b]0;owned\a", "␛]0;owned␇"},
		{"line ends", "a\r\nb\tc\x00", "a␍␊b␉c␀"},
		{"delete", "a\x7f", "a␡"},
		{"8-bit control", "a\u009b31m", `a\x9b31m`},
		{"bidi override", "a\u202eb", `a\u{202E}b`},
		{"zero width", "a\u200bb\ufeff", `a\u{200B}b\u{FEFF}`},
		{"line separator", "a\u2028", `a\u{2028}`},
		{"tag characters", "a\U000E0041", `a\u{E0041}`},
		{"broken UTF-8", "a\xffb", "a\ufffdb"},
		{"no-break space", "a\u00a0b", "a b"},
		{"wide", "漢字", "漢字"},
		{"variation selector", "❤\ufe0f", "❤"},
		{"accent", "e\u0301", "e\u0301"},
		{"accent first", "\u0301e", "e"},
		{"too many accents", "e" + strings.Repeat("\u0301", 9), "e" + strings.Repeat("\u0301", maxMarks)},
	} {
		if got := clean(tc.in); got != tc.want {
			t.Errorf("%s: got %q, want %q", tc.name, got, tc.want)
		}
	}
}

func TestCut(t *testing.T) {
	for _, tc := range []struct {
		in   string
		w    int
		want string
	}{
		{"price", 5, "price"},
		{"price", 4, "pri…"},
		{"price", 1, "…"},
		{"price", 0, ""},
		{"price", -1, ""},
		{"漢字", 4, "漢字"},
		{"漢字", 3, "漢…"},
		{"漢字漢", 4, "漢…"},
		{"漢", 1, "…"},
	} {
		if got := cut(tc.in, tc.w); got != tc.want {
			t.Errorf("cut(%q, %d): got %q, want %q", tc.in, tc.w, got, tc.want)
		}
	}
}

// Whatever comes in, nothing comes out that a terminal obeys, and it fits the cells it was given.
func FuzzClean(f *testing.F) {
	for _, s := range []string{"price", "\x1b[2J\x1b]52;c;AAAA\a", "\u202eevil", "漢字\xff", "e\u0301\u0301", "👩‍👩‍👧", "🇩🇪", "\u0600\u08e2", "ก็็็็"} {
		f.Add(s, 10)
	}
	f.Fuzz(func(t *testing.T, s string, w int) {
		got := clean(s)
		if !utf8.ValidString(got) {
			t.Errorf("clean(%q) = %q: not UTF-8", s, got)
		}
		for _, r := range got {
			if unicode.Is(unicode.C, r) {
				t.Errorf("clean(%q) = %q: holds %U", s, got, r)
			}
		}
		if again := clean(got); again != got {
			t.Errorf("clean(%q) = %q, and once more %q", s, got, again)
		}
		w = min(max(w, 0), 200)
		if n := ansi.StringWidth(cut(got, w)); n > w {
			t.Errorf("cut(%q, %d) takes %d cells", got, w, n)
		}
	})
}

func TestCountAndRate(t *testing.T) {
	for n, want := range map[uint64]string{0: "0", 999: "999", 1000: "1,000", 48211: "48,211", 1234567: "1,234,567", 1<<64 - 1: "18,446,744,073,709,551,615"} {
		if got := count(n); got != want {
			t.Errorf("count(%d): got %q, want %q", n, got, want)
		}
	}
	for r, want := range map[float64]string{0: "-", 0.04: "0.0/s", 1: "1.0/s", 9.96: "10/s", 12345: "12345/s", 99_999.6: "100k/s", 5e6: "5000k/s", 1e9: "1000M/s", 1e300: "9999M/s"} {
		if got := perSecond(r); got != want {
			t.Errorf("perSecond(%g): got %q, want %q", r, got, want)
		} else if len(got) > 7 {
			t.Errorf("perSecond(%g): %q is longer than its column", r, got)
		}
	}
}

func TestNeighbourWalksThroughAllSpeeds(t *testing.T) {
	all := speeds(10 * time.Minute)
	if got := fmt.Sprint(all); got != "[0.1 0.2 0.5 1 2 5 10 20 50 100 200 500 0]" {
		t.Errorf("10 minutes: got %s", got)
	}
	for i, x := range all {
		up, down := all[min(i+1, len(all)-1)], all[max(i-1, 0)]
		if got := neighbour(all, x, +1); got != up {
			t.Errorf("faster than %g: got %g, want %g", x, got, up)
		}
		if got := neighbour(all, x, -1); got != down {
			t.Errorf("slower than %g: got %g, want %g", x, got, down)
		}
	}
	if got := neighbour(all, 7, -1); got != 5 {
		t.Errorf("slower than 7: got %g, want 5", got)
	}
	if got := speeds(200 * 24 * time.Hour); got[len(got)-2] != 1e7 {
		t.Errorf("200 days: the greatest speed is %g, want 1e7", got[len(got)-2])
	}
	if got := speeds(0); len(got) != 8 {
		t.Errorf("no time at all: got %v", got)
	}
}
