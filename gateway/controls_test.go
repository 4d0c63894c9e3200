package gateway_test

import (
	"context"
	"encoding/json"
	"errors"
	"regexp"
	"testing"
	"time"

	"gw/gateway"
	"gw/schema"
)

func TestHeartbeatIsAnsweredByTheGraphInOneTick(t *testing.T) {
	g := live(t, gateway.ControlsModule{})
	a, err := g.Ask(t.Context(), "heartbeat")
	if err != nil {
		t.Fatal(err)
	}
	want := regexp.MustCompile(`^\[\{"id":"\d{19}","timestamp":"[^"]+","name":"heartbeat","status":"ok","data":\{\},"data_str":""\}\]$`)
	if got := string(a.JSON()); !want.MatchString(got) {
		t.Errorf("got %s, want %v", got, want)
	}
	if ticks := g.Recent(t.Context(), "controls", "", 10); len(ticks) != 1 {
		t.Errorf("got %d ticks of controls, want 1", len(ticks))
	}
}

func TestStatsTellWhatTheProcessUses(t *testing.T) {
	g := live(t, gateway.ControlsModule{})
	a, err := g.Ask(t.Context(), "stats")
	if err != nil {
		t.Fatal(err)
	}
	c, _ := schema.As[gateway.Controls](a.Records[0])
	var data, text map[string]any
	if err := errors.Join(json.Unmarshal(c.Data, &data), json.Unmarshal([]byte(c.DataStr), &text)); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{
		"cpu", "memory", "memory-total", "pid", "active_threads", "max_threads", "now", "csp-now", "host", "user",
	} {
		if data[name] == nil || text[name] == nil {
			t.Errorf("got %s, want %q in it", c.Data, name)
		}
	}
	if now := data["now"].(string); now[len(now)-1] != 'Z' || text["now"] != now[:len(now)-1]+"+00:00" {
		t.Errorf("got now %v and %v, want Z in data and +00:00 in data_str", data["now"], text["now"])
	}
}

func TestShutdownIsAnsweredBeforeTheEnd(t *testing.T) {
	g := live(t, gateway.ControlsModule{})
	a, err := g.Ask(t.Context(), "shutdown")
	if err != nil {
		t.Fatal(err)
	}
	if c, _ := schema.As[gateway.Controls](a.Records[0]); c.Status != "ok" {
		t.Errorf("got status %q, want ok", c.Status)
	}
	<-g.Done()
	if got := g.Status().State; got != "stopped" {
		t.Errorf("got state %q, want stopped", got)
	}
}

func TestHeartbeatHasALimitWhenTheEngineStandsStill(t *testing.T) {
	g := gateway.New(&channels{}, gateway.ControlsModule{})
	go func() { _ = g.Run(context.Background(), gateway.RunConfig{Start: start, Hold: true}) }()
	<-g.Ready()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	if _, err := g.Ask(ctx, "heartbeat"); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v, want the context's error", err)
	}
	g.Stop()
	<-g.Done()
	if _, err := g.Ask(t.Context(), "heartbeat"); !errors.Is(err, gateway.ErrNotRunning) {
		t.Errorf("got %v, want ErrNotRunning", err)
	}
}

func TestControlsOfARunTimeModel(t *testing.T) {
	typ, err := schema.Of[gateway.Controls]()
	if err != nil {
		t.Fatal(err)
	}
	g := gateway.New(gateway.NewModel().Add(gateway.ChannelSpec{Name: "controls", Type: typ}), gateway.ControlsModule{})
	runLive(t, g)
	a, err := g.Ask(t.Context(), "heartbeat")
	if err != nil {
		t.Fatal(err)
	}
	if c, _ := schema.As[gateway.Controls](a.Records[0]); c.Status != "ok" {
		t.Errorf("got status %q, want ok", c.Status)
	}
}

func TestControlsNeedTheirChannel(t *testing.T) {
	type model struct {
		One gateway.Channel[item] `channel:"one"`
	}
	wantError(t, gateway.New(&model{}, gateway.ControlsModule{}).Build(),
		`module "ControlsModule": Channel not found: controls`)
	type wrong struct {
		Controls gateway.Channel[item] `channel:"controls"`
	}
	wantError(t, gateway.New(&wrong{}, gateway.ControlsModule{}).Build(),
		`module "ControlsModule": channel "controls": want a channel of gateway.Controls`)
}
