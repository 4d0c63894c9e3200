package gateway_test

import (
	"testing"
	"time"

	"gw/engine"
	"gw/engine/op"
	"gw/gateway"
	"gw/schema"
)

func TestGetBeforeSetReadsWhatIsSetLater(t *testing.T) {
	g := gateway.New(&channels{},
		wire("reader", func(ch *channels) {
			ch.Two.Set(op.Map(ch.One.Get(), func(v item) item { return x(v.X.Or(0) + 10) }))
		}),
		wire("source", func(ch *channels) { ch.One.Set(engine.Curve(ch.One.Graph(), points(1, 1, 2, 2))) }),
	)
	replay(t, g)
	if got, want := history(t, g, "two", ""), "1s:11 2s:12"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestSettersAtOneTimeBecomeConsecutiveTicksInTheOrderOfModuleNames(t *testing.T) {
	set := func(name string, values ...int64) *module {
		return wire(name, func(ch *channels) { ch.One.Set(engine.Curve(ch.One.Graph(), points(values...))) })
	}
	g := gateway.New(&channels{}, set("c", 1, 100, 2, 200), set("a", 1, 1, 2, 2), set("b", 1, 10, 1, 11))
	replay(t, g)
	if got, want := history(t, g, "one", ""), "1s:1 1s:10 1s:100 1s:11 2s:2 2s:200"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	ticks := g.Recent(t.Context(), "one", "", 10)
	for i, tick := range ticks {
		if tick.N != uint64(i+1) || i > 0 && tick.Cycle <= ticks[i-1].Cycle {
			t.Errorf("tick %d has number %d and cycle %d, want one number and one cycle a tick", i, tick.N, tick.Cycle)
		}
	}
}

func TestUnsetChannelNeverTicksAndIsNotFound(t *testing.T) {
	ticked := false
	g := gateway.New(&channels{}, wire("reader", func(ch *channels) {
		engine.Sink(ch.Never.Get(), "sink", func(*item) { ticked = true })
	}))
	replay(t, g)
	if ticked {
		t.Error("got a tick on a channel that nothing sets")
	}
	if got, want := last(t, g, "never_ticks", ""), "Channel not found: never_ticks"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestValuesGetIdAndTimestampWhenTheyEnter(t *testing.T) {
	kept := x(2)
	kept.ID = schema.TextID("mine")
	kept.Timestamp = schema.Null[time.Time]()
	g := gateway.New(&channels{}, wire("source", func(ch *channels) {
		ch.One.Set(engine.Curve(ch.One.Graph(), []engine.Point[item]{{At: at(time.Second), V: x(1)}, {At: at(2 * time.Second), V: kept}}))
		ch.Many.Set(op.Map(ch.One.Get(), func(v item) []item { return []item{v, x(3), x(4)} }))
	}))
	replay(t, g)
	want := `[{"id":"1577836800000000001","timestamp":"2020-01-01T00:00:01","x":1,"y":"","inner":{"z":0}}]`
	if got := string(g.Recent(t.Context(), "one", "", 2)[0].JSON()); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	want = `[{"id":"mine","timestamp":null,"x":2,"y":"","inner":{"z":0}}]`
	if got := string(g.Recent(t.Context(), "one", "", 2)[1].JSON()); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	var ids []string
	for _, tick := range g.Recent(t.Context(), "many", "", 2) {
		for _, r := range tick.Records {
			ids = append(ids, r.Base().ID.String())
		}
	}
	wantIDs := []string{
		"1577836800000000001", "1577836800000000002", "1577836800000000003", "mine", "1577836800000000004", "1577836800000000005",
	}
	for i := range wantIDs {
		if ids[i] != wantIDs[i] {
			t.Errorf("got id %s at %d, want %s", ids[i], i, wantIDs[i])
		}
	}
}

func TestListSetterMayReuseItsSlice(t *testing.T) {
	g := gateway.New(&channels{}, wire("source", func(ch *channels) {
		buffer := make([]item, 1)
		ch.Many.Set(op.Map(engine.Curve(ch.One.Graph(), points(1, 1, 2, 2)), func(v item) []item {
			buffer[0] = v
			return buffer
		}))
	}))
	replay(t, g)
	if got, want := history(t, g, "many", ""), "1s:1 2s:2"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestBasketKeysTickApartInKeyOrder(t *testing.T) {
	var seen []letter
	g := gateway.New(&channels{}, wire("source", func(ch *channels) {
		ch.Basket.Set(letterC, engine.Curve(ch.One.Graph(), points(1, 3)))
		ch.Basket.Set(letterA, engine.Curve(ch.One.Graph(), points(1, 1, 2, 11)))
		ch.Named.Set("a", ch.Basket.At(letterA))
		seen = ch.Basket.Keys()
	}))
	replay(t, g)
	if len(seen) != 3 || seen[0] != letterA {
		t.Errorf("got keys %v, want A, B, C", seen)
	}
	if got, want := last(t, g, "basket", ""), "11,3"; got != want {
		t.Errorf("got %s, want the keys that ticked in key order: %s", got, want)
	}
	if got, want := last(t, g, "named", "a"), "11"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := last(t, g, "basket", "B"), ""; got != want {
		t.Errorf("got %s, want nothing of a key that has not ticked", got)
	}
	p, _ := g.Port("named")
	if keys := p.Keys(); keys[0] != "b" || keys[1] != "a" {
		t.Errorf("got keys %v, want the order of the tag", keys)
	}
}

func TestAllReadsABasketAsABasket(t *testing.T) {
	g := gateway.New(&channels{}, wire("sum", func(ch *channels) {
		ch.Basket.Set(letterA, engine.Curve(ch.One.Graph(), points(1, 1)))
		ch.Basket.Set(letterB, engine.Curve(ch.One.Graph(), points(1, 2)))
		ch.One.Set(op.Map(op.CollectBasket(ch.Basket.All()), func(all []item) item {
			sum := int64(0)
			for _, v := range all {
				sum += v.X.Or(0)
			}
			return x(sum)
		}))
	}))
	replay(t, g)
	if got, want := history(t, g, "one", ""), "1s:3"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
