package cli

import (
	"slices"
	"strings"

	"gw/gateway"
)

// A wire is one arrow of the drawing: a module that sets a channel, or one that reads it.
type wire struct {
	module, channel string
	reads           bool
	keys            []string // of a basket, where the module sets only these
	feedback        bool     // what it sets arrives one engine cycle later
}

// wiresOf lists the arrows channel by channel, setters first.
func wiresOf(t gateway.Topology) []wire {
	var wires []wire
	for _, c := range t.Channels {
		wires = append(wires, settersOf(c)...)
		for _, m := range c.Getters {
			wires = append(wires, wire{module: m, channel: c.Name, reads: true})
		}
	}
	return wires
}

// settersOf makes one arrow of all keys of a basket that a module sets.
func settersOf(c gateway.ChannelNode) []wire {
	var wires []wire
	for _, setter := range c.Setters {
		module, key, keyed := strings.Cut(strings.TrimSuffix(setter, ">"), "<")
		i := slices.IndexFunc(wires, func(w wire) bool { return w.module == module })
		if i < 0 {
			i = len(wires)
			wires = append(wires, wire{module: module, channel: c.Name})
		}
		if keyed && !slices.Contains(wires[i].keys, key) {
			wires[i].keys = append(wires[i].keys, key)
		}
		wires[i].feedback = wires[i].feedback || slices.Contains(c.Feedback, setter)
	}
	return wires
}

// label is what the arrow says.
func (w wire) label() string {
	var parts []string
	if len(w.keys) > 0 {
		parts = append(parts, strings.Join(w.keys, " "))
	}
	if w.feedback {
		parts = append(parts, "↺")
	}
	return strings.Join(parts, " ")
}

// parties lists all modules, and behind them what sets or reads without being one, such as Send[channel].
func parties(t gateway.Topology, wires []wire) []string {
	names := slices.Clone(t.Modules)
	for _, w := range wires {
		if !slices.Contains(names, w.module) {
			names = append(names, w.module)
		}
	}
	return names
}
