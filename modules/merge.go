package modules

import (
	"gw/config"
	"gw/engine/op"
	"gw/gateway"
	"gw/schema"
)

// Merge lets the values of several channels through to one of the same type. Values of one time tick one after the other,
// in the order of the channels; none is lost.
type Merge struct {
	Base
	// From are the channels to read: NAME, or NAME/KEY of a basket.
	From []string `ref:"channel" must:"true"`
	// To is the channel to set.
	To string `ref:"channel" must:"true"`
}

// Check compares the types.
func (m *Merge) Check(c *config.Checking) {
	if knows(c, append([]string{m.To}, m.From...)...) {
		_, _, err := m.prepare(c.Channel)
		fail(c, err)
	}
}

// Connect reads each of From and sets To.
func (m *Merge) Connect(bus *gateway.Bus) error {
	from, to, err := m.prepare(portOf(bus))
	if err != nil {
		return err
	}
	for _, l := range from {
		e, err := l.ticks(bus)
		if err != nil {
			return err
		}
		records := op.Map(e, func(t *gateway.Tick) []schema.Record { return t.Records })
		if err := bus.Set(to.port.Name, to.key, records); err != nil {
			return err
		}
	}
	return nil
}

func (m *Merge) prepare(port func(string) *gateway.Port) (from []lane, to lane, err error) {
	if to, err = single("to", m.To, port); err != nil {
		return nil, to, err
	}
	for _, name := range m.From {
		l, err := single("from", name, port)
		if err == nil {
			err = sameType("from", l, to)
		}
		if err != nil {
			return nil, to, err
		}
		from = append(from, l)
	}
	return from, to, nil
}
