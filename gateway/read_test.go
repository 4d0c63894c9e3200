package gateway_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"

	"gw/engine"
	"gw/engine/op"
	"gw/gateway"
)

// asking calls Next in the background and returns where its answer comes.
func asking(g *gateway.Gateway, ctx context.Context, name, key string) chan string {
	answer := make(chan string, 1)
	go func() {
		a, err := g.Next(ctx, name, key)
		if err != nil {
			answer <- err.Error()
			return
		}
		answer <- "[" + values(a.Records) + "]"
	}()
	return answer
}

// inBubble runs a realtime gateway in a bubble of goroutines that the test can wait for.
func inBubble(t *testing.T, f func(t *testing.T, g *gateway.Gateway)) {
	synctest.Test(t, func(t *testing.T) {
		g := gateway.New(&channels{}, sendAll)
		go func() { _ = g.Run(context.Background(), gateway.RunConfig{Realtime: true}) }()
		<-g.Ready()
		f(t, g)
		g.Stop()
		<-g.Done()
	})
}

func TestNextWaitsForItsOwnKey(t *testing.T) {
	inBubble(t, func(t *testing.T, g *gateway.Gateway) {
		ofA, whole := asking(g, t.Context(), "basket", "A"), asking(g, t.Context(), "basket", "")
		synctest.Wait()
		send(t, g, "basket", "B", `{"x":2}`)
		synctest.Wait()
		if got, want := <-whole, "[2]"; got != want {
			t.Errorf("whole basket: got %s, want %s", got, want)
		}
		select {
		case got := <-ofA:
			t.Errorf("key A: got %s when B ticked, want it to wait", got)
		default:
		}
		whole = asking(g, t.Context(), "basket", "")
		synctest.Wait()
		send(t, g, "basket", "A", `{"x":1}`)
		if got, want := <-ofA, "[1]"; got != want {
			t.Errorf("key A: got %s, want %s", got, want)
		}
		if got, want := <-whole, "[1,2]"; got != want {
			t.Errorf("whole basket: got %s, want all keys that have ticked: %s", got, want)
		}
	})
}

func TestNextIsAnsweredEmptyWhenTheGatewayStops(t *testing.T) {
	inBubble(t, func(t *testing.T, g *gateway.Gateway) {
		answer := asking(g, t.Context(), "one", "")
		synctest.Wait()
		g.Stop()
		if got, want := <-answer, "[]"; got != want {
			t.Errorf("got %s, want %s", got, want)
		}
		<-g.Done()
		if _, err := g.Next(t.Context(), "one", ""); !errors.Is(err, gateway.ErrNotRunning) {
			t.Errorf("after the end: got %v, want ErrNotRunning", err)
		}
	})
}

func TestNextEndsWithItsContext(t *testing.T) {
	inBubble(t, func(t *testing.T, g *gateway.Gateway) {
		ctx, cancel := context.WithCancel(t.Context())
		answer := asking(g, ctx, "one", "")
		synctest.Wait()
		cancel()
		if got, want := <-answer, "context canceled"; got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	})
}

func TestManyWaitersDoNotStarveEachOther(t *testing.T) {
	inBubble(t, func(t *testing.T, g *gateway.Gateway) {
		var waiting []chan string
		for range 1000 {
			waiting = append(waiting, asking(g, t.Context(), "one", ""))
		}
		other := asking(g, t.Context(), "many", "")
		synctest.Wait()
		send(t, g, "many", "", `{"x":7}`)
		if got := <-other; got != "[7]" {
			t.Errorf("got %s, want [7]", got)
		}
		send(t, g, "one", "", `{"x":1}`)
		for _, w := range waiting {
			if got := <-w; got != "[1]" {
				t.Errorf("got %s, want [1]", got)
			}
		}
	})
}

func TestUnknownNamesAreNotFound(t *testing.T) {
	g := gateway.New(&channels{}, sendAll)
	if err := g.Build(); err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct{ name, key, want string }{
		{"nope", "", "Channel not found: nope"},
		{"metadata", "", "Channel not found: metadata"},
		{"basket", "Z", "Channel not found: basket/Z"},
		{"one", "k", "Channel not found: one/k"},
		{"named", "a/b", "Channel not found: named/a/b"},
	} {
		_, err := g.Last(t.Context(), tc.name, tc.key)
		wantError(t, err, tc.want)
		_, err = g.Next(t.Context(), tc.name, tc.key)
		wantError(t, err, tc.want)
		_, err = g.Subscribe(t.Context(), gateway.SubscribeOptions{Select: []gateway.Selector{{Channel: tc.name, Key: tc.key}}})
		wantError(t, err, tc.want)
		if got := g.Recent(t.Context(), tc.name, tc.key, 5); got != nil {
			t.Errorf("%s/%s: got %v, want no ticks", tc.name, tc.key, got)
		}
	}
	if got := last(t, g, "one", ""); got != "" {
		t.Errorf("got %s, want nothing of a channel that has not ticked", got)
	}
}

func TestAnswersAreOfOneCycle(t *testing.T) {
	g := gateway.New(&channels{}, wire("all", func(ch *channels) {
		timer := op.Count(engine.Timer(ch.One.Graph(), 1, true))
		for _, k := range ch.Basket.Keys() {
			ch.Basket.Set(k, op.Map(timer, func(n int) item { return x(int64(n)) }))
		}
	}))
	go func() { _ = g.Run(context.Background(), gateway.RunConfig{Start: start}) }()
	<-g.Ready()
	defer func() {
		g.Stop()
		<-g.Done()
	}()
	sub, err := g.Subscribe(t.Context(), gateway.SubscribeOptions{
		Select: []gateway.Selector{{Channel: "basket"}}, Policy: gateway.Latest,
	})
	if err != nil {
		t.Fatal(err)
	}
	for range 500 {
		a, err := g.Last(t.Context(), "basket", "")
		if err != nil {
			t.Fatal(err)
		}
		for i := 1; i < len(a.Records); i++ {
			if values(a.Records[i:i+1]) != values(a.Records[:1]) {
				t.Fatalf("last: got %s, want the keys of one cycle", values(a.Records))
			}
		}
		<-sub.Ready()
		ticks, _, _ := sub.Take()
		for i := 1; i < len(ticks); i++ {
			if ticks[i].Cycle != ticks[0].Cycle {
				t.Fatalf("subscription: got cycles %d and %d together", ticks[0].Cycle, ticks[i].Cycle)
			}
		}
		next, err := g.Next(t.Context(), "basket", "")
		if err != nil || len(next.Records) != 3 || values(next.Records[:1]) != values(next.Records[2:]) {
			t.Fatalf("next: got %v %v, want the keys of one cycle", next, err)
		}
	}
}

func TestRecentKeepsABoundedHistory(t *testing.T) {
	g := gateway.New(&channels{}, source("source", 1, 1, 2, 2, 3, 3, 4, 4, 5, 5), wire("basket", func(ch *channels) {
		ch.Basket.Set(letterA, ch.One.Get())
		ch.Basket.Set(letterB, ch.One.Get())
	}))
	g.History = 3
	replay(t, g)
	if got, want := history(t, g, "one", ""), "3s:3 4s:4 5s:5"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got := g.Recent(t.Context(), "one", "", 2); len(got) != 2 || got[0].N != 4 || got[1].N != 5 {
		t.Errorf("got %v, want ticks 4 and 5", got)
	}
	if got := g.Recent(t.Context(), "basket", "", 3); len(got) != 3 || got[0].Key != "B" || got[1].Key != "A" || got[2].N != 5 {
		t.Errorf("got %v, want the newest three of all keys in their order", got)
	}
}

func TestTickIsEncodedOnce(t *testing.T) {
	g := gateway.New(&channels{}, source("source", 1, 1))
	replay(t, g)
	tick := g.Recent(t.Context(), "one", "", 1)[0]
	a, err := g.Last(t.Context(), "one", "")
	if err != nil {
		t.Fatal(err)
	}
	if &tick.JSON()[0] != &a.JSON()[0] {
		t.Error("got two encodings of one tick, want one that is shared")
	}
}
