package tui

import (
	"fmt"
	"html"
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Measures of the picture, in its own units.
const (
	cellWidth  = 8.4
	lineHeight = 17
	margin     = 14
)

// ink is the look of a run of cells.
type ink struct {
	fore, back           string
	bold, faint, reverse bool
}

// svg draws a styled screen as a picture of a dark terminal.
func svg(screen string, columns int) string {
	lines := strings.Split(screen, "\n")
	w, h := cellWidth*float64(columns)+2*margin, float64(lineHeight*len(lines)+2*margin)
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %.0f %.0f" width="%.0f" height="%.0f" role="img" aria-label="the workbench of gw">`+"\n", w, h, w, h)
	b.WriteString(`<style>text{font:14px ui-monospace,"DejaVu Sans Mono",Menlo,Consolas,monospace;white-space:pre;fill:#d4d4d4}.b{font-weight:bold}.f{fill-opacity:.55}</style>` + "\n")
	fmt.Fprintf(&b, `<rect width="%.0f" height="%.0f" rx="8" fill="#1e1e1e"/>`+"\n", w, h)
	for i, line := range lines {
		drawLine(&b, line, margin+lineHeight*i)
	}
	b.WriteString("</svg>\n")
	return b.String()
}

// drawLine draws one line of the screen, run by run.
func drawLine(b *strings.Builder, line string, y int) {
	var look ink
	col := 0
	for line != "" {
		text, rest, styled := strings.Cut(line, "\x1b[")
		drawRun(b, text, look, col, y)
		col += ansi.StringWidth(text)
		if !styled {
			return
		}
		var codes string
		codes, line, _ = strings.Cut(rest, "m")
		look.apply(strings.Split(codes, ";"))
	}
}

// drawRun draws the words of a run; long blanks only where they have a ground.
func drawRun(b *strings.Builder, text string, look ink, col, y int) {
	fore, back := look.fore, look.back
	if look.reverse {
		fore, back = "#1e1e1e", look.fore
		if back == "" {
			back = "#d4d4d4"
		}
	}
	at := func(n int) float64 { return margin + cellWidth*float64(n) }
	if n := ansi.StringWidth(text); back != "" && n > 0 {
		fmt.Fprintf(b, `<rect x="%.1f" y="%d" width="%.1f" height="%d" fill="%s"/>`+"\n", at(col), y, cellWidth*float64(n), lineHeight, back)
	}
	word := strings.TrimLeft(text, " ")
	col += len(text) - len(word)
	word = strings.TrimRight(word, " ")
	if word == "" {
		return
	}
	fmt.Fprintf(b, `<text x="%.1f" y="%d" textLength="%.1f"`, at(col), y+13, cellWidth*float64(ansi.StringWidth(word)))
	class := strings.TrimSpace(map[bool]string{true: "b "}[look.bold] + map[bool]string{true: "f"}[look.faint])
	if class != "" {
		fmt.Fprintf(b, ` class="%s"`, class)
	}
	if fore != "" {
		fmt.Fprintf(b, ` style="fill:%s"`, fore)
	}
	fmt.Fprintf(b, ">%s</text>\n", html.EscapeString(word))
}

// apply changes the look as a terminal does.
func (k *ink) apply(codes []string) {
	for i := 0; i < len(codes); i++ {
		switch codes[i] {
		case "", "0":
			*k = ink{}
		case "1":
			k.bold = true
		case "2":
			k.faint = true
		case "7":
			k.reverse = true
		case "38", "48":
			n, _ := strconv.Atoi(codes[i+2])
			rgb := cube(n)
			colour := fmt.Sprintf("#%02x%02x%02x", int(rgb[0]), int(rgb[1]), int(rgb[2]))
			if codes[i] == "38" {
				k.fore = colour
			} else {
				k.back = colour
			}
			i += 2
		}
	}
}
