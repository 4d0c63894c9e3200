package gateway

import (
	"gw/engine"
	"gw/schema"
)

// Kind tells the three forms of channel apart.
type Kind uint8

// The kinds of channel: one struct a tick, a list of structs a tick, or a basket of either by key.
const (
	KindStruct Kind = iota
	KindList
	KindBasket
)

// String returns "struct", "list" or "basket".
func (k Kind) String() string {
	switch k {
	case KindList:
		return "list"
	case KindBasket:
		return "basket"
	}
	return "struct"
}

// MarshalText writes the kind as String does.
func (k Kind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// Port is the outside view of one channel. It exists from Build on; any goroutine may use it.
type Port struct {
	// Name is the channel's name.
	Name string
	Kind Kind
	// List reports whether each value is a list: always for KindList, for KindBasket if it is a basket of lists.
	List bool
	// Enum reports whether the keys of a basket are members of an enum.
	Enum bool
	// Type describes a value, or an element of it if List.
	Type *schema.Type

	g        *Gateway
	keys     []string
	lanes    []*lane // one a key; one for a channel that is no basket
	byKey    map[string]*lane
	views    []string
	sender   sender
	prepare  func([]schema.Record) // completes what is sent before it enters the graph
	waiters  []*waiter
	channel  any     // the *Channel or *Basket it is of
	staging  *stager // nil if nobody has asked for staging
	provided bool

	keyValues []int64 // of an enum's members, as keys
}

// Keys returns the keys of a basket in their order, nil for another channel. Do not change it.
func (p *Port) Keys() []string { return p.keys }

// Sendable reports whether the channel, and so each key of it, takes values from outside.
func (p *Port) Sendable() bool { return p.sender != nil }

// Staged reports whether values can be staged for the channel.
func (p *Port) Staged() bool { return p.staging != nil && p.staging.enabled }

// Views returns the names of the state views of the channel in the order they were declared. Do not change it.
func (p *Port) Views() []string { return p.views }

// Provided reports whether anything can ever tick the channel: a module that sets it, or sends.
func (p *Port) Provided() bool { return p.provided }

// Ticks returns how often the channel has ticked, over all keys of a basket.
func (p *Port) Ticks() uint64 {
	p.g.hub.mu.Lock()
	defer p.g.hub.mu.Unlock()
	var n uint64
	for _, l := range p.lanes {
		if l.last != nil {
			n += l.last.N
		}
	}
	return n
}

// Time returns the engine time of the last tick of the channel, over all keys of a basket; 0 if there was none.
func (p *Port) Time() engine.Time {
	p.g.hub.mu.Lock()
	defer p.g.hub.mu.Unlock()
	var last engine.Time
	for _, l := range p.lanes {
		if l.last != nil {
			last = max(last, l.last.Time)
		}
	}
	return last
}

// lane returns the lane of a key; the only one for a channel that is no basket.
func (p *Port) lane(key string) (*lane, bool) {
	if p.Kind != KindBasket {
		return p.lanes[0], key == ""
	}
	l, ok := p.byKey[key]
	return l, ok
}

// lanesOf returns the lanes that a name and key mean: all of them if the key is "".
func (p *Port) lanesOf(key string) ([]*lane, bool) {
	if key == "" {
		return p.lanes, true
	}
	l, ok := p.lane(key)
	return []*lane{l}, ok
}
