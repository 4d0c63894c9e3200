package gateway_test

import (
	"testing"

	"gw/engine"
	"gw/engine/op"
	"gw/gateway"
	"gw/schema"
)

// mirrorBack sets channel "one" to its own first tick, whatever its type.
type mirrorBack struct{}

func (mirrorBack) Connect(bus *gateway.Bus) error {
	ticks, err := bus.Ticks("one", "")
	if err != nil {
		return err
	}
	first := op.FirstN(ticks, 1)
	return bus.Set("one", "", op.Map(first, func(t *gateway.Tick) []schema.Record { return t.Records }))
}

// recorder notes the ticks of every channel.
type recorder struct{ ticks []string }

func (r *recorder) Connect(bus *gateway.Bus) error {
	for _, p := range bus.Ports() {
		keys := p.Keys()
		if p.Kind != gateway.KindBasket {
			keys = []string{""}
		}
		for _, key := range keys {
			e, err := bus.Ticks(p.Name, key)
			if err != nil {
				return err
			}
			engine.Sink(e, "record", func(t **gateway.Tick) {
				r.ticks = append(r.ticks, (*t).Channel+"/"+(*t).Key+"="+values((*t).Records))
			})
		}
	}
	return nil
}

func TestBusModuleServesEveryChannel(t *testing.T) {
	r := &recorder{}
	g := gateway.New(&channels{}, r, source("source", 1, 1), wire("list", func(ch *channels) {
		ch.Many.Set(op.Map(ch.One.Get(), func(v item) []item { return []item{v, v} }))
		ch.Named.Set("a", ch.One.Get())
	}))
	replay(t, g)
	want := map[string]bool{"one/=1": true, "many/=1,1": true, "named/a=1": true}
	if len(r.ticks) != len(want) {
		t.Errorf("got %v, want %v", r.ticks, want)
	}
	for _, tick := range r.ticks {
		if !want[tick] {
			t.Errorf("got %s, want one of %v", tick, want)
		}
	}
}

func TestFindIsTyped(t *testing.T) {
	g := gateway.New(&channels{}, finder{t})
	if err := g.Build(); err != nil {
		t.Fatal(err)
	}
}

type finder struct{ t *testing.T }

func (f finder) Connect(bus *gateway.Bus) error {
	if _, err := gateway.Find[item](bus, "one"); err != nil {
		return err
	}
	_, err := gateway.Find[[]item](bus, "one")
	wantError(f.t, err, `channel "one": its value is a item, want []gateway_test.item`)
	_, err = gateway.Find[item](bus, "nope")
	wantError(f.t, err, "Channel not found: nope")
	_, err = bus.Ticks("basket", "Z")
	wantError(f.t, err, "Channel not found: basket/Z")
	return nil
}

// wrongRecord sets a channel to records of another type.
type wrongRecord struct{}

func (w *wrongRecord) Connect(bus *gateway.Bus) error {
	var v gateway.Controls
	return bus.Set("two", "", engine.Const(bus.Graph(), []schema.Record{schema.RecordOf(&v)}, 0))
}
