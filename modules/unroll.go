package modules

import (
	"fmt"

	"gw/config"
	"gw/engine/op"
	"gw/gateway"
	"gw/schema"
)

// Unroll makes single values of the lists of a channel: the first ticks at once, the others in the next cycles at the
// same time.
type Unroll struct {
	Base
	// From is the channel of lists to read.
	From string `ref:"channel" must:"true"`
	// To is the channel to set.
	To string `ref:"channel" must:"true"`
}

// Check compares the types.
func (m *Unroll) Check(c *config.Checking) {
	if knows(c, m.From, m.To) {
		_, _, err := m.prepare(c.Channel)
		fail(c, err)
	}
}

// Connect reads From and sets To.
func (m *Unroll) Connect(bus *gateway.Bus) error {
	from, to, err := m.prepare(portOf(bus))
	if err != nil {
		return err
	}
	e, err := from.ticks(bus)
	if err != nil {
		return err
	}
	values := op.Unroll(op.Map(e, func(t *gateway.Tick) []schema.Record { return t.Records }))
	return bus.Set(to.port.Name, to.key, op.Map(values, func(r schema.Record) []schema.Record { return []schema.Record{r} }))
}

func (m *Unroll) prepare(port func(string) *gateway.Port) (from, to lane, err error) {
	l := parseLane(m.From)
	p := port(l.name)
	if p == nil || !p.List || !hasKey(p, l.key) {
		return from, to, &wrongOption{"from", "", fmt.Errorf("%q is no channel of lists", m.From)}
	}
	from = lane{p, l.key}
	if to, err = single("to", m.To, port); err != nil {
		return from, to, err
	}
	return from, to, sameType("to", from, to)
}
