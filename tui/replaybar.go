package tui

import (
	"fmt"
	"time"

	"gw/client"
)

// paintReplay draws how far the replay is: ├━━━━●────┤ 00:00:00 … 00:10:00  ×10 ▶ 31 %
func (m *model) paintReplay(p *painter, s client.Status) {
	done, known := progress(s)
	text := span(s) + "  " + pace(s)
	if known {
		text += fmt.Sprintf(" %3.0f %%", 100*done)
	}
	p.gap(1)
	if n := p.room() - width(text) - 5; n >= 10 {
		m.paintTrack(p, n, done, known)
		p.gap(1)
	}
	p.put("", text)
	p.end()
}

func (m *model) paintTrack(p *painter, n int, done float64, known bool) {
	at := min(int(done*float64(n)), n-1)
	p.put(m.look.faint, "├")
	if known {
		p.put(m.look.accent, fill("━", at))
		p.put(m.look.title, "●")
		n -= at + 1
	}
	p.put(m.look.faint, fill("─", n))
	p.put(m.look.faint, "┤")
}

func fill(s string, n int) string {
	out := make([]byte, 0, len(s)*max(n, 0))
	for range n {
		out = append(out, s...)
	}
	return string(out)
}

// progress is how much of the run's time is behind, 0 to 1; unknown for a run without end.
func progress(s client.Status) (float64, bool) {
	if s.End.IsZero() || !s.End.After(s.Start) {
		return 0, false
	}
	if s.Time.IsZero() {
		return 0, true
	}
	part := float64(s.Time.Sub(s.Start)) / float64(s.End.Sub(s.Start))
	return max(0, min(1, part)), true
}

// span is start … end, with dates if they differ.
func span(s client.Status) string {
	layout := "15:04:05"
	if !s.End.IsZero() && !sameDay(s.Start, s.End) {
		layout = "2006-01-02 15:04"
	}
	return moment(s.Start, layout) + " … " + moment(s.End, layout)
}

func moment(t time.Time, layout string) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(layout)
}

func sameDay(a, b time.Time) bool {
	a, b = a.UTC(), b.UTC()
	return a.YearDay() == b.YearDay() && a.Year() == b.Year()
}

// pace is the speed with a sign for what the replay does.
func pace(s client.Status) string {
	sign := "▶"
	switch {
	case s.State == "paused":
		sign = "‖"
	case s.Over():
		sign = "■"
	}
	return speedText(s.Speed) + " " + sign
}
