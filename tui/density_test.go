package tui

import (
	"testing"
	"time"

	"gw/client"
)

func TestDensityShowsHowBusyEachPartWas(t *testing.T) {
	s := client.Status{Start: dayStart, End: dayStart.Add(512 * time.Second)}
	at := func(d *density, second int, cycle uint64) {
		s.Time, s.Cycle = dayStart.Add(time.Duration(second)*time.Second), cycle
		d.take(s)
	}
	var d density
	d.take(s)
	at(&d, 63, 10)
	at(&d, 127, 80)
	at(&d, 255, 120)
	if got := d.bars(4, 8); got != "▂█▃▃" {
		t.Errorf("from the start: got %s", got)
	}
	at(&d, 10, 5)
	if got := d.bars(2, 8); got != "━━" {
		t.Errorf("after a restart that was not seen: got %s", got)
	}
	at(&d, 127, 20)
	if got := d.bars(2, 8); got != "▇█" {
		t.Errorf("after that: got %s", got)
	}
	s.End = time.Time{}
	at(&d, 200, 30)
	if got := d.bars(0, 8); got != "" {
		t.Errorf("without an end: got %s", got)
	}
}
