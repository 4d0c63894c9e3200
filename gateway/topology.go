package gateway

import "slices"

// Topology is who sets and who reads each channel. Names are those of modules; values taken from outside are set by
// "Send[channel]".
type Topology struct {
	Modules  []string      `json:"modules"`
	Channels []ChannelNode `json:"channels"`
}

// ChannelNode is one channel in a Topology.
type ChannelNode struct {
	Name string `json:"name"`
	Kind Kind   `json:"kind"`
	Type string `json:"type"`
	// Getters are sorted; Setters are in the order in which their values at one time tick, those of a
	// basket as NAME<KEY>.
	Getters []string `json:"getters"`
	Setters []string `json:"setters"`
	// Feedback are the setters that depend on the channel itself and tick it one cycle later.
	Feedback []string `json:"feedback"`
}

// Topology returns who sets and reads what, after Build.
func (g *Gateway) Topology() Topology {
	t := Topology{Modules: []string{}, Channels: []ChannelNode{}}
	for _, m := range g.modules {
		t.Modules = append(t.Modules, m.name)
	}
	slices.Sort(t.Modules)
	for _, p := range g.order {
		t.Channels = append(t.Channels, p.node())
	}
	return t
}

func (p *Port) node() ChannelNode {
	n := ChannelNode{
		Name: p.Name, Kind: p.Kind, Type: p.Type.Name,
		Getters: []string{}, Setters: []string{}, Feedback: []string{},
	}
	for _, l := range p.lanes {
		n.Getters = append(n.Getters, l.getters...)
		n.Setters = append(n.Setters, l.labels(l.wire.setters())...)
		n.Feedback = append(n.Feedback, l.labels(l.wire.feedbacks())...)
	}
	slices.Sort(n.Getters)
	n.Getters = slices.Compact(n.Getters)
	return n
}

// labels adds the key to the setters of a basket.
func (l *lane) labels(setters []string) []string {
	if l.port.Kind != KindBasket {
		return setters
	}
	var all []string
	for _, s := range setters {
		all = append(all, s+"<"+l.key+">")
	}
	return all
}

// overrideLabel is the setter of a channel that a test has overridden.
const overrideLabel = "Override"

// sendLabel is the name under which values from outside set a channel.
func sendLabel(channel string) string { return "Send[" + channel + "]" }
