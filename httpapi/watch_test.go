package httpapi_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"gw/engine"
	"gw/gateway"
	"gw/httpapi"
)

type watchFrame struct {
	Watch              string
	Seq                uint64
	Snapshot           bool
	Status             struct{ Mode, State string }
	Dropped, Conflated uint64
	Ticks              []struct {
		Channel, Key, Time string
		Cycle, N           uint64
		Data               json.RawMessage
	}
	Error string
}

// ticks renders the ticks of a frame as "channel/key#n x,x".
func (f watchFrame) ticks() string {
	var all []string
	for _, t := range f.Ticks {
		var data []struct{ X *int64 }
		json.Unmarshal(t.Data, &data)
		text := fmt.Sprintf("%s/%s#%d", t.Channel, t.Key, t.N)
		for _, d := range data {
			if d.X != nil {
				text += fmt.Sprintf(" %d", *d.X)
			}
		}
		all = append(all, text)
	}
	return strings.Join(all, "; ")
}

// next returns the next frame of a watch.
func (s *socket) next() watchFrame {
	s.t.Helper()
	var f watchFrame
	if err := json.Unmarshal([]byte(s.hear()), &f); err != nil {
		s.t.Fatal(err)
	}
	return f
}

func (s *socket) ack(f watchFrame) {
	s.t.Helper()
	s.say(fmt.Sprintf(`{"action":"ack","id":%q,"seq":%d}`, f.Watch, f.Seq))
}

func TestWatchBeginsWithASnapshotAndWaitsForAcks(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, httpapi.Config{})
		for x := range 4 {
			s.settled("send/example", fmt.Sprintf(`{"x":%d}`, x+1))
			s.settled("send/basket/B", fmt.Sprintf(`{"x":%d}`, x+11))
		}
		ws := s.dial("gw/watch")
		ws.say(`{"action":"watch","id":"w1","channels":["*"],"policy":"every","history":2}`)
		f := ws.next()
		if got, want := f.ticks(), "example/#3 3; basket/B#3 13; example/#4 4; basket/B#4 14"; f.Watch != "w1" || f.Seq != 1 || !f.Snapshot || got != want {
			t.Errorf("got %+v, want the snapshot %s", f, want)
		}
		if f.Status.State != "running" || f.Status.Mode != "realtime" {
			t.Errorf("got status %+v", f.Status)
		}
		s.settled("send/example", `{"x":5}`)
		s.settled("send/example", `{"x":6}`)
		ws.ack(f)
		if f = ws.next(); f.Seq != 2 || f.Snapshot || f.ticks() != "example/#5 5; example/#6 6" {
			t.Errorf("got %+v", f)
		}
		before := time.Now()
		ws.ack(f)
		f = ws.next()
		if got := time.Since(before); f.Seq != 3 || len(f.Ticks) != 0 || got != time.Second {
			t.Errorf("got %+v after %v, want an empty frame after 1s", f, got)
		}
		ws.say(`{"action":"unwatch","id":"w1"}`)
		ws.ack(f)
		ws.silent(10 * time.Second)
	})
}

func TestWatchConflatesForASlowReader(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, httpapi.Config{})
		ws := s.dial("gw/watch")
		ws.say(`{"action":"watch","id":"w","channels":["example","basket/A"],"policy":"latest","interval_ms":250}`)
		first := ws.next()
		for x := range 5 {
			s.settled("send/example", fmt.Sprintf(`{"x":%d}`, x+1))
		}
		s.settled("send/basket", `{"A":{"x":7},"B":{"x":8}}`)
		before := time.Now()
		ws.ack(first)
		f := ws.next()
		if got, want := f.ticks(), "example/#5 5; basket/A#1 7"; got != want || f.Conflated != 4 || f.Dropped != 0 {
			t.Errorf("got %s, conflated %d, want %s and 4", got, f.Conflated, want)
		}
		if got := time.Since(before); got != 250*time.Millisecond {
			t.Errorf("frame came after %v, want 250ms", got)
		}
	})
}

func TestWatchDropsTheOldestOfEveryTick(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, httpapi.Config{Queue: 3})
		ws := s.dial("gw/watch")
		ws.say(`{"action":"watch","id":"w","channels":["example"],"policy":"every"}`)
		f := ws.next()
		for x := range 5 {
			s.settled("send/example", fmt.Sprintf(`{"x":%d}`, x+1))
		}
		ws.ack(f)
		if f = ws.next(); f.ticks() != "example/#3 3; example/#4 4; example/#5 5" || f.Dropped != 2 {
			t.Errorf("got %s, dropped %d", f.ticks(), f.Dropped)
		}
	})
}

func TestWatchRefuses(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, httpapi.Config{})
		ws := s.dial("gw/watch")
		for _, tc := range []struct{ say, want string }{
			{`{"action":"watch","id":"w","channels":["nope"]}`, `{"watch":"w","error":"Channel not found: nope"}`},
			{`{"action":"watch","id":"w","channels":["basket/Z"]}`, `{"watch":"w","error":"Channel not found: basket/Z"}`},
			{`{"action":"watch","id":"w","channels":["example/"]}`, `{"watch":"w","error":"Channel not found: example/"}`},
			{`{"action":"watch","id":"w"}`, `{"watch":"w","error":"channels: got none, want names or \"*\""}`},
			{`{"action":"fly","id":"w"}`, `{"watch":"w","error":"action: got \"fly\", want watch, unwatch or ack"}`},
			{`{"action":"ack","id":7}`, `{"watch":"","error":"message: json: cannot unmarshal number into Go struct field watchMessage.id of type string"}`},
		} {
			ws.say(tc.say)
			if got := ws.hear(); got != tc.want {
				t.Errorf("%s: got %s, want %s", tc.say, got, tc.want)
			}
		}
		for i := range 17 {
			ws.say(fmt.Sprintf(`{"action":"watch","id":"w%d","channels":["example"]}`, i))
			if f := ws.next(); (f.Error != "") != (i == 16) {
				t.Errorf("watch %d: got %+v", i, f)
			}
		}
		ws.say(`{"action":"watch","id":"w3","channels":["never_ticks","controls"]}`)
		if f := ws.next(); f.Watch != "w3" || f.Seq != 1 {
			t.Errorf("a watch of the same id: got %+v, want it to begin anew", f)
		}
	})
}

func TestWatchSplitsWhatIsTooMuchForAFrame(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, httpapi.Config{})
		for range 5 {
			s.settled("send/example", fmt.Sprintf(`{"y":%q}`, strings.Repeat("y", 400_000)))
		}
		ws := s.dial("gw/watch")
		ws.say(`{"action":"watch","id":"w","channels":["example"],"history":5}`)
		f := ws.next()
		if f.ticks() != "example/#1; example/#2; example/#3" {
			t.Errorf("got %s", f.ticks())
		}
		ws.ack(f)
		if f = ws.next(); f.ticks() != "example/#4; example/#5" || f.Dropped+f.Conflated != 0 {
			t.Errorf("got %s", f.ticks())
		}
	})
}

// clockwork is a gateway that replays ten ticks, one a second.
func clockwork() *gateway.Gateway {
	return gateway.New(&struct {
		Ticks gateway.Channel[exampleData] `channel:"ticks"`
	}{}, &tenTicks{})
}

type tenTicks struct{}

func (tenTicks) Connect(ch *struct {
	Ticks gateway.Channel[exampleData] `channel:"ticks"`
}) error {
	var points []engine.Point[exampleData]
	for x := range int64(10) {
		points = append(points, engine.Point[exampleData]{At: start.Add(time.Duration(x) * time.Second), V: example(x)})
	}
	ch.Ticks.Set(engine.Curve(ch.Ticks.Graph(), points))
	return nil
}

const start = engine.Time(1_700_000_000_000_000_000)

func TestControlOfAReplay(t *testing.T) {
	bubble(t, func(t *testing.T) {
		g := clockwork()
		g.Name = "ten"
		run(t, g, gateway.RunConfig{Hold: true, Start: start.Std(), End: start.Add(20 * time.Second).Std()})
		s := serve(t, g, httpapi.Config{Version: "1.2.3"})
		ws := s.dial("gw/watch")
		ws.say(`{"action":"watch","id":"w","channels":["ticks"],"policy":"every","interval_ms":0}`)
		if f := ws.next(); f.Status.State != "paused" || f.Status.Mode != "replay" {
			t.Errorf("got %+v", f)
		} else {
			ws.ack(f)
		}
		for _, tc := range []struct {
			body   string
			status int
			want   string
		}{
			{`{"action":"step"}`, 200, `{"name":"ten","version":"1.2.3","mode":"replay","state":"paused","time":"2023-11-14T22:13:20.000000000Z","start":"2023-11-14T22:13:20.000000000Z","end":"2023-11-14T22:13:40.000000000Z"}`},
			{`{"action":"step","cycles":2}`, 200, `{"state":"paused","time":"2023-11-14T22:13:22.000000000Z"}`},
			{`{"action":"until","until":"2023-11-14T22:13:25Z"}`, 200, `{"mode":"replay"}`},
			{`{"action":"speed","speed":1}`, 200, `{"speed":1}`},
			{`{"action":"speed","speed":-1}`, 422, `{"detail":[{"loc":["body","speed"]}]}`},
			{`{"action":"resume"}`, 200, `{"state":"running"}`},
			{`{"action":"pause"}`, 200, `{"state":"paused"}`},
			{`{"action":"stop"}`, 200, `{"mode":"replay"}`},
		} {
			got := s.settled("gw/control", tc.body)
			if got.status != tc.status || !includes(decode(t, got.body), decode(t, tc.want)) {
				t.Errorf("%s: got %d %s, want %s", tc.body, got.status, got.body, tc.want)
			}
		}
		<-g.Done()
		seen := 0
		for stopped := false; !stopped; {
			f := ws.next()
			seen += len(f.Ticks)
			stopped = f.Status.State == "stopped"
			ws.ack(f)
		}
		if seen < 3 {
			t.Errorf("the watch saw %d ticks, want those of three steps at least", seen)
		}
	})
}

func TestControlNeedsAReplay(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, httpapi.Config{})
		got := s.post("gw/control", `{"action":"pause"}`)
		if got.status != 409 || got.body != `{"detail":"not in a replay: the gateway runs in realtime"}` {
			t.Errorf("got %d %s", got.status, got.body)
		}
		if got := s.get("gw/watch"); got.status != 200 || !strings.HasPrefix(got.body, `["example","example_list",`) {
			t.Errorf("watch without an upgrade: got %d %s", got.status, got.body)
		}
		synctest.Wait()
	})
}
