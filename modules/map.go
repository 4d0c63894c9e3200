package modules

import (
	"gw/config"
	"gw/engine"
	"gw/gateway"
	"gw/schema"
)

// Map makes a new value of each value of a channel. Fields that are not set are copied where both types have them.
type Map struct {
	Base
	// From is the channel to read: NAME, or NAME/KEY of a basket. Of lists each element counts as a value, and what becomes of
	// them is a list, which does not tick if it is empty. A whole basket is read key by key.
	From string `ref:"channel" must:"true"`
	// To is the channel to set: one of lists if From is, a basket with the keys of From if From is a basket.
	To string `ref:"channel" must:"true"`
	// Where lets only values through for which the expression is true.
	Where string
	// Set gives the fields of the new value: FIELD to EXPRESSION over the fields of the old one and now.
	Set Assignments
}

// Check compiles the expressions.
func (m *Map) Check(c *config.Checking) {
	if knows(c, m.From, m.To) {
		_, err := m.prepare(c.Channel)
		fail(c, err)
	}
}

// Connect reads From and sets To.
func (m *Map) Connect(bus *gateway.Bus) error {
	p, err := m.prepare(portOf(bus))
	if err != nil {
		return err
	}
	return pipe(bus, nameOf(m), p.along, func(n *engine.Node, r schema.Record) (schema.Record, bool, error) {
		fill(p.maker.env, r, p.names)
		p.maker.env["now"] = n.Now().Std()
		if p.where != nil {
			if yes, err := p.where.run(p.maker.env); err != nil || yes != true {
				return schema.Record{}, false, err
			}
		}
		made, err := p.maker.make(r, n.Now())
		return made, err == nil, err
	})
}

// mapping is a Map that can run.
type mapping struct {
	along []wire
	where *expression
	maker *maker
	names []string
}

func (m *Map) prepare(port func(string) *gateway.Port) (*mapping, error) {
	p := &mapping{}
	var err error
	if p.along, err = wires(m.From, m.To, port); err != nil {
		return nil, err
	}
	one := p.along[0] // all have the types of the channels
	s := newScope(one.from.port.Type)
	if m.Where != "" {
		if p.where, err = s.compile(m.Where, schema.Bool); err != nil {
			return nil, &wrongOption{"where", "", err}
		}
		p.names = p.where.uses
	}
	p.maker, err = m.Set.newMaker(s, one.to.port.Type, scope.compile)
	if err == nil {
		p.names = append(p.names, p.maker.uses()...)
	}
	return p, err
}
