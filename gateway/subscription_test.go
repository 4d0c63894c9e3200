package gateway_test

import (
	"errors"
	"testing"

	"gw/engine"
	"gw/engine/op"
	"gw/gateway"
)

// counted is a gateway whose channel "one" ticks 1 to n, and "two" the same from 101.
func counted(n int64) *gateway.Gateway {
	var all []int64
	for i := range n {
		all = append(all, i+1, i+1)
	}
	return gateway.New(&channels{}, source("source", all...), wire("two", func(ch *channels) {
		ch.Two.Set(op.Map(ch.One.Get(), func(v item) item { return x(v.X.Or(0) + 100) }))
	}))
}

// follow subscribes before the run and returns what waits after it.
func follow(t *testing.T, n int64, o gateway.SubscribeOptions) (got string, dropped, conflated uint64, sub *gateway.Subscription) {
	t.Helper()
	g := counted(n)
	if err := g.Build(); err != nil {
		t.Fatal(err)
	}
	sub, err := g.Subscribe(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	replay(t, g)
	<-sub.Ready()
	ticks, dropped, conflated := sub.Take()
	for _, tick := range ticks {
		got += values(tick.Records) + " "
	}
	return got, dropped, conflated, sub
}

func TestSubscriptionPolicies(t *testing.T) {
	both := []gateway.Selector{{Channel: "two"}, {Channel: "one"}}
	one := both[1:]
	cases := []struct {
		name               string
		opts               gateway.SubscribeOptions
		want               string
		dropped, conflated uint64
		err                error
	}{
		{"every", gateway.SubscribeOptions{Select: both}, "1 101 2 102 3 103 4 104 ", 0, 0, nil},
		{"drop oldest", gateway.SubscribeOptions{Select: one, Limit: 2}, "3 4 ", 2, 0, nil},
		{"disconnect", gateway.SubscribeOptions{Select: one, Limit: 3, Full: gateway.Disconnect}, "", 0, 0, gateway.ErrTooSlow},
		{"disconnect in time", gateway.SubscribeOptions{Select: one, Limit: 4, Full: gateway.Disconnect}, "1 2 3 4 ", 0, 0, nil},
		{"latest", gateway.SubscribeOptions{Select: both, Policy: gateway.Latest}, "4 104 ", 0, 6, nil},
		{"selected twice", gateway.SubscribeOptions{Select: append(one, one...)}, "1 2 3 4 ", 0, 0, nil},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			got, dropped, conflated, sub := follow(t, 4, tc.opts)
			if got != tc.want || dropped != tc.dropped || conflated != tc.conflated {
				t.Errorf("got %q, %d dropped, %d conflated, want %q, %d, %d", got, dropped, conflated, tc.want, tc.dropped, tc.conflated)
			}
			if !errors.Is(sub.Err(), tc.err) {
				t.Errorf("got error %v, want %v", sub.Err(), tc.err)
			}
			if ticks, dropped, _ := sub.Take(); len(ticks) != 0 || dropped != 0 {
				t.Errorf("got %d ticks and %d dropped again, want each told once", len(ticks), dropped)
			}
		})
	}
}

func TestSubscriptionAddsAndRemovesChannels(t *testing.T) {
	g := live(t, sendAll)
	sub, err := g.Subscribe(t.Context(), gateway.SubscribeOptions{Select: []gateway.Selector{{Channel: "basket"}}})
	if err != nil {
		t.Fatal(err)
	}
	sub.Remove(gateway.Selector{Channel: "basket", Key: "B"})
	if err := sub.Add(gateway.Selector{Channel: "one"}); err != nil {
		t.Error(err)
	}
	wantError(t, sub.Add(gateway.Selector{Channel: "nope"}), "Channel not found: nope")
	sendAndWait(t, g, "basket", "", `{"A":{"x":1},"B":{"x":2}}`)
	sendAndWait(t, g, "one", "", `{"x":3}`)
	got := ""
	ticks, _, _ := sub.Take()
	for _, tick := range ticks {
		got += values(tick.Records) + " "
	}
	if want := "1 3 "; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	sub.Close()
	sub.Close()
	sendAndWait(t, g, "one", "", `{"x":4}`)
	if ticks, _, _ := sub.Take(); len(ticks) != 0 {
		t.Errorf("got %v after Close, want nothing", ticks)
	}
}

func TestSubscribersShareOneTick(t *testing.T) {
	g := counted(1)
	if err := g.Build(); err != nil {
		t.Fatal(err)
	}
	var subs []*gateway.Subscription
	for range 3 {
		sub, err := g.Subscribe(t.Context(), gateway.SubscribeOptions{Select: []gateway.Selector{{Channel: "one"}}})
		if err != nil {
			t.Fatal(err)
		}
		subs = append(subs, sub)
	}
	replay(t, g)
	first, _, _ := subs[0].Take()
	for _, sub := range subs[1:] {
		if ticks, _, _ := sub.Take(); ticks[0] != first[0] {
			t.Error("got a tick of its own, want the same one for all")
		}
	}
}

func TestValuesOutsideDoNotChangeWithTheGraph(t *testing.T) {
	g := gateway.New(&channels{}, wire("source", func(ch *channels) {
		ch.One.Set(engine.Curve(ch.One.Graph(), points(1, 1, 2, 2)))
	}))
	replay(t, g)
	ticks := g.Recent(t.Context(), "one", "", 2)
	if values(ticks[0].Records) != "1" || values(ticks[1].Records) != "2" {
		t.Errorf("got %s and %s, want 1 and 2", values(ticks[0].Records), values(ticks[1].Records))
	}
}

func TestTicksOfACycleComeInTheOrderOfDeclaration(t *testing.T) {
	g := gateway.New(&channels{}, wire("source", func(ch *channels) {
		ch.Two.Set(engine.Curve(ch.Two.Graph(), points(1, 1)))
		ch.One.Set(op.Map(ch.Two.Get(), func(v item) item { return v }))
	}))
	if err := g.Build(); err != nil {
		t.Fatal(err)
	}
	sub, err := g.Subscribe(t.Context(), gateway.SubscribeOptions{Select: []gateway.Selector{{Channel: "two"}, {Channel: "one"}}})
	if err != nil {
		t.Fatal(err)
	}
	replay(t, g)
	ticks, _, _ := sub.Take()
	if len(ticks) != 2 || ticks[0].Channel != "one" || ticks[1].Channel != "two" {
		t.Errorf("got %v, want one and then two", ticks)
	}
}
