package tui

import (
	"fmt"
	"math"
	"testing"
	"time"

	"gw/client"
)

var dayStart = time.Date(2024, 8, 9, 0, 0, 0, 0, time.UTC)

// market is the gateway of most tests: a replay of an order book's channels.
func market() ([]client.Channel, client.Graph) {
	fields := func(names ...string) (out []client.Field) {
		for _, n := range append([]string{"id", "timestamp"}, names...) {
			out = append(out, client.Field{Name: n, Type: "float"})
		}
		return out
	}
	channels := []client.Channel{
		{Name: "ethusdt_bookTicker", Kind: "struct", Type: "BookTicker", Fields: fields("u", "s", "b", "B", "a", "A"), Provided: true},
		{Name: "ethusdt_trade", Kind: "struct", Type: "Trade", Fields: fields("s", "p", "q", "m", "note"), Provided: true},
		{Name: "ethusdt_depth_100ms", Kind: "list", Type: "Level", Fields: fields("side", "price.value", "size"), Provided: true},
		{Name: "basket", Kind: "basket", Keys: []string{"A", "B"}, Type: "Data", Fields: fields("x", "y"), Provided: true, Send: true},
		{Name: "controls", Kind: "struct", Type: "Controls", Provided: true},
		{Name: "never_ticks", Kind: "struct", Type: "Data"},
	}
	graph := client.Graph{
		Modules: []string{"Feed", "Stats", "Back", "Print"},
		Channels: []client.GraphChannel{
			{Name: "ethusdt_bookTicker", Kind: "struct", Setters: []string{"Feed"}, Getters: []string{"Stats", "Print"}},
			{Name: "ethusdt_trade", Kind: "struct", Setters: []string{"Feed"}, Getters: []string{"Stats", "Back", "Print"}},
			{Name: "ethusdt_depth_100ms", Kind: "list", Setters: []string{"Feed"}},
			{Name: "basket", Kind: "basket", Setters: []string{"Stats", "Back"}, Getters: []string{"Back", "Print"}, Feedback: []string{"Back"}},
			{Name: "controls", Kind: "struct", Getters: []string{"Print"}},
			{Name: "never_ticks", Kind: "struct"},
		},
	}
	return channels, graph
}

func replayStatus() client.Status {
	return client.Status{
		Name: "omnibus", Mode: "replay", State: "running", Speed: 10, Cycle: 48211,
		Time:  dayStart.Add(3*time.Minute + 12*time.Second + 418201993),
		Start: dayStart, End: dayStart.Add(10 * time.Minute),
	}
}

func tick(channel, key string, n uint64, at time.Duration, data string) client.Tick {
	return client.Tick{Channel: channel, Key: key, N: n, Cycle: n * 3, Time: dayStart.Add(at), Data: []byte(data)}
}

func trade(n uint64) client.Tick {
	at := time.Duration(n)*22_831*time.Microsecond + 417_995
	price := 2675 + 4*math.Sin(float64(n)/9)
	return tick("ethusdt_trade", "", n, at, fmt.Sprintf(`[{"id":"17%d","timestamp":%q,"s":"ETHUSDT","p":%.2f,"q":%.4f,"m":%t,"note":null}]`,
		n, dayStart.Add(at).Format("2006-01-02T15:04:05.000000Z"), price, 0.0104*float64(1+n*n%37), n*n%3 == 0))
}

// marketHarness is the workbench with the market's first frames.
func marketHarness(t testing.TB, w, h int, o Options) *harness {
	x := newHarness(t, w, h, o)
	x.d.describe(market())
	x.playBefore()
	x.frame(client.Frame{Seq: 1, Snapshot: true, Ticks: []client.Tick{
		tick("ethusdt_bookTicker", "", 34000, 3*time.Minute, `[{"id":"1","u":1,"s":"ETHUSDT","b":2677.60,"B":14.1133,"a":2677.61,"A":3.2}]`),
		trade(8230),
	}})
	trades := [9]uint64{8242, 8267, 8298, 8316, 8325, 8339, 8361, 8391, 8409}
	for i := range uint64(9) {
		x.wall = x.wall.Add(time.Second)
		x.frame(client.Frame{Seq: 2 + i, Ticks: []client.Tick{
			tick("ethusdt_bookTicker", "", 34000+(i+1)*(i+2)*7, 3*time.Minute+time.Duration(i)*1551*time.Millisecond+201993, `[{"id":"2","u":2,"s":"ETHUSDT","b":2677.60,"B":14.1133,"a":2677.61,"A":3.2}]`),
			trade(trades[i]),
			tick("basket", "B", i+1, 3*time.Minute, fmt.Sprintf(`[{"id":"3","x":%d,"y":"%s"}]`, i, "wide 漢字 text")),
			tick("ethusdt_depth_100ms", "", 5*(i+1)-i%3, 3*time.Minute+400112*time.Microsecond, `[{"side":"b","price":{"value":2677.6},"size":1},{"side":"a","price":{"value":2677.7},"size":2.5}]`),
		}})
	}
	x.wall = x.wall.Add(900 * time.Millisecond)
	x.View()
	return x
}

// playBefore feeds how the replay came to where it is, calm and busy by turns.
func (x *harness) playBefore() {
	s := replayStatus()
	to := s.Time.Sub(s.Start)
	const steps = 96
	s.Cycle = 0
	for i := range steps {
		s.Time = s.Start.Add(to * time.Duration(i) / steps)
		x.d.apply(client.Frame{Status: s})
		s.Cycle += uint64(470 + 290*math.Sin(float64(i)/7) + 150*math.Sin(float64(i)*1.3))
	}
}

// frame feeds one frame; without a status of its own it has the market's.
func (x *harness) frame(f client.Frame) {
	if f.Status.Mode == "" {
		f.Status = replayStatus()
	}
	x.d.apply(f)
	x.send(changedMsg{})
}

func (x *harness) status(change func(*client.Status)) {
	s := replayStatus()
	change(&s)
	x.frame(client.Frame{Seq: 99, Status: s})
}

// fillTable feeds the snapshot that the table's watch begins with.
func (x *harness) fillTable() {
	f := client.Frame{Seq: 1, Snapshot: true}
	for i := range uint64(50) {
		switch x.table.channel {
		case "ethusdt_trade":
			f.Ticks = append(f.Ticks, trade(8360+i))
		case "ethusdt_depth_100ms":
			f.Ticks = append(f.Ticks, tick(x.table.channel, "", i+1, time.Duration(i)*time.Second,
				fmt.Sprintf(`[{"side":"b","price":{"value":%d},"size":1},{"side":"a","price":{"value":2677.7},"size":2.5}]`, 2600+i)))
		case "basket":
			f.Ticks = append(f.Ticks, tick(x.table.channel, "AB"[i%2:i%2+1], i/2+1, time.Duration(i)*time.Second,
				fmt.Sprintf(`[{"id":"3","x":%d,"y":"wide 漢字 text"}]`, i)))
		}
	}
	x.frame(f)
}
