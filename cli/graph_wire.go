package cli

import (
	"slices"

	"gw/gateway"
)

// A wire is one arrow of the drawing: a module that sets a channel, or a channel that a module gets.
type wire struct {
	from, to  string
	fromChan  bool
	feedback  bool
	anonymous bool // the module end is no module of the topology: a send door, a tap
}

// wiresOf lists the arrows channel by channel, setters first.
func wiresOf(t gateway.Topology) []wire {
	var wires []wire
	for _, c := range t.Channels {
		for _, m := range c.Setters {
			wires = append(wires, wire{from: m, to: c.Name, anonymous: !slices.Contains(t.Modules, m)})
		}
		for _, m := range c.Getters {
			wires = append(wires, wire{from: c.Name, to: m, fromChan: true,
				feedback: slices.Contains(c.Feedback, m), anonymous: !slices.Contains(t.Modules, m)})
		}
	}
	return wires
}

// outsiders lists who sets or gets without being a module, in the order of first appearance.
func outsiders(wires []wire) []string {
	var names []string
	for _, w := range wires {
		name := w.from
		if w.fromChan {
			name = w.to
		}
		if w.anonymous && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}
