package gateway_test

import (
	"context"
	"errors"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"gw/engine"
	"gw/engine/op"
	"gw/gateway"
)

func TestStopBeforeRunAndTwice(t *testing.T) {
	shut := false
	m := wire("m", func(*channels) {})
	m.shutdown = func(context.Context) error {
		shut = true
		return nil
	}
	g := gateway.New(&channels{}, m)
	g.Stop()
	g.Stop()
	if err := g.Run(t.Context(), gateway.RunConfig{Realtime: true}); err != nil {
		t.Error(err)
	}
	select {
	case <-g.Done():
	default:
		t.Error("Done is open after Run")
	}
	if got := g.Status().State; got != "stopped" || !shut {
		t.Errorf("got state %s, shut down %v, want stopped and its connected module shut down", got, shut)
	}
	g.Stop()
	wantError(t, g.Run(t.Context(), gateway.RunConfig{}), "a gateway runs once; make another one")
}

func TestModuleThatDidNotConnectIsNotShutDown(t *testing.T) {
	var shut []string
	note := func(name string) func(context.Context) error {
		return func(context.Context) error {
			shut = append(shut, name)
			return nil
		}
	}
	first := &module{name: "first", connect: func(*channels) error { return nil }, shutdown: note("first")}
	broken := &lonely{shutdown: note("broken")}
	g := gateway.New(&channels{}, first, broken)
	if err := g.Run(t.Context(), gateway.RunConfig{}); err == nil {
		t.Error("got no error, want that of the build")
	}
	if got := strings.Join(shut, " "); got != "first" {
		t.Errorf("got %q shut down, want first", got)
	}
}

// lonely cannot connect.
type lonely struct {
	shutdown func(context.Context) error
}

func (l *lonely) Shutdown(ctx context.Context) error { return l.shutdown(ctx) }

func TestShutdownHasALimitAndNamesWhoBrokeIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		release := make(chan struct{})
		hangs := wire("hangs", func(*channels) {})
		hangs.shutdown = func(context.Context) error {
			<-release
			return nil
		}
		fails := wire("fails", func(*channels) {})
		fails.shutdown = func(context.Context) error { return errors.New("disk full") }
		panics := wire("panics", func(*channels) {})
		panics.shutdown = func(context.Context) error { panic("oh") }
		g := gateway.New(&channels{}, hangs, fails, panics)
		begin := time.Now()
		err := g.Run(t.Context(), gateway.RunConfig{Start: start, ShutdownLimit: time.Minute})
		wantError(t, err, `module "hangs": shutdown: not done after 1m0s
module "fails": shutdown: disk full
module "panics": shutdown: panic: oh`)
		if took := time.Since(begin); took != time.Minute {
			t.Errorf("took %v, want the limit", took)
		}
		close(release)
	})
}

func TestFailingNodeIsNamedWithModuleAndChannels(t *testing.T) {
	g := gateway.New(&channels{}, source("source", 1, 1),
		wire("vwap", func(ch *channels) {
			ch.Two.Set(op.Map(ch.One.Get(), func(item) item { panic("division by zero") }))
		}))
	g.Name = "demo"
	err := g.Run(t.Context(), gateway.RunConfig{Start: start})
	want := `gateway "demo": module "vwap", reading channel "one" (id 1577836800000000001), setting channel "two": ` +
		`node "map" (cycle 1 at 2020-01-01T00:00:01.000000000Z): panic: division by zero`
	wantError(t, err, want)
	var node *engine.NodeError
	if !errors.As(err, &node) || node.Cycle != 1 {
		t.Errorf("got %T, want a NodeError inside", err)
	}
	if got := g.Status().State; got != "stopped" {
		t.Errorf("got state %s, want stopped", got)
	}
}

func TestRunTakesEverythingWithIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) { // fails if a goroutine of the gateway is left
		g := gateway.New(&channels{}, sendAll, gateway.ControlsModule{})
		done := make(chan error)
		go func() { done <- g.Run(context.Background(), gateway.RunConfig{Realtime: true}) }()
		<-g.Ready()
		sendAndWait(t, g, "one", "", `{"x":1}`)
		g.Stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
}

func TestContextEndsTheRunWithoutAnError(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	g := gateway.New(&channels{}, sendAll)
	done := make(chan error)
	go func() { done <- g.Run(ctx, gateway.RunConfig{Realtime: true}) }()
	<-g.Ready()
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func TestStatusFollowsTheRun(t *testing.T) {
	g := gateway.New(&channels{}, source("source", 1, 1, 2, 2, 3, 3))
	g.Name = "demo"
	if got := g.Status(); got.State != "starting" || got.Name != "demo" {
		t.Errorf("got %+v, want starting", got)
	}
	done := make(chan error)
	go func() {
		done <- g.Run(t.Context(), gateway.RunConfig{Start: start, End: start.Add(time.Hour), Hold: true})
	}()
	<-g.Ready()
	waitFor(t, g, "paused")
	g.Control().Step(1)
	waitFor(t, g, "paused")
	for changed := g.Control().Changed(); g.Status().Cycle == 0; changed = g.Control().Changed() {
		<-changed
	}
	got := g.Status()
	if got.Cycle != 1 || got.Time != at(time.Second) || got.Mode != "replay" || got.Start != at(0) || got.End != at(time.Hour) {
		t.Errorf("got %+v, want cycle 1 a second after the start", got)
	}
	g.Control().Resume()
	if err := <-done; err != nil {
		t.Error(err)
	}
	if got := g.Status(); got.State != "ended" || got.Cycle != 3 {
		t.Errorf("got %+v, want ended after 3 cycles", got)
	}
	if got, want := last(t, g, "one", ""), "3"; got != want {
		t.Errorf("after the end: got %s, want %s", got, want)
	}
}

// waitFor waits for a state of the gateway.
func waitFor(t *testing.T, g *gateway.Gateway, state string) {
	t.Helper()
	for {
		changed := g.Control().Changed()
		if g.Status().State == state {
			return
		}
		<-changed
	}
}

func TestTwoGatewaysLiveSideBySide(t *testing.T) {
	a, b := live(t, sendAll), live(t, sendAll)
	sendAndWait(t, a, "one", "", `{"x":1}`)
	sendAndWait(t, b, "one", "", `{"x":2}`)
	if last(t, a, "one", "") != "1" || last(t, b, "one", "") != "2" {
		t.Error("want each gateway to have its own values")
	}
}

func TestIdsHave19DigitsAndGoOnAfterARestart(t *testing.T) {
	digits := regexp.MustCompile(`^\d{19}$`)
	var before string
	for range 2 {
		g := live(t, sendAll)
		for _, r := range send(t, g, "one", "", `[{},{},{}]`).Records {
			id := r.Base().ID.String()
			if !digits.MatchString(id) || id <= before {
				t.Errorf("got id %s after %s, want 19 digits and more", id, before)
			}
			before = id
		}
		g.Stop()
		<-g.Done()
	}
}

func TestWrongRecordEndsTheRunAndNamesTheSetter(t *testing.T) {
	g := gateway.New(&channels{}, &wrongRecord{})
	err := g.Run(t.Context(), gateway.RunConfig{Start: start})
	want := `module "wrongRecord", setting channel "two": node "two from records" (cycle 1 at 2020-01-01T00:00:00.000000000Z): ` +
		`channel "two": got a Controls, want a item`
	wantError(t, err, want)
}
