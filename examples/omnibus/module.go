package omnibus

import (
	"cmp"
	"time"

	"gw/engine"
	"gw/engine/op"
	"gw/gateway"
)

// ExampleModule is a module: a struct whose fields are its options and whose Connect wires it to the channels.
type ExampleModule struct {
	// Interval is the time between two ticks; 0 means a second.
	Interval time.Duration
	// Seed makes the random values.
	Seed uint64
}

var _ gateway.DynamicKeyer = (*ExampleModule)(nil)

// DynamicKeys names the keys of the string basket before any module connects.
func (m *ExampleModule) DynamicKeys() map[string][]string {
	return map[string][]string{"str_basket": {"a", "b", "c"}}
}

// Connect runs once, before the engine does. It describes what will tick; nothing ticks yet.
func (m *ExampleModule) Connect(ch *Channels) error {
	timer := engine.Timer(ch.Example.Graph(), cmp.Or(m.Interval, time.Second), true)

	data := newCounter(timer, 3, m.Seed, 0)
	ch.Example.Set(data)
	ch.ExampleWithState.Set(data)
	ch.ExampleWithStateMultiple.Set(data)
	ch.ExampleList.Set(op.Map(data, func(v ExampleData) []ExampleData { return []ExampleData{v} }))

	for i, key := range []string{"a", "b", "c"} {
		enum := ExampleEnum(i + 1)
		perKey := newCounter(timer, i+1, m.Seed, uint64(enum))
		ch.Basket.Set(enum, perKey)
		ch.StrBasket.Set(key, perKey)
	}

	ch.Example.Send()
	ch.Basket.Send()
	return nil
}
