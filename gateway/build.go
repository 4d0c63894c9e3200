package gateway

import (
	"errors"
	"fmt"
	"maps"
	"slices"
)

// Build connects the modules in order, checks what they require, and wires the graph. It runs once: a second call, or
// the one that Run makes, gives the same result. The error names the module and the channel.
func (g *Gateway) Build() error {
	g.once.Do(func() {
		g.build()
		g.built = true
		if err := errors.Join(g.faults...); err != nil {
			g.buildErr = fmt.Errorf("%s%w", g.prefix(), err)
		}
	})
	return g.buildErr
}

// prefix begins the errors of a gateway that has a name.
func (g *Gateway) prefix() string {
	if g.Name == "" {
		return ""
	}
	return fmt.Sprintf("gateway %q: ", g.Name)
}

// build goes on to the next step only if the one before found nothing wrong.
func (g *Gateway) build() {
	steps := []func(){g.gatherKeys, g.bindModel, g.connectAll, g.checkRequired, g.makeTables, g.wireStages, g.finish}
	for _, step := range steps {
		step()
		if len(g.faults) > 0 {
			return
		}
	}
}

// blame records what is wrong with the wiring, and whose module did it.
func (g *Gateway) blame(err error) {
	if g.connecting != "" {
		err = fmt.Errorf("module %q: %w", g.connecting, err)
	}
	g.faults = append(g.faults, err)
}

// wiring tells whether the graph may still change; if not the caller is blamed.
func (g *Gateway) wiring(channel, what string) bool {
	if g.built {
		g.blame(fmt.Errorf("channel %q: %s after the gateway was built", channel, what))
	}
	return !g.built
}

// reads notes that the connecting module gets a lane.
func (g *Gateway) reads(l *lane) {
	if g.connecting != "" && !slices.Contains(l.getters, g.connecting) {
		l.getters = append(l.getters, g.connecting)
	}
}

func (g *Gateway) gatherKeys() {
	keys, err := collectKeys(g.modules)
	if err != nil {
		g.blame(err)
	}
	g.dynamicKeys = keys
}

func (g *Gateway) connectAll() {
	for _, name := range sortedKeys(g.dynamicKeys) {
		if g.ports[name] == nil {
			g.blame(fmt.Errorf("keys for channel %q, which the model does not have", name))
		}
	}
	for _, m := range g.modules {
		g.connecting = m.name
		g.owners.open(m.name, g.graph)
		if err := m.connect(g); err != nil {
			g.blame(err)
		}
		g.owners.close(g.graph)
	}
	g.connecting = ""
}

// checkRequired blames each module that cannot work for want of a channel that something provides.
func (g *Gateway) checkRequired() {
	for _, m := range g.modules {
		r, ok := m.value.(Requirer)
		if !ok {
			continue
		}
		g.connecting = m.name
		for _, name := range r.Requires() {
			switch p := g.ports[name]; {
			case p == nil:
				g.blame(fmt.Errorf("requires channel %q, which the model does not have (has: %s)", name, list(g.portNames())))
			case !p.provided:
				g.blame(fmt.Errorf("requires channel %q, which no module sets; add one that does, or take it from outside with Send", name))
			}
		}
	}
	g.connecting = ""
}

func (g *Gateway) portNames() []string {
	var names []string
	for _, p := range g.order {
		names = append(names, p.Name)
	}
	return names
}

// finish lets the setters tick the lanes, and checks the graph.
func (g *Gateway) finish() {
	g.cutLoops()
	for _, l := range g.lanes {
		l.wire.finish()
	}
	g.hub.entry.bound(g.LookupLimit, g.LookupAge, &g.ids)
	g.graph.OnCycleEnd(g.hub.publish)
	ids := g.graph.Node("ids")
	ids.OnTick(func() {})
	ids.OnStart(func() error {
		g.ids.start(g.graph.Now())
		return nil
	})
	if err := g.graph.Build(); err != nil {
		g.blame(err)
	}
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
