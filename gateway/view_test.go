package gateway_test

import (
	"errors"
	"testing"

	"gw/engine"
	"gw/engine/op"
	"gw/gateway"
)

func TestStateKeepsTheLatestOfEachKey(t *testing.T) {
	g := gateway.New(&channels{}, wire("source", func(ch *channels) {
		all := points(1, 1, 2, 2, 3, 3)
		all[0].V.Y, all[1].V.Y, all[2].V.Y = "b", "a", "b"
		ch.One.Set(engine.Curve(ch.One.Graph(), all))
		ch.Many.Set(op.Map(ch.One.Get(), func(v item) []item {
			other := x(v.X.Or(0) + 10)
			other.Y = "l"
			return []item{v, other}
		}))
		ch.Basket.Set(letterB, ch.One.Get())
		ch.Basket.State("basket_b", letterB, "inner.z", "y")
		ch.Two.State("", "x")
	}))
	replay(t, g)
	for view, want := range map[string]string{
		"one": "1,2,3", "one_by_y": "2,3", "many": "2,3,13", "basket_b": "2,3", "two": "",
	} {
		a, err := g.State(t.Context(), view, "")
		if err != nil {
			t.Fatal(err)
		}
		if got := values(a.Records); got != want {
			t.Errorf("state %s: got %s, want %s", view, got, want)
		}
		if a.Time != at(3e9) && view != "two" {
			t.Errorf("state %s: got time %v, want that of the last cycle", view, a.Time)
		}
	}
	a, err := g.State(t.Context(), "one", `{"filters":[{"attr":"x","by":{"value":2,"where":">="}}]}`)
	if err != nil || values(a.Records) != "2,3" {
		t.Errorf("got %v %v, want 2,3", a, err)
	}
}

func TestStateErrors(t *testing.T) {
	g := gateway.New(&channels{}, sendAll)
	if _, err := g.State(t.Context(), "one", ""); err == nil {
		t.Error("before Build: got no error, want State not found")
	}
	if err := g.Build(); err != nil {
		t.Fatal(err)
	}
	_, err := g.State(t.Context(), "basket", "")
	wantError(t, err, "State not found: basket")
	_, err = g.State(t.Context(), "one", `notjson`)
	if got, want := problemsOf(err), `json_invalid [query query] Invalid JSON: invalid character 'o' in literal null (expecting 'u')`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	var query *gateway.QueryError
	if _, err = g.State(t.Context(), "one", `{"filters":[{"attr":"nope","by":{"value":1}}]}`); !errors.As(err, &query) {
		t.Errorf("got %v, want a QueryError", err)
	}
	wantError(t, err, "Unknown attribute: nope")
}

func TestReaderWhoSawATickSeesItInTheState(t *testing.T) {
	g := live(t, sendAll)
	for range 20 {
		sendAndWait(t, g, "one", "", `{"x":1}`)
		ticks := g.Recent(t.Context(), "one", "", 1)
		a, err := g.State(t.Context(), "one", "")
		if err != nil {
			t.Fatal(err)
		}
		if len(a.Records) != int(ticks[0].N) || a.Cycle < ticks[0].Cycle {
			t.Errorf("got %d records of cycle %d after tick %d of cycle %d", len(a.Records), a.Cycle, ticks[0].N, ticks[0].Cycle)
		}
	}
}
