package modules

import (
	"fmt"

	"gw/config"
	"gw/engine"
	"gw/gateway"
	"gw/schema"
)

// single returns the lane that an option names, which must hold one value a tick.
func single(option, text string, port func(name string) *gateway.Port) (lane, error) {
	l := parseLane(text)
	p := port(l.name)
	switch {
	case p == nil:
		return lane{}, &wrongOption{option, "", fmt.Errorf("no channel %q", l.name)}
	case p.List:
		return lane{}, &wrongOption{option, "gw.Unroll makes single values of lists", fmt.Errorf("channel %q is one of lists, want single values", l.name)}
	case p.Kind == gateway.KindBasket && l.key == "":
		return lane{}, &wrongOption{option, "", fmt.Errorf("channel %q is a basket, want one of its keys: %s/KEY", l.name, l.name)}
	case !hasKey(p, l.key):
		return lane{}, &wrongOption{option, "", fmt.Errorf("channel %q has no key %q", l.name, l.key)}
	}
	return lane{p, l.key}, nil
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

// pipe lets f make at most one value of each tick of from, for to. An error of f ends the run, or the module.
func pipe(bus *gateway.Bus, name string, from, to lane, f func(n *engine.Node, r schema.Record) (schema.Record, bool, error)) error {
	e, err := from.ticks(bus)
	if err != nil {
		return err
	}
	n := bus.Graph().Node(name)
	in, out := engine.Use(n, e), engine.Emit[[]schema.Record](n)
	n.OnTick(func() {
		for _, r := range in.Get().Records {
			made, ok, err := f(n, r)
			if err != nil {
				n.Stop(fmt.Errorf("%w (of value %s)", err, r.Base().ID))
				return
			}
			if ok {
				out.Set([]schema.Record{made})
			}
		}
	})
	return bus.Set(to.port.Name, to.key, out.Edge())
}
