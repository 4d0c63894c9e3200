// Package gatewaytest tests a gateway on simulated time, with a script of plain Go: send values, let time pass, and look
// at what ticked. An hour of engine time takes milliseconds, a failure points to the line of the script and shows what
// ticked instead, and nothing depends on how fast the machine is.
//
//	ch := &Channels{}
//	h := gatewaytest.New(t, ch, &VWAP{})
//	trades := gatewaytest.Feed(h, &ch.Trades)           // *Source[Trade]
//	vwap := gatewaytest.WatchKey(h, &ch.VWAP, "AAPL")   // *Probe[Summary]
//
//	trades.Send(Trade{Symbol: "AAPL", Price: 10, Size: 1})
//	vwap.Equal(Summary{VWAP: 10})
//	h.Advance(time.Minute)
//	vwap.NotTicked()
//
// Sources and probes are made first; the gateway is built and begins at the first line that sends, waits or asserts. What
// is sent ticks its channel at the script's present time, each value in a cycle of its own, in the order of the script.
// An assertion first lets everything happen that is due by now. It speaks of what ticked since the step began: with the
// run, with the last Advance, or with the last Reset.
//
// Everything here belongs to the test's goroutine. The gateway stops when the test ends. The gateway itself is there too
// (Harness.Gateway): to set it up before the script begins, and to ask it (Last, State, Snapshot) at any time. Calls that
// wait for the engine, such as those of Stage, are made within Harness.Outside.
package gatewaytest
