package tui

import (
	"strconv"

	"github.com/charmbracelet/colorprofile"
)

// style is the escape sequence that turns a look on; empty means plain text.
type style string

const reset = "\x1b[0m"

// theme holds the looks, resolved once for what the terminal can show.
type theme struct {
	bold, faint, reverse     style
	accent, good, warn, bad  style // coloured text
	title, tab, badge, alert style // chrome: page title, tab on screen, mode, mode that wants attention
	number, text, word       style // JSON values
}

// shade is a colour of the 256-colour palette with its neighbour among the 16. All are of middle brightness: each
// stands out from black and from white by at least 3 to 1.
type shade struct{ index256, index16 int }

var (
	blue   = shade{33, 4}
	green  = shade{64, 2}
	orange = shade{166, 3}
	red    = shade{160, 1}
	purple = shade{133, 5}
	teal   = shade{30, 6}
)

func newTheme(p colorprofile.Profile) theme {
	if p < colorprofile.Ascii {
		return theme{}
	}
	s := func(c shade, attributes ...int) style { return look(p, &c, attributes...) }
	return theme{
		bold: look(p, nil, 1), faint: look(p, nil, 2), reverse: look(p, nil, 7),
		accent: s(blue), good: s(green), warn: s(orange), bad: s(red, 1),
		title: s(blue, 1), tab: look(p, nil, 1, 7), badge: s(blue, 1, 7), alert: s(orange, 1, 7),
		number: s(purple), text: s(green), word: s(teal),
	}
}

// look makes the sequence of attributes and, if the terminal has colours, of a colour.
func look(p colorprofile.Profile, c *shade, attributes ...int) style {
	seq := "\x1b["
	for i, a := range attributes {
		if i > 0 {
			seq += ";"
		}
		seq += strconv.Itoa(a)
	}
	colour := ""
	switch {
	case c == nil || p < colorprofile.ANSI:
	case p < colorprofile.ANSI256:
		colour = strconv.Itoa(30 + c.index16)
	default:
		colour = "38;5;" + strconv.Itoa(c.index256)
	}
	if colour == "" && len(attributes) == 0 {
		return ""
	}
	if colour != "" && len(attributes) > 0 {
		seq += ";"
	}
	return style(seq + colour + "m")
}
