package tui

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"gw/client"
)

// scriptSource opens streams that a test feeds.
type scriptSource struct {
	fakeSource
	opened chan *scriptStream
	fails  error // what Channels answers
}

type scriptStream struct {
	options client.WatchOptions
	frames  chan client.Frame
	end     error
	closed  bool
}

func (s *scriptStream) Frames() <-chan client.Frame { return s.frames }
func (s *scriptStream) Err() error                  { return s.end }
func (s *scriptStream) Close()                      { s.closed = true }

func (s *scriptSource) Channels(context.Context) ([]client.Channel, error) {
	channels, _ := market()
	return channels, s.fails
}
func (s *scriptSource) Graph(context.Context) (client.Graph, error) { return client.Graph{}, nil }
func (s *scriptSource) Watch(_ context.Context, o client.WatchOptions) (stream, error) {
	st := &scriptStream{options: o, frames: make(chan client.Frame)}
	s.opened <- st
	return st, nil
}

// fed runs a feed in a bubble; a goroutine that it leaves behind fails the test.
func fed(t *testing.T, test func(t *testing.T, s *scriptSource, d *data, f *feed)) {
	synctest.Test(t, func(t *testing.T) {
		s := &scriptSource{opened: make(chan *scriptStream)}
		d := newData(time.Now)
		f := newFeed(s, d, 10*time.Second)
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() { defer close(done); f.run(ctx) }()
		test(t, s, d, f)
		cancel()
		<-done
	})
}

func TestFeedServesTheNewestWish(t *testing.T) {
	fed(t, func(t *testing.T, s *scriptSource, d *data, f *feed) {
		f.watch(client.WatchOptions{Channels: []string{"*"}})
		all := <-s.opened
		all.frames <- client.Frame{Seq: 1, Status: replayStatus(), Ticks: []client.Tick{trade(5)}}
		f.watch(client.WatchOptions{Channels: []string{"a"}})
		one := <-s.opened
		if !all.closed || one.options.Channels[0] != "a" {
			t.Errorf("first watch closed: %t, second is of %q", all.closed, one.options.Channels)
		}
		if got := d.byName["ethusdt_trade"].total(); got != 5 {
			t.Errorf("got %d ticks, want 5", got)
		}
	})
}

func TestFeedHoldsFrames(t *testing.T) {
	fed(t, func(t *testing.T, s *scriptSource, d *data, f *feed) {
		f.watch(client.WatchOptions{})
		st := <-s.opened
		f.hold(true)
		synctest.Wait()
		select {
		case st.frames <- client.Frame{Seq: 1}:
			t.Error("a frame was taken while held")
		default:
		}
		f.hold(false)
		st.frames <- client.Frame{Seq: 1}
	})
}

func TestFeedTriesAgainAndGivesUp(t *testing.T) {
	fed(t, func(t *testing.T, s *scriptSource, d *data, f *feed) {
		f.watch(client.WatchOptions{})
		st := <-s.opened
		st.frames <- client.Frame{Seq: 1, Status: replayStatus()}
		st.frames <- client.Frame{Lost: errors.New("cut")}
		synctest.Wait()
		if !d.isLost() {
			t.Error("the loss is not known")
		}
		st.frames <- client.Frame{Seq: 1, Status: replayStatus()}
		synctest.Wait()
		if d.isLost() {
			t.Error("still lost after a frame")
		}
		s.fails = errors.New("cut again")
		st.end = s.fails
		close(st.frames)
		start := time.Now()
		for d.fatalError() == nil {
			<-d.changed
		}
		if got := time.Since(start); got < 10*time.Second || got > 15*time.Second {
			t.Errorf("gave up after %v, want 10 s and a little", got)
		}
	})
}

func TestFeedEndsAtOnceWhereNoGatewayIs(t *testing.T) {
	fed(t, func(t *testing.T, s *scriptSource, d *data, f *feed) {
		s.fails = &client.APIError{Status: 404, Detail: "Not Found"}
		f.watch(client.WatchOptions{})
		synctest.Wait()
		if d.fatalError() == nil {
			t.Error("want an error at once")
		}
	})
}

func TestRefusedWatchIsAMessage(t *testing.T) {
	fed(t, func(t *testing.T, s *scriptSource, d *data, f *feed) {
		f.watch(client.WatchOptions{})
		st := <-s.opened
		st.frames <- client.Frame{Seq: 1, Status: replayStatus()}
		st.end = &client.APIError{Status: 404, Detail: "Channel not found: a"}
		close(st.frames)
		synctest.Wait()
		if d.fatalError() != nil || d.refused == nil {
			t.Errorf("fatal %v, refused %v", d.fatalError(), d.refused)
		}
	})
}
