package modules

import (
	"fmt"

	"gw/config"
	"gw/engine"
	"gw/gateway"
	"gw/schema"
)

// named returns the lane that an option names; a whole basket has no key.
func named(option, text string, port func(name string) *gateway.Port) (lane, error) {
	l := parseLane(text)
	p := port(l.name)
	switch {
	case p == nil:
		return lane{}, &wrongOption{option, "", fmt.Errorf("no channel %q", l.name)}
	case l.key != "" && !hasKey(p, l.key):
		return lane{}, &wrongOption{option, "", fmt.Errorf("channel %q has no key %q", l.name, l.key)}
	}
	return lane{p, l.key}, nil
}

// single returns the lane that an option names, which must hold one value a tick.
func single(option, text string, port func(name string) *gateway.Port) (lane, error) {
	l, err := named(option, text, port)
	switch {
	case err != nil:
		return lane{}, err
	case l.port.List:
		return lane{}, &wrongOption{option, "gw.Unroll makes single values of lists", fmt.Errorf("channel %q is one of lists, want single values", l.port.Name)}
	case l.isBasket():
		return lane{}, &wrongOption{option, "", fmt.Errorf("channel %q is a basket, want one of its keys: %s/KEY", l.port.Name, l.port.Name)}
	}
	return l, nil
}

// A wire leads from one lane to another of the same form: single values, or lists.
type wire struct{ from, to lane }

// wires are those between what two options name: one, or one a key between two baskets.
func wires(from, to string, port func(name string) *gateway.Port) ([]wire, error) {
	f, err := named("from", from, port)
	if err != nil {
		return nil, err
	}
	t, err := named("to", to, port)
	if err != nil {
		return nil, err
	}
	if f.isBasket() != t.isBasket() || f.port.List != t.port.List { // then one of them is not single, and that is the error
		if _, err = single("from", from, port); err == nil {
			_, err = single("to", to, port)
		}
		return nil, err
	}
	if !f.isBasket() {
		return []wire{{f, t}}, nil
	}
	var all []wire
	for _, key := range f.port.Keys() {
		if !hasKey(t.port, key) {
			return nil, &wrongOption{"to", "", fmt.Errorf("channel %q has no key %q, as %q has", t.port.Name, key, f.port.Name)}
		}
		all = append(all, wire{lane{f.port, key}, lane{t.port, key}})
	}
	return all, nil
}

// portOf looks channels up for single.
func portOf(bus *gateway.Bus) func(string) *gateway.Port {
	return func(name string) *gateway.Port {
		p, _ := bus.Gateway().Port(name)
		return p
	}
}

// knows tells whether the channels in an option are there; config reports those that are not.
func knows(c *config.Checking, names ...string) bool {
	for _, name := range names {
		if c.Channel(parseLane(name).name) == nil {
			return false
		}
	}
	return true
}

// pipe lets f make at most one value of each value that comes along a wire. What it makes of a list is a list, which ticks
// unless it is empty. An error of f ends the run, or the module.
func pipe(bus *gateway.Bus, name string, along []wire, f func(n *engine.Node, r schema.Record) (schema.Record, bool, error)) error {
	n := bus.Graph().Node(name)
	ins := make([]*engine.In[*gateway.Tick], len(along))
	outs := make([]*engine.Out[[]schema.Record], len(along))
	for i, w := range along {
		e, err := w.from.ticks(bus)
		if err != nil {
			return err
		}
		ins[i], outs[i] = engine.Use(n, e), engine.Emit[[]schema.Record](n)
	}
	n.OnTick(func() {
		for i, in := range ins {
			if !in.Ticked() {
				continue
			}
			var all []schema.Record
			for _, r := range in.Get().Records {
				made, ok, err := f(n, r)
				if err != nil {
					n.Stop(fmt.Errorf("%w (of value %s)", err, r.Base().ID))
					return
				}
				if ok {
					all = append(all, made)
				}
			}
			if len(all) > 0 {
				outs[i].Set(all)
			}
		}
	})
	for i, w := range along {
		if err := bus.Set(w.to.port.Name, w.to.key, outs[i].Edge()); err != nil {
			return err
		}
	}
	return nil
}
