package modules

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"gw/config"
	"gw/engine"
	"gw/engine/op"
	"gw/gateway"
	"gw/schema"
)

// Initialize ticks a value that stands in the configuration once, after the start.
type Initialize struct {
	Base
	// Channel is where it ticks.
	Channel string `ref:"channel" must:"true"`
	// Value is the value: an object, a list of them for a channel of lists, a map of key to value for a basket. Nothing
	// ticks nothing.
	Value json.RawMessage
	// SecondsOffset is how many seconds after the start it ticks.
	SecondsOffset float64
	// Unroll takes a list of values, which tick one after the other at that time.
	Unroll bool
}

// Check decodes the value as it will be.
func (m *Initialize) Check(c *config.Checking) {
	if p := c.Channel(m.Channel); p != nil {
		if _, err := m.plan(p, time.Time{}); err != nil {
			c.Failf("value", "", "%v", err)
		}
	}
}

// Connect schedules the value.
func (m *Initialize) Connect(bus *gateway.Bus) error {
	l, err := find(bus, m.Channel)
	if err != nil || m.isNull() {
		return err
	}
	if _, err := m.plan(l.port, time.Time{}); err != nil {
		return fmt.Errorf("channel %q: value: %w", m.Channel, err)
	}
	n := bus.Graph().Node(nameOf(m))
	lanes := lanesOf(l.port)
	outs := make([]*engine.Out[[][]schema.Record], len(lanes))
	for i, l := range lanes {
		outs[i] = engine.Emit[[][]schema.Record](n)
		if err := bus.Set(l.port.Name, l.key, op.Unroll(outs[i].Edge())); err != nil {
			return err
		}
	}
	start := engine.Use(n, engine.Const(bus.Graph(), struct{}{}, time.Duration(m.SecondsOffset*1e9)))
	n.OnTick(func() {
		if !start.Ticked() {
			return
		}
		plan, err := m.plan(l.port, n.Now().Std())
		if err != nil {
			n.Stop(err)
			return
		}
		for i, l := range lanes {
			if values := plan[l.key]; len(values) > 0 {
				outs[i].Set(values)
			}
		}
	})
	return nil
}

func (m *Initialize) isNull() bool {
	return len(m.Value) == 0 || string(bytes.TrimSpace(m.Value)) == "null"
}

// plan decodes the value: by key, the ticks of it.
func (m *Initialize) plan(p *gateway.Port, at time.Time) (map[string][][]schema.Record, error) {
	all := map[string][][]schema.Record{}
	if m.isNull() {
		return all, nil
	}
	values := []json.RawMessage{m.Value}
	if m.Unroll {
		values = nil
		if err := json.Unmarshal(m.Value, &values); err != nil {
			return nil, errors.New("got no list, want one to unroll")
		}
	}
	for _, v := range values {
		byKey := map[string]json.RawMessage{"": v}
		if p.Kind == gateway.KindBasket {
			byKey = nil
			if err := json.Unmarshal(v, &byKey); err != nil {
				return nil, errors.New("got no map, want one of key to value")
			}
		}
		for key, raw := range byKey {
			if !hasKey(p, key) {
				return nil, fmt.Errorf("no key %q (has: %q)", key, p.Keys())
			}
			recs, err := decode(p, raw, at)
			if err != nil {
				return nil, err
			}
			all[key] = append(all[key], recs)
		}
	}
	return all, nil
}
