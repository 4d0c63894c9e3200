package tui

import (
	"time"

	"gw/client"
)

const densitySlots = 512

// density is how many cycles a replay had in each part of its time, as far as they were seen. The zero value is ready.
type density struct {
	start, end time.Time
	slots      [densitySlots]float64 // cycles; what was not seen is 0
	seen       [densitySlots]bool
	at         time.Time // of the last status
	cycle      uint64
}

// take adds the cycles since the status before to the time between the two.
func (d *density) take(s client.Status) {
	if s.End.IsZero() || !s.End.After(s.Start) {
		return
	}
	if !s.Start.Equal(d.start) || !s.End.Equal(d.end) || s.Cycle < d.cycle {
		*d = density{start: s.Start, end: s.End}
		if s.Cycle > 0 { // what was before is not known
			d.at, d.cycle = s.Time, s.Cycle
			return
		}
		d.at = s.Start
	}
	if s.Time.IsZero() || s.Cycle == d.cycle {
		return
	}
	from, to := d.slot(d.at), d.slot(s.Time)
	each := float64(s.Cycle-d.cycle) / float64(to-from+1)
	for i := from; i <= to; i++ {
		d.slots[i] += each
		d.seen[i] = true
	}
	d.at, d.cycle = s.Time, s.Cycle
}

// slot is the part of the replay that a time belongs to.
func (d *density) slot(t time.Time) int {
	part := float64(t.Sub(d.start)) / float64(d.end.Sub(d.start))
	return max(0, min(int(part*densitySlots), densitySlots-1))
}

// bars draws the first at of n cells, each as high as its part of the replay was busy; ━ is what was not seen.
func (d *density) bars(at, n int) string {
	sums, top := make([]float64, at), 0.0
	for i := range sums {
		from, to := i*densitySlots/n, max((i+1)*densitySlots/n, i*densitySlots/n+1)
		for j := from; j < to && j < densitySlots; j++ {
			sums[i] += d.slots[j]
			if d.seen[j] && sums[i] == 0 {
				sums[i] = 1e-9 // silence is not ignorance
			}
		}
		sums[i] /= float64(to - from)
		top = max(top, sums[i])
	}
	levels, out := []rune(bars), make([]rune, at)
	for i, v := range sums {
		out[i] = '━'
		if v > 0 {
			out[i] = levels[min(int(v/top*8), 7)]
		}
	}
	return string(out)
}
