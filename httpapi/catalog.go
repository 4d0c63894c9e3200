package httpapi

import (
	"slices"

	"gw/gateway"
)

// catalog is what routes know about channels that they serve.
type catalog struct {
	ports []*gateway.Port // in declaration order
	named map[string]*gateway.Port
	heads map[gateway.Selector][]byte // how a frame of the stream begins, up to its data

	tickHeads map[gateway.Selector][]byte // how a tick in a frame of a watch begins, up to its time
}

func newCatalog(ports []*gateway.Port) *catalog {
	c := &catalog{
		ports: ports, named: map[string]*gateway.Port{},
		heads: map[gateway.Selector][]byte{}, tickHeads: map[gateway.Selector][]byte{},
	}
	for _, p := range ports {
		c.named[p.Name] = p
		for _, s := range selectors(p) {
			c.heads[s], c.tickHeads[s] = frameHead(s), tickHead(s)
		}
	}
	return c
}

// frameHead returns the beginning of a stream frame; the space before the key is on the wire of csp-gateway too.
func frameHead(s gateway.Selector) []byte {
	head := append([]byte(`{"channel":`), encode(s.Channel)...)
	if s.Key != "" {
		head = append(append(head, `,"key": `...), encode(s.Key)...)
	}
	return append(head, `,"data":`...)
}

// selectors returns what a port consists of: itself, or each key of a basket in its own order.
func selectors(p *gateway.Port) []gateway.Selector {
	if p.Kind != gateway.KindBasket {
		return []gateway.Selector{{Channel: p.Name}}
	}
	var all []gateway.Selector
	for _, key := range p.Keys() {
		all = append(all, gateway.Selector{Channel: p.Name, Key: key})
	}
	return all
}

// names returns the sorted names of the channels.
func (c *catalog) names() []string {
	names := []string{}
	for _, p := range c.ports {
		names = append(names, p.Name)
	}
	slices.Sort(names)
	return names
}

// sendable returns the sorted names that take a send, baskets with each key after them.
func (c *catalog) sendable() []string {
	names := []string{}
	for _, p := range c.ports {
		if !p.Sendable() {
			continue
		}
		names = append(names, p.Name)
		if p.Kind == gateway.KindBasket {
			for _, key := range p.Keys() {
				names = append(names, p.Name+"/"+key)
			}
		}
	}
	slices.Sort(names)
	return names
}

// streamed returns what the stream can be asked for, in declaration order, the heartbeat last.
func (c *catalog) streamed() []string { return append(c.watched(), heartbeat) }

// watched returns what a watch can name besides whole baskets and "*", in declaration order.
func (c *catalog) watched() []string {
	names := []string{}
	for _, p := range c.ports {
		for _, s := range selectors(p) {
			names = append(names, path(s))
		}
	}
	return names
}

// path is a selector as the API writes it in one word.
func path(s gateway.Selector) string {
	if s.Key == "" {
		return s.Channel
	}
	return s.Channel + "/" + s.Key
}
