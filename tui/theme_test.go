package tui

import (
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"

	"gw/client"
)

// Every colour must stand out from its own ground by 4.5 to 1 (WCAG 2.1, 1.4.3), and still by 2 to 1 where the
// terminal's ground was taken for the other one.
func TestColoursAreReadableOnLightAndDark(t *testing.T) {
	dark, light, selected := [3]float64{30, 30, 30}, [3]float64{255, 255, 255}, cube(238)
	c := palette()
	for name, c := range map[string]shade{"blue": c.blue, "green": c.green, "orange": c.orange, "red": c.red, "purple": c.purple, "teal": c.teal} {
		for _, tc := range []struct {
			index  string
			ground [3]float64
			want   float64
		}{
			{c.dark, dark, 4.5}, {c.dark, light, 2}, {c.dark, selected, 2.5},
			{c.light, light, 4.5}, {c.light, dark, 2}, {c.light, cube(253), 3},
		} {
			n, err := strconv.Atoi(tc.index)
			if err != nil {
				t.Fatal(err)
			}
			if got := contrast(luminance(cube(n)), luminance(tc.ground)); got < tc.want {
				t.Errorf("%s (%d) on %v: contrast %.2f, want %g", name, n, tc.ground, got, tc.want)
			}
		}
	}
}

// cube is the colour of an index in the 256-colour palette, from 16 on.
func cube(i int) [3]float64 {
	if i >= 232 {
		grey := float64(8 + 10*(i-232))
		return [3]float64{grey, grey, grey}
	}
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
		profile            colorprofile.Profile
		title, light, bold style
		selected           style
	}{
		{colorprofile.NoTTY, "", "", "", ""},
		{colorprofile.Ascii, "\x1b[1m", "\x1b[1m", "\x1b[1m", "\x1b[7m"},
		{colorprofile.ANSI, "\x1b[1;94m", "\x1b[1;34m", "\x1b[1m", "\x1b[7m"},
		{colorprofile.ANSI256, "\x1b[1;38;5;75m", "\x1b[1;38;5;26m", "\x1b[1m", "\x1b[38;5;255;48;5;238m"},
		{colorprofile.TrueColor, "\x1b[1;38;5;75m", "\x1b[1;38;5;26m", "\x1b[1m", "\x1b[38;5;255;48;5;238m"},
	} {
		dark, light := newTheme(tc.profile, true), newTheme(tc.profile, false)
		if dark.title != tc.title || light.title != tc.light || dark.bold != tc.bold || dark.selected != tc.selected {
			t.Errorf("%s: got %q, %q, %q, %q", tc.profile, dark.title, light.title, dark.bold, dark.selected)
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

// TestS08NothingOfAGatewayIsACommandOfTheTerminal shows names, values and errors full of escape sequences.
func TestS08NothingOfAGatewayIsACommandOfTheTerminal(t *testing.T) {
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
