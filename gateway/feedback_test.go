package gateway_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"gw/engine"
	"gw/engine/op"
	"gw/gateway"
)

// plusOne answers even values with the next one, so that a loop comes to an end.
func plusOne(e engine.Edge[item]) engine.Edge[item] {
	even := op.Filter(e, func(v *item) bool { return v.X.Or(0)%2 == 0 })
	return op.Map(even, func(v item) item { return x(v.X.Or(0) + 1) })
}

func source(name string, values ...int64) *module {
	return wire(name, func(ch *channels) { ch.One.Set(engine.Curve(ch.One.Graph(), points(values...))) })
}

func TestSetterThatDependsOnItsChannelTicksInTheNextCycle(t *testing.T) {
	g := gateway.New(&channels{}, source("source", 1, 2, 2, 5),
		wire("loop", func(ch *channels) { ch.One.Set(plusOne(ch.One.Get())) }))
	replay(t, g)
	if got, want := history(t, g, "one", ""), "1s:2 1s:3 2s:5"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	got := node(g, "one")
	want := gateway.ChannelNode{
		Name: "one", Type: "item", Getters: []string{"loop"}, Setters: []string{"loop", "source"}, Feedback: []string{"loop"},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("topology (-want +got):\n%s", d)
	}
}

func TestLoopOverTwoChannelsIsCutOnceWhereverItBegins(t *testing.T) {
	there := wire("there", func(ch *channels) { ch.Two.Set(op.Map(ch.One.Get(), func(v item) item { return v })) })
	back := wire("back", func(ch *channels) { ch.One.Set(plusOne(ch.Two.Get())) })
	first := source("source", 1, 2)
	for _, modules := range [][]any{{first, there, back}, {back, there, first}, {there, back, first}} {
		g := gateway.New(&channels{}, modules...)
		replay(t, g)
		if got, want := history(t, g, "two", ""), "1s:2 1s:3"; got != want {
			t.Errorf("got %s, want %s", got, want)
		}
		if d := cmp.Diff([]string{"back"}, node(g, "one").Feedback); d != "" {
			t.Errorf("channel one (-want +got):\n%s", d)
		}
		if d := cmp.Diff([]string{}, node(g, "two").Feedback); d != "" {
			t.Errorf("channel two (-want +got):\n%s", d)
		}
	}
}

func TestModuleThatReadsAndSetsAChannelIndependentlyNeedsNoFeedback(t *testing.T) {
	g := gateway.New(&channels{}, wire("both", func(ch *channels) {
		engine.Sink(ch.One.Get(), "sink", func(*item) {})
		ch.One.Set(engine.Curve(ch.One.Graph(), points(1, 1)))
	}))
	if err := g.Build(); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]string{}, node(g, "one").Feedback); d != "" {
		t.Errorf("feedback (-want +got):\n%s", d)
	}
}

func TestLoopOfAnyChannelIsCutToo(t *testing.T) {
	g := gateway.New(&channels{}, source("source", 1, 2), mirrorBack{})
	replay(t, g)
	if got, want := history(t, g, "one", ""), "1s:2 1s:2"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if d := cmp.Diff([]string{"mirrorBack"}, node(g, "one").Feedback); d != "" {
		t.Errorf("feedback (-want +got):\n%s", d)
	}
}

func node(g *gateway.Gateway, channel string) gateway.ChannelNode {
	for _, n := range g.Topology().Channels {
		if n.Name == channel {
			return n
		}
	}
	return gateway.ChannelNode{}
}
