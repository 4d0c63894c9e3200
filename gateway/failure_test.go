package gateway_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"gw/engine"
	"gw/engine/op"
	"gw/gateway"
)

// fragile sets two channels from one and fails at x = 13.
func fragile(onError string, fail func(n *engine.Node)) *plugin {
	p := &plugin{name: "fragile", connect: func(bus *gateway.Bus) error {
		one, err := gateway.Find[item](bus, "one")
		if err != nil {
			return err
		}
		two, err := gateway.Find[item](bus, "two")
		if err != nil {
			return err
		}
		n := bus.Graph().Node("judge")
		in, out := engine.Use(n, one.Get()), engine.Emit[item](n)
		n.OnTick(func() {
			if in.Ptr().X.Or(0) == 13 {
				fail(n)
				return
			}
			out.Set(*in.Ptr())
		})
		two.Set(out.Edge())
		two.Set(engine.Timer(bus.Graph(), time.Hour, x(1)))
		return nil
	}}
	p.OnError = onError
	return p
}

func panics(*engine.Node)  { panic("unlucky") }
func fails(n *engine.Node) { n.Stop(errors.New("unlucky")) }

func TestGatewayGoesOnWithoutAModuleThatFails(t *testing.T) {
	for name, fail := range map[string]func(*engine.Node){"panic: unlucky": panics, "unlucky": fails} {
		g := gateway.New(&channels{}, sendAll, fragile("disable", fail),
			wire("many", func(ch *channels) { ch.Many.Set(op.Map(ch.One.Get(), func(v item) []item { return []item{v} })) }))
		var told []string
		g.Failed = func(e *gateway.ModuleError) { told = append(told, e.Module) }
		runLive(t, g)
		sendAndWait(t, g, "one", "", `{"x":1}`)
		sendAndWait(t, g, "one", "", `{"x":13,"id":"bad"}`)
		sendAndWait(t, g, "one", "", `{"x":2}`)
		if got, want := last(t, g, "many", "")+" "+last(t, g, "two", ""), "2 1"; got != want {
			t.Errorf("got %s, want %s", got, want)
		}
		all := g.Failures()
		if len(all) != 1 || len(told) != 1 || told[0] != "fragile" {
			t.Fatalf("got failures %v and was told of %v, want one", all, told)
		}
		e, _ := errors.AsType[*engine.NodeError](all[0])
		want := fmt.Sprintf(`module "fragile", reading channel "one" (id bad), setting channel "two": node "judge" (cycle %d at %s): %s`, e.Cycle, e.Time, name)
		wantError(t, all[0], want)
	}
}

func TestModuleThatFailedSetsNothingMore(t *testing.T) {
	feed := source("feed", 1, 1, 2, 13, 3, 2)
	for policy, want := range map[string]string{"disable": "1s:1", "": "1s:1"} {
		g := gateway.New(&channels{}, feed, fragile(policy, panics))
		err := g.Run(t.Context(), gateway.RunConfig{Start: start, End: start.Add(3 * time.Hour)})
		if (err == nil) != (policy == "disable") {
			t.Errorf("%s: got %v", policy, err)
		}
		if got := history(t, g, "two", ""); got != want {
			t.Errorf("%s: got %s, want %s and no more of its timer", policy, got, want)
		}
	}
}

func TestModuleThatFailsEndsTheRunUnlessToldOtherwise(t *testing.T) {
	g := gateway.New(&channels{}, sendAll, fragile("stop", fails))
	ended := make(chan error, 1)
	go func() { ended <- g.Run(context.Background(), gateway.RunConfig{Realtime: true}) }()
	<-g.Ready()
	send(t, g, "one", "", `{"x":13,"id":"bad"}`)
	e, ok := errors.AsType[*gateway.ModuleError](<-ended)
	if !ok || e.Module != "fragile" || fmt.Sprint(e.Reads, e.Sets, e.IDs) != "[one] [two] [bad]" {
		t.Errorf("got %v, want the module, its channels and the id", e)
	}
}
