package gateway_test

import (
	"context"
	"testing"
	"testing/synctest"

	"gw/gateway"
	"gw/schema"
)

// own lets a caller see the values whose y is the caller's name, and those who say nothing nothing.
func own(ctx context.Context, channel string, r schema.Record) bool {
	caller, ok := gateway.CallerOf(ctx)
	v, is := schema.As[item](r)
	return ok && is && v.Y == caller.Name
}

// bob is a context of a caller.
func bob(t *testing.T) context.Context {
	return gateway.WithCaller(t.Context(), gateway.Caller{Name: "bob"})
}

func TestFilterGuardsEveryWayOut(t *testing.T) {
	g := gateway.New(&channels{}, sendAll)
	g.Filter = own
	runLive(t, g)
	all, err := g.Subscribe(bob(t), gateway.SubscribeOptions{Select: []gateway.Selector{{Channel: "one"}, {Channel: "many"}}})
	if err != nil {
		t.Fatal(err)
	}
	send(t, g, "one", "", `[{"x":1,"y":"bob"},{"x":2,"y":"eve"}]`)
	send(t, g, "many", "", `[{"x":3,"y":"eve"},{"x":4,"y":"bob"},{"x":5,"y":"eve"}]`)
	got := ""
	for len(got) < 4 {
		<-all.Ready()
		ticks, _, _ := all.Take()
		for _, tick := range ticks {
			got += values(tick.Records) + " "
		}
	}
	if want := "1 4 "; got != want {
		t.Errorf("subscription: got %s, want %s", got, want)
	}
	ways := map[string]func(context.Context) string{
		"last": func(ctx context.Context) string {
			a, err := g.Last(ctx, "many", "")
			if err != nil {
				return err.Error()
			}
			return values(a.Records) + string(a.JSON())[:1]
		},
		"state": func(ctx context.Context) string {
			a, err := g.State(ctx, "many", "")
			if err != nil {
				return err.Error()
			}
			return values(a.Records) + "["
		},
		"recent": func(ctx context.Context) string {
			for _, tick := range g.Recent(ctx, "many", "", 10) {
				return values(tick.Records) + string(tick.JSON())[:1]
			}
			return "["
		},
	}
	for name, way := range ways {
		if got, want := way(bob(t)), "4["; got != want {
			t.Errorf("%s as bob: got %s, want %s", name, got, want)
		}
		if got, want := way(t.Context()), "["; got != want {
			t.Errorf("%s as nobody: got %s, want %s", name, got, want)
		}
	}
}

func TestNextWaitsForAValueThatTheCallerMaySee(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := gateway.New(&channels{}, sendAll)
		g.Filter = own
		go func() { _ = g.Run(context.Background(), gateway.RunConfig{Realtime: true}) }()
		<-g.Ready()
		answer := asking(g, bob(t), "one", "")
		synctest.Wait()
		send(t, g, "one", "", `[{"x":1,"y":"eve"},{"x":2,"y":"eve"},{"x":3,"y":"bob"},{"x":4,"y":"bob"}]`)
		if got, want := <-answer, "[3]"; got != want {
			t.Errorf("got %s, want %s", got, want)
		}
		g.Stop()
		<-g.Done()
	})
}
