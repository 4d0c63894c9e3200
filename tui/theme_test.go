package tui

import (
	"math"
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"

	"gw/client"
)

// Every colour must stand out from light and from dark ground by 3 to 1 (WCAG 2.1, 1.4.11).
func TestColoursAreReadableOnLightAndDark(t *testing.T) {
	grounds := map[string][3]float64{"black": {0, 0, 0}, "white": {255, 255, 255}, "dark grey": {30, 30, 30}}
	for name, c := range map[string]shade{"blue": blue, "green": green, "orange": orange, "red": red, "purple": purple, "teal": teal} {
		for ground, rgb := range grounds {
			if got := contrast(luminance(palette(c.index256)), luminance(rgb)); got < 3 {
				t.Errorf("%s (%d) on %s: contrast %.2f, want 3", name, c.index256, ground, got)
			}
		}
	}
}

// palette is the colour of an index in the 6x6x6 cube of the 256-colour palette.
func palette(i int) [3]float64 {
	level := func(n int) float64 { return float64([]int{0, 95, 135, 175, 215, 255}[n]) }
	i -= 16
	return [3]float64{level(i / 36), level(i / 6 % 6), level(i % 6)}
}

func luminance(rgb [3]float64) float64 {
	sum := 0.0
	for i, weight := range [3]float64{0.2126, 0.7152, 0.0722} {
		c := rgb[i] / 255
		if c <= 0.04045 {
			c /= 12.92
		} else {
			c = math.Pow((c+0.055)/1.055, 2.4)
		}
		sum += weight * c
	}
	return sum
}

func contrast(a, b float64) float64 { return (max(a, b) + 0.05) / (min(a, b) + 0.05) }

func TestLookFollowsTheTerminal(t *testing.T) {
	for _, tc := range []struct {
		profile colorprofile.Profile
		want    style
	}{
		{colorprofile.NoTTY, ""},
		{colorprofile.Ascii, "\x1b[1;7m"},
		{colorprofile.ANSI, "\x1b[1;7;34m"},
		{colorprofile.ANSI256, "\x1b[1;7;38;5;33m"},
		{colorprofile.TrueColor, "\x1b[1;7;38;5;33m"},
	} {
		if got := newTheme(tc.profile).badge; got != tc.want {
			t.Errorf("%s: got %q, want %q", tc.profile, got, tc.want)
		}
	}
}

func TestNoColor(t *testing.T) {
	x := marketHarness(t, 80, 24, Options{Environ: append(plainTerm, "NO_COLOR=1")})
	for _, keys := range []string{"", "down enter", "enter", "3"} {
		x.press(keys)
		screen := x.View()
		if strings.Contains(screen, "\x1b[3") || strings.Contains(screen, ";3") {
			t.Errorf("a colour on the screen: %q", screen)
		}
		if !strings.Contains(screen, "\x1b[1m") {
			t.Errorf("no bold text: %q", screen)
		}
	}
}

func TestStyledScreen(t *testing.T) {
	x := marketHarness(t, 80, 24, Options{})
	x.press("down")
	x.styled("channels")
	x.press("enter")
	x.fillTable()
	x.press("enter down")
	x.styled("tick")
}

// S08: nothing that a gateway sends reaches the terminal as a command.
func TestHostileGateway(t *testing.T) {
	const evil = "\x1b]0;owned\a\x1b[2J\r\n\u202e\u009b31m\u200d\x7f"
	x := newHarness(t, 80, 24, Options{Name: evil, Where: evil})
	x.d.describe([]client.Channel{{Name: "a" + evil, Kind: evil, Type: evil, Provided: true, Fields: []client.Field{{Name: "x" + evil}}}},
		client.Graph{Modules: []string{evil}, Channels: []client.GraphChannel{{Name: "a" + evil, Setters: []string{evil, "B"}, Getters: []string{evil, evil}, Feedback: []string{evil}}}})
	data := `[{"x\u001b]0;owned\u0007":"\u001b[31m\r\n\u202e\u009b","` + "\u202e" + `k":["\u001b[2J"]}]`
	status := replayStatus()
	status.Name = evil
	x.frame(client.Frame{Seq: 1, Status: status, Ticks: []client.Tick{{Channel: "a" + evil, Key: evil, N: 1, Data: []byte(data)}, {Channel: "a" + evil, Key: evil, N: 2, Data: []byte(evil)}}})
	for _, keys := range []string{"", "/ a", "enter enter", "enter", "enter", "esc esc", "3", "v", "?"} {
		x.press(keys)
		for _, line := range strings.Split(x.View(), "\n") {
			for _, part := range strings.Split(line, "\x1b")[1:] {
				if !strings.HasPrefix(part, "[") || strings.Trim(part[1:strings.IndexByte(part, 'm')], "0123456789;") != "" {
					t.Errorf("after %q: a sequence that is no style in %q", keys, line)
				}
			}
		}
		x.lines() // looks for control characters, too
	}
	x.d.lose(&client.APIError{Status: 500, Detail: evil}, 1e9)
	x.press("x")
	x.lines()
}
