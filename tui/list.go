package tui

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"
)

// motion is a way to move the cursor.
type motion uint8

const (
	lineUp motion = iota
	lineDown
	pageUp
	pageDown
	halfUp
	halfDown
	toTop
	toEnd
)

// move is a motion with its keys.
type move struct {
	how  motion
	keys []string
	show string
	help string
}

func moves() []move {
	return []move{
		{lineUp, []string{"up", "k"}, "↑ k", "up"},
		{lineDown, []string{"down", "j"}, "↓ j", "down"},
		{pageUp, []string{"pgup", "ctrl+b"}, "PgUp", "a page up"},
		{pageDown, []string{"pgdown", "ctrl+f"}, "PgDn", "a page down"},
		{halfUp, []string{"ctrl+u"}, "ctrl-u", "half a page up"},
		{halfDown, []string{"ctrl+d"}, "ctrl-d", "half a page down"},
		{toTop, []string{"g", "home"}, "g", "to the top"},
		{toEnd, []string{"G", "end"}, "G", "to the end"},
	}
}

// motionOf is the motion that a key means.
func motionOf(key string) (motion, bool) {
	for _, mv := range moves() {
		if slices.Contains(mv.keys, key) {
			return mv.how, true
		}
	}
	return 0, false
}

func moving(how motion) func(*model) tea.Cmd {
	return func(m *model) tea.Cmd {
		m.move(how)
		return nil
	}
}

// list is a cursor in n lines of which height are in sight.
type list struct {
	cursor, top, height int
}

// move changes the cursor, staying inside n lines.
func (l *list) move(how motion, n int) {
	switch how {
	case lineUp:
		l.cursor--
	case lineDown:
		l.cursor++
	case pageUp:
		l.cursor -= max(l.height-1, 1)
	case pageDown:
		l.cursor += max(l.height-1, 1)
	case halfUp:
		l.cursor -= max(l.height/2, 1)
	case halfDown:
		l.cursor += max(l.height/2, 1)
	case toTop:
		l.cursor = 0
	case toEnd:
		l.cursor = n - 1
	}
	l.clamp(n)
}

// clamp keeps the cursor among n lines and in sight.
func (l *list) clamp(n int) {
	l.cursor = max(min(l.cursor, n-1), 0)
	h := max(l.height, 1)
	if l.cursor < l.top {
		l.top = l.cursor
	}
	if l.cursor >= l.top+h {
		l.top = l.cursor - h + 1
	}
	l.top = max(min(l.top, n-h), 0)
}

// show sets how many lines are in sight and gives the first and the one after the last.
func (l *list) show(n, height int) (from, to int) {
	l.height = height
	l.clamp(n)
	return l.top, min(l.top+max(height, 0), n)
}

// scroll moves what is in sight of n lines that have no cursor.
func (l *list) scroll(how motion, n int) {
	l.cursor = l.top
	if how == toEnd {
		l.cursor = n - l.height
	} else {
		still := list{cursor: l.top, height: l.height}
		still.move(how, n)
		l.cursor = still.cursor
	}
	l.top = max(min(l.cursor, n-l.height), 0)
	l.cursor = l.top
}
