package modules

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/expr-lang/expr/types"

	"gw/config"
	"gw/engine"
	"gw/gateway"
	"gw/schema"
)

// Generate ticks a channel with values that it makes itself, at regular times. One seed gives one series of values.
type Generate struct {
	Base
	// Channel is the channel to set: NAME, or NAME/KEY of a basket.
	Channel string `ref:"channel" must:"true"`
	// Every is the time between two values; the first comes after it.
	Every time.Duration `default:"1s"`
	// Count ends it after so many values; 0 means never.
	Count uint64
	// Seed makes the random numbers.
	Seed uint64
	// Set gives the fields of a value: FIELD to EXPRESSION over n (1, 2, 3...), now, rand() (from 0 to 1), normal() (mean
	// 0, deviation 1) and pick([A, B]). Fields that are not set have their default.
	Set Assignments
}

// Check compiles the expressions.
func (m *Generate) Check(c *config.Checking) {
	if knows(c, m.Channel) {
		_, _, err := m.prepare(c.Channel)
		fail(c, err)
	}
}

// Connect sets the channel.
func (m *Generate) Connect(bus *gateway.Bus) error {
	l, mk, err := m.prepare(portOf(bus))
	if err != nil {
		return err
	}
	n := bus.Graph().Node(nameOf(m))
	timer := engine.Use(n, engine.Timer(bus.Graph(), m.every(), true))
	out := engine.Emit[[]schema.Record](n)
	random := rand.New(rand.NewPCG(m.Seed, 0))
	mk.env["rand"], mk.env["normal"] = random.Float64, random.NormFloat64
	mk.env["pick"] = func(from []any) (any, error) {
		if len(from) == 0 {
			return nil, errors.New("pick: the list is empty")
		}
		return from[random.IntN(len(from))], nil
	}
	n.OnTick(func() {
		if i := timer.Count(); m.Count == 0 || i <= m.Count {
			mk.env["n"], mk.env["now"] = int64(i), n.Now().Std()
			made, err := mk.make(schema.Record{}, n.Now())
			if err != nil {
				n.Stop(err)
				return
			}
			out.Set([]schema.Record{made})
		}
	})
	return bus.Set(l.port.Name, l.key, out.Edge())
}

func (m *Generate) every() time.Duration {
	if m.Every == 0 {
		return time.Second
	}
	return m.Every
}

func (m *Generate) prepare(port func(string) *gateway.Port) (lane, *maker, error) {
	l, err := single("channel", m.Channel, port)
	if err != nil {
		return l, nil, err
	}
	if m.Every < 0 {
		return l, nil, &wrongOption{"every", "", fmt.Errorf("got %s, want a duration above 0", m.Every)}
	}
	s := newScope(nil).with("n", types.Int64)
	s.with("rand", types.TypeOf(func() float64 { return 0 })).with("normal", types.TypeOf(func() float64 { return 0 }))
	s.with("pick", types.TypeOf(func([]any) (any, error) { return nil, nil }))
	mk, err := m.Set.newMaker(s, l.port.Type, scope.compile)
	return l, mk, err
}
