package modules

import (
	"fmt"

	"gw/config"
	"gw/engine"
	"gw/gateway"
	"gw/schema"
)

// Filter lets the values of a channel through to another one of the same type for which an expression is true.
type Filter struct {
	Base
	// From is the channel to read: NAME, or NAME/KEY of a basket. Of lists each element counts as a value, and what becomes of
	// them is a list, which does not tick if it is empty. A whole basket is read key by key.
	From string `ref:"channel" must:"true"`
	// To is the channel to set: one of lists if From is, a basket with the keys of From if From is a basket.
	To string `ref:"channel" must:"true"`
	// Where is the expression, over the fields of the value and now.
	Where string `must:"true"`
}

// Check compiles the expression.
func (m *Filter) Check(c *config.Checking) {
	if knows(c, m.From, m.To) {
		_, _, err := m.prepare(c.Channel)
		fail(c, err)
	}
}

// Connect reads From and sets To.
func (m *Filter) Connect(bus *gateway.Bus) error {
	along, where, err := m.prepare(portOf(bus))
	if err != nil {
		return err
	}
	env := map[string]any{}
	return pipe(bus, nameOf(m), along, func(n *engine.Node, r schema.Record) (schema.Record, bool, error) {
		fill(env, r, where.uses)
		env["now"] = n.Now().Std()
		yes, err := where.run(env)
		return r, yes == true, err
	})
}

func (m *Filter) prepare(port func(string) *gateway.Port) (along []wire, where *expression, err error) {
	if along, err = wires(m.From, m.To, port); err != nil {
		return
	}
	one := along[0] // all have the types of the channels
	if err = sameType("to", one.from, one.to); err != nil {
		return
	}
	if where, err = newScope(one.from.port.Type).compile(m.Where, schema.Bool); err != nil {
		err = &wrongOption{"where", "", err}
	}
	return
}

// sameType reports two lanes whose values are of different types.
func sameType(option string, from, to lane) error {
	if from.port.Type == to.port.Type {
		return nil
	}
	return &wrongOption{option, "gw.Map makes one of the other", fmt.Errorf("%s holds %s, %s holds %s; want one type", from, from.port.Type.Name, to, to.port.Type.Name)}
}
