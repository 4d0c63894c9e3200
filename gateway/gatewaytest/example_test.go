package gatewaytest_test

import (
	"fmt"
	"testing"
	"time"

	"gw/engine"
	"gw/gateway"
	"gw/gateway/gatewaytest"
)

// quote is what ticks, and desk the channels of this example.
type quote struct {
	gateway.Struct
	Bid float64 `json:"bid"`
	Ask float64 `json:"ask"`
}

type desk struct {
	Quotes gateway.Channel[quote] `channel:"quotes"`
	Wide   gateway.Channel[quote] `channel:"wide"`
	Stale  gateway.Channel[quote] `channel:"stale"`
}

// watchdog is the module under test: it repeats a quote that is wider than Limit, and the last quote after a minute
// without a new one.
type watchdog struct{ Limit float64 }

func (w *watchdog) Connect(ch *desk) error {
	n := ch.Quotes.Graph().Node("watchdog")
	quotes, silence := engine.Use(n, ch.Quotes.Get()), engine.NewAlarm[quote](n)
	wide, stale := engine.Emit[quote](n), engine.Emit[quote](n)
	var pending engine.Handle
	n.OnTick(func() {
		if silence.Ticked() {
			stale.Set(silence.Get())
		}
		if quotes.Ticked() {
			q := quotes.Get()
			silence.Cancel(pending)
			pending = silence.After(time.Minute, q)
			if q.Ask-q.Bid > w.Limit {
				wide.Set(q)
			}
		}
	})
	ch.Wide.Set(wide.Edge())
	ch.Stale.Set(stale.Edge())
	return nil
}

func TestWatchdog(t *testing.T) {
	ch := &desk{}
	h := gatewaytest.New(t, ch, &watchdog{Limit: 0.5})
	quotes := gatewaytest.Feed(h, &ch.Quotes)
	wide, stale := gatewaytest.Watch(h, &ch.Wide), gatewaytest.Watch(h, &ch.Stale)

	quotes.Send(quote{Bid: 10, Ask: 10.1}, quote{Bid: 10, Ask: 11})
	wide.EqualAll(quote{Bid: 10, Ask: 11}) // ids and timestamps are left out
	stale.NotTicked()

	h.Advance(59*time.Second, "not yet")
	stale.NotTicked()
	h.Advance(time.Second)
	stale.Ticked(1)
	stale.Field("ask", 11)
}

// console is a testing.TB that prints, for the example: a test passes its own *testing.T.
type console struct{ testing.TB }

func (console) Helper()                           {}
func (console) Name() string                      { return "Example" }
func (console) Cleanup(func())                    {}
func (console) Errorf(format string, args ...any) { fmt.Printf(format+"\n", args...) }

// What a failing assertion says: the line of the script comes before it in a real test.
func Example() {
	ch := &desk{}
	h := gatewaytest.New(console{}, ch, &watchdog{Limit: 0.5})
	quotes, wide := gatewaytest.Feed(h, &ch.Quotes), gatewaytest.Watch(h, &ch.Wide)
	quotes.Send(quote{Bid: 10, Ask: 11})
	wide.Ticked(2)
	h.Gateway.Stop()
	// Output:
	// wide: got 1 ticks, want 2
	// ticked from 00:00:00.000000 to 00:00:00.000000:
	//   00:00:00.000000 #3 wide {"id":"1577836800000000001","timestamp":"2020-01-01T00:00:00","bid":10.0,"ask":11.0}
}
