package gateway

import (
	"fmt"

	"gw/engine"
	"gw/gateway/stage"
	"gw/schema"
)

// Struct is the base of every value on a channel: embed it first.
type Struct = schema.Struct

// Opt is a field that may be unset or null.
type Opt[T any] = schema.Opt[T]

// Channel is one named place on the bus whose value is a T: a struct that embeds Struct first, a slice of such structs,
// or schema.Record and []schema.Record for a type known at run time only. It is a field of the struct given to New, or
// comes from a Model. Its methods are for Connect.
//
//	Trades gateway.Channel[Trade] `channel:"trades" state:"symbol"`
type Channel[T any] struct {
	wire *wire[T]
	push *engine.PushAdapter[sent[T]]
}

// Name returns the name of the channel, "" outside a gateway.
func (c *Channel[T]) Name() string {
	if c.wire == nil {
		return ""
	}
	return c.wire.lane.port.Name
}

// Graph returns the graph to make timers, sources and nodes on.
func (c *Channel[T]) Graph() *engine.Graph { return c.wire.lane.port.g.graph }

// Get returns the channel's edge, also if nobody has set it yet; if nobody ever does it never ticks.
// Values belong to the channel: what they refer to must not be changed.
func (c *Channel[T]) Get() engine.Edge[T] { return c.wire.get() }

// Set makes e tick the channel. There may be several setters: values at one time become consecutive ticks at that time,
// in the order of the names of the modules and then of their Sets; after them comes what was sent, and then what was
// released from staging areas. A setter that depends on the channel itself ticks it one cycle later, through a feedback.
// A value without id or timestamp gets them as it enters.
func (c *Channel[T]) Set(e engine.Edge[T]) { c.wire.set(e, "") }

// Override makes e take the place of all setters, sends and releases included. It is for tests.
func (c *Channel[T]) Override(e engine.Edge[T]) { c.wire.replace(e) }

// Send lets the channel take values from outside (Gateway.Send). More than one call is the same as one.
func (c *Channel[T]) Send() {
	if c.push == nil {
		c.wire.set(c.Sent(), sendLabel(c.Name()))
	}
}

// State declares a state view of the channel: the latest value of each key tuple. The alias "" means the channel's name;
// keys are names of fields, dotted into nested structs, and no keys means "id". Declaring the same twice is no error,
// declaring another under the same name is one.
func (c *Channel[T]) State(alias string, keys ...string) {
	p := c.wire.lane.port
	p.g.declare(view{alias: alias, port: p, lanes: p.lanes, keys: keys})
}

// Stage lets values be held back from the channel until they are released (Gateway.Stage), as the tag stage:"true" does.
// More than one call is the same as one. A record that is released from a channel of lists is a list of one.
func (c *Channel[T]) Stage() { c.wire.lane.port.enable() }

// StageEvents returns what happens in the channel's staging areas; events of one request tick one after the other at the
// same time. If the channel is not staged, Build fails and says so.
func (c *Channel[T]) StageEvents() engine.Edge[stage.Event] { return c.wire.lane.port.stageEvents() }

// StageRequests has the channel's staging areas do what ticks on e, in the next cycle at the same time. A request that
// cannot be done ticks a Refused event and changes nothing. If the channel is not staged, Build fails and says so.
func (c *Channel[T]) StageRequests(e engine.Edge[stage.Request]) { c.wire.lane.port.stageRequests(e) }

// bind makes the channel part of a gateway.
func (c *Channel[T]) bind(g *Gateway, s portSpec) (*Port, error) {
	v, err := valuesOf[T](s.typ)
	if err != nil {
		return nil, err
	}
	p := &Port{Name: s.name, g: g}
	p.Type, p.List = v.kind()
	if p.List {
		p.Kind = KindList
	}
	if len(s.keys) > 0 {
		return nil, fmt.Errorf("keys are for a Basket")
	}
	*c = Channel[T]{wire: newWire(g.addLane(p, ""), v)}
	return p, nil
}
