package tui

import (
	"bytes"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/charmbracelet/x/term"
)

const (
	// askGround asks for the background colour (OSC 11 of xterm's control sequences) and then for what the terminal is
	// (DA1), which every terminal answers: so one that does not know the first need not be waited for.
	askGround = "\x1b]11;?\x1b\\\x1b[c"
	// groundWait is how long a terminal has for an answer; over a slow line the screen then is as for dark ground.
	groundWait = 300 * time.Millisecond
)

// darkGround asks the terminal whether its ground is dark. Without an answer COLORFGBG decides, else it is.
func darkGround(in, out *os.File, environ []string) bool {
	if answersColours(environ) {
		if state, err := term.MakeRaw(in.Fd()); err == nil {
			defer func() { _ = term.Restore(in.Fd(), state) }()
			if dark, ok := groundOf(ask(in, out)); ok {
				return dark
			}
		}
	}
	return darkByEnviron(environ)
}

// answersColours tells whether it makes sense to ask: multiplexers stand for several terminals and do not answer.
func answersColours(environ []string) bool {
	name := lookup(environ, "TERM")
	for _, silent := range []string{"screen", "tmux", "dumb"} {
		if strings.HasPrefix(name, silent) {
			return false
		}
	}
	return name != ""
}

// ask returns what the terminal answers, up to the end of its answer to DA1.
func ask(in, out *os.File) []byte {
	if _, err := out.WriteString(askGround); err != nil {
		return nil
	}
	var answer []byte
	for range 16 { // an answer may come in pieces
		piece := readWithin(in, groundWait)
		answer = append(answer, piece...)
		if len(piece) == 0 || bytes.HasSuffix(answer, []byte("c")) {
			break
		}
	}
	return answer
}

// groundOf reads an answer such as ESC ] 11 ; rgb:ffff/ffff/ffff ESC \.
func groundOf(answer []byte) (dark, ok bool) {
	_, rest, ok := bytes.Cut(answer, []byte("]11;rgb:"))
	if !ok {
		return false, false
	}
	end := bytes.IndexAny(rest, "\a\x1b")
	if end < 0 {
		return false, false
	}
	var rgb [3]float64
	parts := strings.Split(string(rest[:end]), "/")
	if len(parts) != len(rgb) {
		return false, false
	}
	for i, part := range parts {
		n, err := strconv.ParseUint(part, 16, 16)
		if err != nil {
			return false, false
		}
		rgb[i] = float64(n) / float64(uint(1)<<(4*len(part))-1)
	}
	return 0.2126*rgb[0]+0.7152*rgb[1]+0.0722*rgb[2] < 0.5, true // the weights of ITU-R BT.709
}

// darkByEnviron reads COLORFGBG, whose last number is the ground's colour among the first sixteen.
func darkByEnviron(environ []string) bool {
	value := lookup(environ, "COLORFGBG")
	ground, err := strconv.Atoi(value[strings.LastIndexByte(value, ';')+1:])
	return err != nil || ground < 7 || ground == 8
}

func lookup(environ []string, name string) string {
	for _, entry := range environ {
		if value, ok := strings.CutPrefix(entry, name+"="); ok {
			return value
		}
	}
	return ""
}
