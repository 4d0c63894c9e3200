package modules

import (
	"strings"

	"gw/engine"
	"gw/gateway"
)

// A lane is one channel, or one key of a basket; where an option may name them, a whole basket.
type lane struct {
	port *gateway.Port
	key  string
}

// String is "channel" or "channel/key".
func (l lane) String() string {
	if l.key != "" {
		return l.port.Name + "/" + l.key
	}
	return l.port.Name
}

// isBasket tells whether the lane stands for all keys of a basket.
func (l lane) isBasket() bool { return l.port.Kind == gateway.KindBasket && l.key == "" }

// ticks are those of the lane.
func (l lane) ticks(bus *gateway.Bus) (engine.Edge[*gateway.Tick], error) {
	return bus.Ticks(l.port.Name, l.key)
}

// lanesOf lists the lanes of a channel.
func lanesOf(p *gateway.Port) []lane {
	if p.Kind != gateway.KindBasket {
		return []lane{{p, ""}}
	}
	var all []lane
	for _, key := range p.Keys() {
		all = append(all, lane{p, key})
	}
	return all
}

// selected lists the lanes of the selected channels.
func selected(bus *gateway.Bus, s gateway.Selection) []lane {
	var names []string
	for _, p := range bus.Ports() {
		names = append(names, p.Name)
	}
	var all []lane
	for _, name := range s.From(names) {
		p, _ := bus.Gateway().Port(name) // From gives names that there are
		all = append(all, lanesOf(p)...)
	}
	return all
}

// find returns the lane that "channel" or "channel/key" names.
func find(bus *gateway.Bus, text string) (lane, error) {
	name, key, _ := strings.Cut(text, "/")
	p, ok := bus.Gateway().Port(name)
	if !ok {
		return lane{}, &gateway.NotFoundError{What: "Channel", Name: name}
	}
	return lane{p, key}, nil
}

// each calls f with the ticks of the selected lanes in the order of lanes, on a node that acts on the outside.
func each(bus *gateway.Bus, name string, lanes []lane, f func(n *engine.Node, l lane, t *gateway.Tick)) error {
	if len(lanes) == 0 {
		return nil
	}
	return onEach(bus, bus.Graph().Node(name).Effect(), lanes, f)
}

// onEach calls f with the ticks of lanes in their order, on a node.
func onEach(bus *gateway.Bus, n *engine.Node, lanes []lane, f func(n *engine.Node, l lane, t *gateway.Tick)) error {
	ins := make([]*engine.In[*gateway.Tick], len(lanes))
	for i, l := range lanes {
		e, err := l.ticks(bus)
		if err != nil {
			return err
		}
		ins[i] = engine.Use(n, e)
	}
	n.OnTick(func() {
		for i, in := range ins {
			if in.Ticked() {
				f(n, lanes[i], in.Get())
			}
		}
	})
	return nil
}

// laneName is "channel" or "channel/key" taken apart.
type laneName struct{ name, key string }

func parseLane(text string) laneName {
	name, key, _ := strings.Cut(text, "/")
	return laneName{name, key}
}
