package tui

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"gw/client"
)

func TestSnapshotRepeatsNothing(t *testing.T) {
	x := marketHarness(t, 80, 24, Options{})
	x.press("down enter")
	x.fillTable()
	n := x.d.rows.len()
	x.fillTable()
	if got := x.d.rows.len(); got != n {
		t.Errorf("got %d rows, want %d", got, n)
	}
	x.frame(client.Frame{Ticks: []client.Tick{trade(8420)}})
	x.wants("of 51", "10 left out (too fast)")
	total := x.d.byName["ethusdt_trade"].total()
	x.frame(client.Frame{Snapshot: true, Ticks: []client.Tick{trade(1), trade(2)}})
	x.wants("1–2 of 2")
	if got := x.d.byName["ethusdt_trade"].total(); got != 2 || total < 8420 {
		t.Errorf("ticks %d, before the gateway's restart %d", got, total)
	}
}

func TestColumnsOfValuesWithoutFields(t *testing.T) {
	r := newRows(client.Channel{Name: "a"})
	r.add(&client.Tick{N: 1, Data: []byte(`[]`)})
	r.add(&client.Tick{N: 2, Data: []byte(`[{"b":1,"c.d":"x"},{"b":2.5,"c.d":null}]`)})
	for i := range r.len() {
		r.at(i)
	}
	if got := fmt.Sprint(r.at(0).cells, r.at(1).cells, r.at(2).cells); got != "[] [1 x] [2.5 ]" {
		t.Errorf("got %s", got)
	}
	if !r.columns[0].right || r.columns[1].right {
		t.Errorf("got %+v, want numbers to the right", r.columns)
	}
}

func TestOldestRowsGo(t *testing.T) {
	r := newRows(client.Channel{Name: "a"})
	r.setFilter("5")
	for i := range uint64(2 * maxRows) {
		r.add(&client.Tick{N: i + 1, Data: []byte(fmt.Sprintf(`[{"x":%d}]`, i))})
	}
	if n := len(r.list); n < maxRows || n > maxRows+maxRows/8 {
		t.Errorf("got %d rows", n)
	}
	if last := r.number(r.len() - 1); last != 2*maxRows-5 {
		t.Errorf("last match is row %d, want %d", last, 2*maxRows-5)
	}
	if first := r.number(0); first < r.first {
		t.Errorf("match of row %d, which is gone", first)
	}
}

// Whatever is pressed and whatever ticks, the cursor is on a row, in sight, and the screen is whole.
func TestTableModel(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		x := marketHarness(t, rapid.IntRange(20, 140).Draw(rt, "w"), rapid.IntRange(8, 40).Draw(rt, "h"), Options{})
		x.press("down enter")
		n := uint64(8409)
		rt.Repeat(map[string]func(*rapid.T){
			"key": func(rt *rapid.T) {
				x.press(rapid.SampledFrom([]string{"up", "down", "pgup", "pgdown", "g", "G", "f", "o", "left", "right", "enter", "esc", "n", "N", "2", "ctrl+d", "ctrl+u"}).Draw(rt, "key"))
				if x.page != tablePage {
					x.press("2")
				}
			},
			"ticks": func(rt *rapid.T) {
				f := client.Frame{}
				for range rapid.IntRange(1, 60).Draw(rt, "n") {
					n++
					f.Ticks = append(f.Ticks, trade(n))
				}
				x.frame(f)
			},
			"filter": func(rt *rapid.T) {
				x.setFilter(rapid.SampledFrom([]string{"", "true", "267", "nothing"}).Draw(rt, "text"))
			},
			"restart": func(rt *rapid.T) {
				n = 1
				x.frame(client.Frame{Snapshot: true, Ticks: []client.Tick{trade(1)}})
			},
			"": func(rt *rapid.T) {
				x.lines()
				v, r := &x.table, x.d.rows
				if r == nil || r.len() == 0 || x.tick != nil { // under a tick the table is not drawn
					return
				}
				if v.cursor < 0 || v.cursor >= r.len() || v.cursor < v.top || v.height > 0 && v.cursor >= v.top+v.height {
					rt.Fatalf("cursor %d, top %d, height %d of %d rows", v.cursor, v.top, v.height, r.len())
				}
				if v.follow && v.cursorRow != r.number(r.len()-1) {
					rt.Fatalf("follows, but the cursor is on row %d of %d", v.cursorRow, r.number(r.len()-1))
				}
			},
		})
	})
}

func TestMeter(t *testing.T) {
	var m meter
	at := time.Unix(1000, 0)
	for i := range 10 {
		m.add(at.Add(time.Duration(i)*100*time.Millisecond), 10)
	}
	if got := m.rate(at.Add(time.Second)); got != 100 {
		t.Errorf("after a second: %g/s, want 100", got)
	}
	if got := m.rate(at.Add(2 * time.Second)); got != 50 {
		t.Errorf("a second later: %g/s, want 50", got)
	}
	if got := m.rate(at.Add(4 * time.Second)); got != 0 {
		t.Errorf("long after: %g/s, want 0", got)
	}
	if got := fmt.Sprint(m.history(at.Add(4 * time.Second))); got != "[0 0 0 0 100 0 0 0]" {
		t.Errorf("history %s", got)
	}
	if got := fmt.Sprint(m.history(at.Add(time.Hour))); got != "[0 0 0 0 0 0 0 0]" {
		t.Errorf("history after an hour %s", got)
	}
}
