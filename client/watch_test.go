package client_test

import (
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"gw/client"
)

func frameJSON(seq int, ticks string) string {
	return fmt.Sprintf(`{"watch":"w1","seq":%d,"snapshot":%t,"status":%s,"dropped":1,"conflated":2,"ticks":[%s]}`, seq, seq == 1, statusJSON, ticks)
}

const tickJSON = `{"channel":"basket","key":"A","time":"2024-08-09T00:03:12.418201993Z","cycle":7,"n":3,"data":[{"x":1}]}`

// open starts a watch while the fake answers its first frame.
func open(t *testing.T, g *fakeGateway, c *client.Client, o client.WatchOptions, first string) (*client.Watch, *fakeWatch, error) {
	t.Helper()
	accepted := make(chan *fakeWatch)
	go func() {
		f := <-g.watches
		f.send(first)
		accepted <- f
	}()
	w, err := c.Watch(t.Context(), o)
	return w, <-accepted, err
}

func TestWatchDeliversAndAcknowledgesWhatWasTaken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := startFake(t, nil)
		c := g.client(client.Options{})
		w, f, err := open(t, g, c, client.WatchOptions{Channels: []string{"*"}, Every: true, History: 5}, frameJSON(1, tickJSON))
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(watchAsk{"watch", "w1", []string{"*"}, "every", 5, 100, 0}, f.asks); d != "" {
			t.Error(d)
		}
		acked := make(chan watchAsk, 1)
		go func() { acked <- f.receive() }()
		synctest.Wait()
		if len(acked) != 0 {
			t.Error("acknowledged before the frame was taken")
		}
		got := <-w.Frames()
		tick := client.Tick{Channel: "basket", Key: "A", Time: wantStatus().Time, Cycle: 7, N: 3, Data: []byte(`[{"x":1}]`)}
		want := client.Frame{Seq: 1, Snapshot: true, Status: wantStatus(), Dropped: 1, Conflated: 2, Ticks: []client.Tick{tick}}
		if d := cmp.Diff(want, got); d != "" {
			t.Error(d)
		}
		if ask := <-acked; ask.Action != "ack" || ask.Seq != 1 || ask.ID != "w1" {
			t.Errorf("got %+v, want the ack of 1", ask)
		}
		w.Close()
		if _, open := <-w.Frames(); open || w.Err() != nil {
			t.Errorf("after Close: frames open %t, err %v", open, w.Err())
		}
		c.Close()
		g.stop()
	})
}

func TestWatchReconnectsWithBackoffAndAsksAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := startFake(t, nil)
		c := g.client(client.Options{Retry: time.Second})
		w, _, err := open(t, g, c, client.WatchOptions{Channels: []string{"a"}}, frameJSON(1, ""))
		if err != nil {
			t.Fatal(err)
		}
		<-w.Frames()
		g.stop()
		start := time.Now()
		for i := range 3 {
			var u *client.UnreachableError
			if f := <-w.Frames(); !errors.As(f.Lost, &u) {
				t.Fatalf("loss %d: got %v", i, f.Lost)
			}
		}
		// 1 s and 2 s, each up to a fifth longer
		if d := time.Since(start); d < 3*time.Second || d > 3600*time.Millisecond {
			t.Errorf("two attempts took %v, want 3 s to 3.6 s", d)
		}
		g.listen()
		f := <-g.watches
		if f.asks.Action != "watch" || f.asks.Policy != "latest" || f.asks.Channels[0] != "a" {
			t.Errorf("asked %+v after the reconnect", f.asks)
		}
		f.send(frameJSON(1, ""))
		if got := <-w.Frames(); got.Lost != nil || !got.Snapshot {
			t.Errorf("got %+v, want a snapshot", got)
		}
		c.Close() // ends the watch too
		if _, open := <-w.Frames(); open {
			t.Error("frames still open after the client's Close")
		}
		g.stop()
	})
}

func TestWatchEndsWhenTheGatewayRefuses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := startFake(t, nil)
		c := g.client(client.Options{})
		_, _, err := open(t, g, c, client.WatchOptions{Channels: []string{"nope"}}, `{"watch":"w1","error":"Channel not found: nope"}`)
		var api *client.APIError
		if !errors.As(err, &api) || err.Error() != "watch http://gateway.test: Channel not found: nope (404 Not Found)" {
			t.Errorf("at start: got %v", err)
		}
		w, f, err := open(t, g, c, client.WatchOptions{Channels: []string{"a"}}, frameJSON(1, ""))
		if err != nil {
			t.Fatal(err)
		}
		<-w.Frames()
		f.receive()
		f.send(`{"watch":"w1","error":"Channel not found: a"}`)
		if f, open := <-w.Frames(); open {
			t.Errorf("got frame %+v, want the end", f)
		}
		if !errors.As(w.Err(), &api) || api.Detail != "Channel not found: a" {
			t.Errorf("later: got %v", w.Err())
		}
		c.Close()
		g.stop()
	})
}

func TestWatchNoticesAGatewayThatFellSilent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := startFake(t, nil)
		c := g.client(client.Options{})
		w, _, err := open(t, g, c, client.WatchOptions{}, frameJSON(1, ""))
		if err != nil {
			t.Fatal(err)
		}
		<-w.Frames()
		start := time.Now()
		f := <-w.Frames()
		if f.Lost == nil || time.Since(start) != 15*time.Second {
			t.Errorf("got %+v after %v, want a loss after 15 s", f, time.Since(start))
		}
		c.Close()
		g.stop()
	})
}

func TestWatchOfAServerWithoutTheProtocol(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := startFake(t, nil)
		c := client.New("http://gateway.test", client.Options{Dial: g.listener.Dial, Prefix: "/elsewhere"})
		_, err := c.Watch(t.Context(), client.WatchOptions{})
		var api *client.APIError
		if !errors.As(err, &api) || api.Status != 404 {
			t.Errorf("got %v", err)
		}
		c.Close()
		g.stop()
	})
}
