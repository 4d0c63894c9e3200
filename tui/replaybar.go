package tui

import (
	"fmt"
	"strings"
	"time"

	"gw/client"
)

// replayLine shows where the replay is and how busy it was: ×10 ▶  00:00:00 ├▁▂▅▇▃●──────┤ 00:10:00   31 %
func (m *model) replayLine(s client.Status) string {
	b := bar{width: m.width}
	done, known := progress(s)
	layout := spanLayout(s)
	start, end := moment(s.Start, layout), moment(s.End, layout)
	b.gap(1)
	b.add(m.look.strong, pace(s))
	b.gap(2)
	percent := ""
	if known {
		percent = fmt.Sprintf(" %3.0f %% ", 100*done)
	}
	n := b.room() - width(start) - width(end) - width(percent) - len("  ")
	if n < 12 { // no track: say it in words
		b.add(m.look.plain, start+" … "+end+percent)
		return b.out.String()
	}
	b.add(m.look.soft, start)
	b.gap(1)
	m.addTrack(&b, n-2, done, known)
	b.gap(1)
	b.add(m.look.soft, end)
	b.add(m.look.strong, percent)
	return b.out.String()
}

// addTrack draws n cells of time between two ends.
func (m *model) addTrack(b *bar, n int, done float64, known bool) {
	at := min(int(done*float64(n)), n-1)
	b.draw(m.look.soft, "├", 1)
	if known {
		b.draw(m.look.played, m.played(at, n), at)
		b.draw(m.look.head, "●", 1)
		n -= at + 1
	}
	b.draw(m.look.soft, strings.Repeat("─", n)+"┤", n+1)
}

func (m *model) played(at, n int) string {
	defer m.d.lock()()
	return m.d.density.bars(at, n)
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

// spanLayout writes the bounds of a run: with dates if they differ, without the time of day over many days.
func spanLayout(s client.Status) string {
	switch {
	case s.End.IsZero() || sameDay(s.Start, s.End):
		return time.TimeOnly
	case s.End.Sub(s.Start) > 14*24*time.Hour:
		return time.DateOnly
	}
	return "2006-01-02 15:04"
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
	return sign + " " + speedText(s.Speed)
}
