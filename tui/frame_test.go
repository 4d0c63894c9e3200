package tui

import (
	"fmt"
	"testing"

	"gw/client"
)

func TestSmallScreens(t *testing.T) {
	for _, size := range [][2]int{{1, 1}, {19, 30}, {200, 7}, {20, 8}, {40, 10}, {60, 12}, {79, 23}, {500, 100}} {
		t.Run(fmt.Sprint(size), func(t *testing.T) {
			x := marketHarness(t, size[0], size[1], Options{Where: "http://gateway.example:8000"})
			if size[0] < minWidth || size[1] < minHeight {
				if got := x.View(); got != "too small" && got != "…" {
					t.Errorf("got %q", got)
				}
				return
			}
			for _, keys := range []string{"", "?", "x down enter", "enter", "esc 3", "v", "q"} {
				x.press(keys)
				x.lines()
			}
		})
	}
}

func TestBeforeTheFirstFrame(t *testing.T) {
	x := newHarness(t, 80, 24, Options{Name: "omnibus", Where: "in-process"})
	x.golden("waiting")
	x.press("2")
	x.wants("no channel under the cursor")
	x.press("3")
	x.wants("waiting for the gateway")
}

// Any data of a tick can be drawn, as a preview, as a row and as a tree, and stays inside the screen.
func FuzzTick(f *testing.F) {
	for _, s := range []string{`[{"id":"1","x":{"y":[1,2,{"z":null}]}}]`, `[]`, `[1,"a",null]`, `{`, "\xff", `[{"a":"\u001b[2J\ud800"}]`, `[[[[[[[[[[]]]]]]]]]]`, `[{"p":1e999,"":{}}]`} {
		f.Add([]byte(s), "key")
	}
	f.Fuzz(func(t *testing.T, data []byte, key string) {
		x := newHarness(t, 60, 12, Options{})
		x.d.describe([]client.Channel{{Name: "a", Kind: "basket", Provided: true}}, client.Graph{})
		tick := client.Tick{Channel: "a", Key: key, N: 1, Data: data}
		x.frame(client.Frame{Seq: 1, Ticks: []client.Tick{tick}})
		x.lines()
		x.press("enter")
		tick.N = 2
		x.frame(client.Frame{Seq: 2, Ticks: []client.Tick{tick, tick}})
		x.lines()
		x.press("enter right down enter left left")
		x.lines()
	})
}

func BenchmarkView(b *testing.B) {
	for _, n := range []int{100, 100_000} {
		b.Run(fmt.Sprintf("rows=%d", n), func(b *testing.B) {
			x := marketHarness(b, 200, 50, Options{})
			x.press("down enter")
			f := client.Frame{}
			for i := range n {
				f.Ticks = append(f.Ticks, trade(uint64(10_000+i)))
			}
			x.frame(f)
			next := uint64(10_000 + n)
			bytes := 0
			b.ReportAllocs()
			for b.Loop() {
				x.frame(client.Frame{Ticks: []client.Tick{trade(next)}}) // draws too
				next++
				bytes = len(x.View())
			}
			if bytes < 200*50/2 {
				b.Fatalf("the screen has %d bytes", bytes)
			}
		})
	}
	for _, n := range []int{10, 1000} {
		b.Run(fmt.Sprintf("channels=%d", n), func(b *testing.B) {
			x := newHarness(b, 200, 50, Options{})
			var channels []client.Channel
			f := client.Frame{Seq: 1}
			for i := range n {
				name := fmt.Sprintf("channel_%d", i)
				channels = append(channels, client.Channel{Name: name, Kind: "struct", Provided: true})
				f.Ticks = append(f.Ticks, tick(name, "", 1, 0, `[{"p":1,"q":"text"}]`))
			}
			x.d.describe(channels, client.Graph{})
			x.frame(f)
			x.press("s s s")
			b.ReportAllocs()
			for b.Loop() {
				x.View()
			}
		})
	}
}
