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
	steps := []func(){g.sortOut, g.gatherKeys, g.gatherChannels, g.bindModel, g.bindDynamic, g.connectAll, g.checkRequired, g.makeTables, g.wireLater, g.wireStages, g.finish}
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
	if g.connecting != "" {
		l.readBy(g.connecting)
	}
}

// sortOut takes the options of modules and leaves out those that are disabled.
func (g *Gateway) sortOut() {
	var kept []*module
	for _, m := range g.modules {
		m.options = optionsOf(m.value)
		if err := m.options.check(); err != nil {
			g.blame(fmt.Errorf("module %q: %w", m.name, err))
		}
		if !m.options.Disable {
			kept = append(kept, m)
		}
	}
	g.modules = kept
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
		g.connecting, g.module = m.name, m
		g.owners.open(m, g.graph)
		if err := m.connect(g); err != nil {
			g.blame(err)
		}
		g.owners.close(g.graph)
	}
	g.connecting, g.module = "", nil
}

// checkRequired blames each module that cannot work for want of a channel that something provides.
func (g *Gateway) checkRequired() {
	for _, m := range g.modules {
		g.connecting = m.name
		for _, name := range g.required(m) {
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

// required returns the channels that a module cannot do without.
func (g *Gateway) required(m *module) []string {
	var names []string
	if r, ok := m.value.(Requirer); ok {
		names = r.Requires()
	}
	switch r := m.options.Required; {
	case r.Include != nil:
		for _, name := range r.Include {
			if !slices.Contains(r.Exclude, name) {
				names = append(names, name)
			}
		}
	case r.Exclude != nil:
		for _, p := range g.order {
			if p.readBy(m.name) && !slices.Contains(r.Exclude, p.Name) {
				names = append(names, p.Name)
			}
		}
	}
	return names
}

func (p *Port) readBy(module string) bool {
	for _, l := range p.lanes {
		if slices.Contains(l.getters, module) {
			return true
		}
	}
	return false
}

func (g *Gateway) portNames() []string {
	var names []string
	for _, p := range g.order {
		names = append(names, p.Name)
	}
	return names
}

func (g *Gateway) wireLater() {
	for _, f := range g.later {
		f()
	}
}

// finish lets the setters tick the lanes, and checks the graph.
func (g *Gateway) finish() {
	for _, l := range g.lanes {
		l.wire.arrange()
	}
	g.cutLoops()
	for _, l := range g.lanes {
		l.wire.finish()
	}
	g.hub.entry.bound(g.LookupLimit, g.LookupAge, &g.ids)
	g.graph.OnCycleEnd(g.hub.publish)
	g.graph.OnFailure(g.failing)
	if g.Record != nil {
		g.Record.record(g)
		g.ids.session = g.Record
	}
	ids := g.graph.Node("ids")
	ids.OnTick(func() {})
	ids.OnStart(func() error {
		start := g.graph.Now()
		if g.Record != nil {
			g.Record.begin(g.Name, start.Std())
		}
		switch {
		case g.life.realtime(): // the run may begin in the past, where ids of another run lie
			g.ids.start(g.wall())
		case start > 0:
			g.ids.start(start.Std())
		}
		return nil
	})
	if err := g.graph.Build(); err != nil {
		g.blame(err)
	}
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
