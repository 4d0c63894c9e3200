package tui

import (
	"io"
	"strings"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"
)

// theme holds the looks. They are lipgloss styles, resolved once for what the terminal can show: thirty screens a
// second, each with a thousand pieces, only write the sequences that came out.
type theme struct {
	bold, faint         style
	accent, good, warn  style // coloured text
	title, number, text style
	word                style // times and JSON's words
	selected            style // the line under the cursor
	border              style

	plain, soft, strong, key, note, wrong brush // text of the bars
	tab, tabOn                            brush
	badges                                [moods]brush
	played, head                          brush // the replay's track

	box lipgloss.Style // what lies over a page
}

// style is the escape sequence that turns a look on; empty means plain text.
type style string

const reset = "\x1b[0m"

// brush is a style of the chrome: a look with so many blanks on both sides.
type brush struct {
	on      style
	padding int
}

// render gives clean text its look.
func (b brush) render(text string) string {
	text = pad(b.padding) + text + pad(b.padding)
	if b.on == "" {
		return text
	}
	return string(b.on) + text + reset
}

// mood is how much attention the gateway's mode wants.
type mood uint8

const (
	calm mood = iota
	wary
	upset
	over
	moods
)

// shade is a colour for dark and for light ground, as indices into the palettes of 256 and of 16 colours.
type shade struct{ dark, light, dark16, light16 string }

// inks are the colours of text. Each stands out from its own ground by 4.5 to 1, and by 2 to 1 from the other, since a
// terminal may not tell which ground it has.
type inks struct{ blue, green, orange, red, purple, teal shade }

func palette() inks {
	return inks{
		blue:   shade{"75", "26", "12", "4"},
		green:  shade{"71", "28", "2", "2"},
		orange: shade{"172", "130", "3", "3"},
		red:    shade{"203", "160", "9", "1"},
		purple: shade{"140", "97", "13", "5"},
		teal:   shade{"37", "23", "6", "6"},
	}
}

// color is the shade as lipgloss takes it.
func (s shade) color() lipgloss.TerminalColor {
	one := func(index256, index16 string) lipgloss.CompleteColor {
		return lipgloss.CompleteColor{TrueColor: index256, ANSI256: index256, ANSI: index16}
	}
	return lipgloss.CompleteAdaptiveColor{Dark: one(s.dark, s.dark16), Light: one(s.light, s.light16)}
}

// studio makes styles for one terminal.
type studio struct {
	*lipgloss.Renderer
	profile colorprofile.Profile
}

func newStudio(p colorprofile.Profile, dark bool) studio {
	r := lipgloss.NewRenderer(io.Discard)
	r.SetHasDarkBackground(dark)
	switch {
	case p < colorprofile.Ascii:
		r.SetColorProfile(termenv.Ascii) // which has no attributes either
	case p < colorprofile.ANSI256:
		r.SetColorProfile(termenv.ANSI)
	case p < colorprofile.TrueColor:
		r.SetColorProfile(termenv.ANSI256)
	default:
		r.SetColorProfile(termenv.TrueColor)
	}
	return studio{r, p}
}

// ink gives text a colour, where there are any.
func (s studio) ink(c shade) lipgloss.Style {
	if s.profile < colorprofile.ANSI {
		return s.NewStyle()
	}
	return s.NewStyle().Foreground(c.color())
}

// badge is text on a coloured ground.
func (s studio) badge(c shade) lipgloss.Style {
	return s.ink(c).Bold(true).Reverse(true).Padding(0, 1)
}

// selection is the look of the line under the cursor: a quiet ground of its own, with text that suits it even on a
// terminal whose ground was taken for the other one.
func (s studio) selection() lipgloss.Style {
	if s.profile < colorprofile.ANSI256 {
		return s.NewStyle().Reverse(true)
	}
	return s.NewStyle().
		Foreground(shade{"255", "234", "", ""}.color()).
		Background(shade{"238", "253", "", ""}.color())
}

// newTheme resolves the looks for a terminal's colours and ground.
func newTheme(p colorprofile.Profile, dark bool) theme {
	s, c := newStudio(p, dark), palette()
	bold, faint := s.NewStyle().Bold(true), s.NewStyle().Faint(true)
	return theme{
		bold: code(bold), faint: code(faint), title: code(s.ink(c.blue).Bold(true)),
		accent: code(s.ink(c.blue)), good: code(s.ink(c.green)), warn: code(s.ink(c.orange)),
		number: code(s.ink(c.purple)), text: code(s.ink(c.green)), word: code(s.ink(c.teal)),
		selected: code(s.selection()), border: code(faint),

		soft: dip(faint), strong: dip(bold),
		key: dip(s.ink(c.blue).Bold(true)), note: dip(s.ink(c.green)), wrong: dip(s.ink(c.red).Bold(true)),
		tab: dip(faint.Padding(0, 1)), tabOn: dip(s.selection().Bold(true).Padding(0, 1)),
		badges: [moods]brush{calm: dip(s.badge(c.blue)), wary: dip(s.badge(c.orange)), upset: dip(s.badge(c.red)), over: dip(s.badge(c.purple))},
		played: dip(s.ink(c.blue)), head: dip(s.ink(c.blue).Bold(true)),
		box: s.NewStyle().Border(lipgloss.RoundedBorder()).BorderForeground(borderColor(s, c)).Padding(0, 1),
	}
}

// dip makes a brush of a style.
func dip(s lipgloss.Style) brush { return brush{code(s.UnsetPadding()), s.GetPaddingLeft()} }

func borderColor(s studio, c inks) lipgloss.TerminalColor {
	if s.profile < colorprofile.ANSI {
		return lipgloss.NoColor{}
	}
	return c.blue.color()
}

// code is the sequence that a style begins with.
func code(s lipgloss.Style) style {
	before, _, _ := strings.Cut(s.Render("x"), "x")
	return style(before)
}
