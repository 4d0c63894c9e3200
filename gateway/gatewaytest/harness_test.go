package gatewaytest_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"gw/engine"
	"gw/engine/op"
	"gw/gateway"
	"gw/gateway/gatewaytest"
)

type trade struct {
	gateway.Struct
	Symbol string  `json:"symbol"`
	Price  float64 `json:"price"`
	Size   int64   `json:"size"`
}

type channels struct {
	Trades  gateway.Channel[trade]        `channel:"trades" state:"symbol" stage:"true"`
	Doubled gateway.Channel[trade]        `channel:"doubled"`
	Minutes gateway.Channel[[]trade]      `channel:"minutes"`
	Keyed   gateway.Basket[string, trade] `channel:"keyed" keys:"A,B"`
	Beats   gateway.Channel[trade]        `channel:"beats"`
}

// doubler sets what the tests look at; it fails on a price of 13.
type doubler struct{}

func (doubler) Connect(ch *channels) error {
	n := ch.Trades.Graph().Node("double")
	in, out := engine.Use(n, ch.Trades.Get()), engine.Emit[trade](n)
	n.OnTick(func() {
		v := in.Get()
		if v.Price == 13 {
			n.Stop(errors.New("unlucky"))
			return
		}
		out.Set(trade{Symbol: v.Symbol, Price: 2 * v.Price})
	})
	ch.Doubled.Set(out.Edge())
	ch.Keyed.Set("A", ch.Trades.Get())
	minute := engine.Timer(ch.Trades.Graph(), time.Minute, true)
	ch.Minutes.Set(op.Map(op.Sample(minute, ch.Trades.Get()), func(v trade) []trade { return []trade{v, v} }))
	ch.Beats.Set(op.Map(engine.Timer(ch.Trades.Graph(), time.Second, true), func(bool) trade { return trade{} }))
	return nil
}

// fixture is a harness with everything that tests look at.
type fixture struct {
	*gatewaytest.Harness
	trades  *gatewaytest.Source[trade]
	seen    *gatewaytest.Probe[trade]
	doubled *gatewaytest.Probe[trade]
	minutes *gatewaytest.Probe[[]trade]
	keyed   *gatewaytest.Probe[trade]
}

func setup(t testing.TB) fixture {
	ch := &channels{}
	h := gatewaytest.New(t, ch, doubler{})
	return fixture{
		h, gatewaytest.Feed(h, &ch.Trades), gatewaytest.Watch(h, &ch.Trades), gatewaytest.Watch(h, &ch.Doubled),
		gatewaytest.Watch(h, &ch.Minutes), gatewaytest.WatchKey(h, &ch.Keyed, "A"),
	}
}

func TestScript(t *testing.T) {
	f := setup(t)
	f.trades.Send(trade{Symbol: "a", Price: 1}, trade{Symbol: "b", Price: 2})
	f.doubled.Ticked(2)
	f.doubled.EqualAll(trade{Symbol: "a", Price: 2}, trade{Symbol: "b", Price: 4})
	f.doubled.Field("price", 4)
	f.doubled.Fields(map[string]any{"symbol": "b", "size": 0, "timestamp": "2020-01-01T00:00:00"})
	f.minutes.NotTicked()

	f.Advance(time.Minute, "a minute later")
	f.doubled.NotTicked()
	f.minutes.Len(2)
	f.minutes.Equal([]trade{{Symbol: "b", Price: 2}, {Symbol: "b", Price: 2}})

	f.trades.Send(trade{Symbol: "c"})
	f.Delay(30 * time.Second)
	f.minutes.Ticked(1)
	f.keyed.Value(func(v trade) {
		if v.Symbol != "c" {
			t.Errorf("got %s", v.Symbol)
		}
	})
	f.keyed.Values(func(ticks []gatewaytest.Tick[trade]) {
		if at := ticks[0].Time.Sub(f.Start); at != time.Minute {
			t.Errorf("got a tick after %s, want it at the time at which it was sent", at)
		}
	})
	f.Reset()
	f.keyed.NotTicked()
	f.Until(f.Start.Add(2 * time.Minute))
	f.minutes.Ticked(1)
	if got := f.Now().Sub(f.Start); got != 2*time.Minute {
		t.Errorf("got %s passed", got)
	}
	f.PrintTicked()
	f.PrintTickCounts()
	f.minutes.Print()
}

func TestWhatIsSentToSeveralChannelsTicksInTheOrderOfTheScript(t *testing.T) {
	ch := &channels{}
	h := gatewaytest.New(t, ch)
	a, b := gatewaytest.FeedKey(h, &ch.Keyed, "A"), gatewaytest.FeedKey(h, &ch.Keyed, "B")
	gatewaytest.WatchKey(h, &ch.Keyed, "B")
	for i := range 10 {
		a.Send(trade{Size: int64(2 * i)})
		b.Send(trade{Size: int64(2*i + 1)})
		if i%3 == 0 {
			h.Delay(time.Second)
		}
	}
	h.Delay(0)
	var got []int64
	for _, tick := range h.Gateway.Recent(t.Context(), "keyed", "", 100) {
		n, _ := tick.Records[0].Type().Column("size")
		size, _ := n.Int64(tick.Records[0])
		got = append(got, size)
	}
	if !slices.IsSorted(got) || len(got) != 20 {
		t.Errorf("got %v, want the order of the script", got)
	}
}

func TestOverrideTakesThePlaceOfModules(t *testing.T) {
	ch := &channels{}
	h := gatewaytest.New(t, ch, doubler{})
	trades, doubled, keyed := gatewaytest.Feed(h, &ch.Trades), gatewaytest.Override(h, &ch.Doubled), gatewaytest.OverrideKey(h, &ch.Keyed, "A")
	seen, seenKey := gatewaytest.Watch(h, &ch.Doubled), gatewaytest.WatchKey(h, &ch.Keyed, "A")
	trades.Send(trade{Price: 1})
	seen.NotTicked()
	doubled.Send(trade{Price: 7})
	keyed.Send(trade{Price: 8})
	seen.Equal(trade{Price: 7})
	seenKey.EqualAll(trade{Price: 8})
}

func TestGatewayIsThereForQuestions(t *testing.T) {
	f := setup(t)
	f.trades.Send(trade{Symbol: "a", Price: 1}, trade{Symbol: "a", Price: 2})
	f.doubled.Ticked(2)
	a, err := f.Gateway.State(t.Context(), "trades", "")
	if err != nil || len(a.Records) != 1 {
		t.Errorf("got %v %v, want one row", a, err)
	}
	f.Outside(func(ctx context.Context, g *gateway.Gateway) {
		s, err := g.Stage("trades")
		if err != nil {
			t.Error(err)
			return
		}
		if _, err := s.Add(ctx, nil, []byte(`{"symbol":"staged"}`)); err != nil {
			t.Error(err)
		}
		if _, err := s.Release(ctx, nil); err != nil {
			t.Error(err)
		}
	})
	f.seen.Field("symbol", "staged")
}

// An hour of a timer each second, with a send and a look each second of it.
func TestScriptedHour(t *testing.T) {
	ch := &channels{}
	h := gatewaytest.New(t, ch, doubler{})
	trades, doubled, beats := gatewaytest.Feed(h, &ch.Trades), gatewaytest.Watch(h, &ch.Doubled), gatewaytest.Watch(h, &ch.Beats)
	for i := range 3600 {
		trades.Send(trade{Size: int64(i), Price: 1})
		doubled.Equal(trade{Price: 2})
		h.Advance(time.Second)
		beats.Ticked(1)
	}
}

// recorder is a TB that keeps what it is told and goes on.
type recorder struct {
	testing.TB
	said []string
}

func (r *recorder) Errorf(format string, args ...any) {
	r.said = append(r.said, fmt.Sprintf(format, args...))
}
func (r *recorder) Fatalf(format string, args ...any) {
	r.Errorf(format, args...)
	runtime.Goexit()
}
func (r *recorder) Fatal(args ...any) { r.Fatalf("%s", fmt.Sprint(args...)) }
func (r *recorder) Log(args ...any)   { r.said = append(r.said, fmt.Sprint(args...)) }

// failing runs a script that is to fail and returns what it says.
func failing(t *testing.T, script func(f fixture)) string {
	t.Helper()
	r := &recorder{TB: t}
	done := make(chan struct{})
	go func() {
		defer close(done)
		script(setup(r))
	}()
	<-done
	return strings.Join(r.said, "\n")
}

func TestFailuresTellWhatTickedInstead(t *testing.T) {
	show := ` trades {"id":"1577836800000000001","timestamp":"2020-01-01T00:00:00","symbol":"a","price":1.0,"size":0}`
	ticked := "ticked from 00:00:00.000000 to 00:00:00.000000:\n"
	for _, tc := range []struct {
		name   string
		script func(f fixture)
		want   string
	}{
		{"ticked", func(f fixture) { f.seen.Ticked(2) }, "trades: got 1 ticks, want 2\n" + ticked + "  00:00:00.000000 #"},
		{"not ticked", func(f fixture) { f.Advance(time.Second); f.seen.Ticked(1) },
			"trades: got 0 ticks, want 1\nnothing that is watched ticked from 00:00:00.000000 to 00:00:01.000000"},
		{"equal", func(f fixture) { f.seen.Equal(trade{Symbol: "b"}) },
			"trades:\n got {\"id\":null,\"timestamp\":null,\"symbol\":\"a\",\"price\":1.0,\"size\":0}\n" +
				"want {\"id\":null,\"timestamp\":null,\"symbol\":\"b\",\"price\":0.0,\"size\":0}\n" + ticked},
		{"equal all", func(f fixture) { f.seen.EqualAll() }, "trades: got 1 ticks, want 0\n" + ticked},
		{"equal all values", func(f fixture) { f.seen.EqualAll(trade{}) }, "trades: tick 1:\n got {"},
		{"field", func(f fixture) { f.seen.Field("price", 2.5) }, "trades: price: got 1.0, want 2.5\n" + ticked},
		{"no field", func(f fixture) { f.seen.Field("prize", 2.5) }, "trades: trade has no field \"prize\", or it is unset\n"},
		{"last", func(f fixture) { f.minutes.Last() }, "minutes has not ticked\n" + ticked},
		{"module", func(f fixture) { f.trades.Send(trade{Price: 13}); f.Delay(0) },
			`gateway "TestFailuresTellWhatTickedInstead/module": module "doubler", reading channel "trades" (id `},
		{"after the end", func(f fixture) { f.Gateway.Stop(); <-f.Gateway.Done(); f.Delay(time.Second) }, "the run came to its end\n"},
		{"backwards", func(f fixture) { f.Until(f.Start.Add(-1)) }, "until 2019-12-31 23:59:59.999999999 +0000 UTC: it is 2020-01-01T00:00:00.000000000Z already"},
		{"late probe", func(f fixture) { gatewaytest.Feed(f.Harness, &gateway.Channel[trade]{}) },
			"sources and probes are made before the script begins"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got := failing(t, func(f fixture) {
				f.trades.Send(trade{Symbol: "a", Price: 1})
				f.Delay(0)
				tc.script(f)
			})
			if !strings.HasPrefix(got, tc.want) {
				t.Errorf("got %s\nwant %s", got, tc.want)
			}
			if strings.Contains(tc.want, ticked) && !strings.Contains(got, show) {
				t.Errorf("got %s\nwant it to show %s", got, show)
			}
		})
	}
}

func TestBuildThatFailsEndsTheTest(t *testing.T) {
	r := &recorder{TB: t}
	done := make(chan struct{})
	go func() {
		defer close(done)
		h := gatewaytest.New(r, &struct{ A gateway.Channel[int] }{})
		h.Advance(time.Second)
	}()
	<-done
	if len(r.said) != 1 || !strings.Contains(r.said[0], `channel "a"`) {
		t.Errorf("got %v, want the error of the build", r.said)
	}
}

// The failure points to the script: the test that fails runs here, with its output caught.
func TestFailurePointsToTheLineOfTheScript(t *testing.T) {
	var want int
	script := func(t *testing.T) {
		f := setup(t)
		f.trades.Send(trade{Symbol: "a"})
		_, _, want, _ = runtime.Caller(0)
		f.seen.Ticked(5) // the line after
	}
	out := captured(t, func() {
		testing.RunTests(func(_, _ string) (bool, error) { return true, nil }, []testing.InternalTest{{Name: "Script", F: script}})
	})
	line := regexp.MustCompile(`harness_test\.go:(\d+): trades: got 1 ticks, want 5`).FindStringSubmatch(out)
	if line == nil || line[1] != fmt.Sprint(want+1) {
		t.Errorf("got %s\nwant a failure at line %d", out, want+1)
	}
}

// captured returns what f writes to the standard output.
func captured(t *testing.T, f func()) string {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	old := os.Stdout
	os.Stdout = w
	read := make(chan string)
	go func() {
		all, _ := io.ReadAll(r)
		read <- string(all)
	}()
	f()
	os.Stdout = old
	w.Close()
	return <-read
}
