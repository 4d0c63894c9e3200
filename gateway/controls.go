package gateway

import (
	"context"
	"encoding/json"
	"fmt"

	"gw/engine"
	"gw/schema"
)

// Controls is the value of the built-in channel "controls": a question to the gateway, and in status its answer.
// Declare it as Controls gateway.Channel[gateway.Controls] and add a ControlsModule.
type Controls struct {
	Struct
	// Name is the question: "heartbeat", "stats" or "shutdown".
	Name string `json:"name" default:"none"`
	// Status is "ok" once the graph has answered.
	Status string `json:"status" default:"none"`
	// Data holds the answer, DataStr the same as text.
	Data    json.RawMessage `json:"data" default:"{}"`
	DataStr string          `json:"data_str" default:""`
}

// controlsChannel is the name of the built-in channel.
const controlsChannel = "controls"

// ControlsModule answers on the channel "controls", in the graph: a heartbeat tells that the engine runs, stats what the
// process uses, and shutdown ends the run after it is answered. A question ticks the channel once, answered.
type ControlsModule struct {
	// KeepRunning leaves shutdown unanswered, and the gateway running.
	KeepRunning bool
}

// Connect puts the answers between what is sent to the channel and the channel.
func (m ControlsModule) Connect(bus *Bus) error {
	l, err := bus.lane(controlsChannel, "")
	if err != nil {
		return err
	}
	l.port.prepare = bus.g.measureStats
	switch c := l.port.channel.(type) {
	case *Channel[Controls]:
		c.Set(answered(bus.g, m, c.Sent(), func(v *Controls) *Controls { return v }))
		return nil
	case *Channel[schema.Record]:
		typ, err := schema.Of[Controls]()
		if err != nil {
			return err
		}
		if c.wire.lane.port.Type == typ {
			c.Set(answered(bus.g, m, c.Sent(), func(r *schema.Record) *Controls {
				*r = r.Clone()
				return (*Controls)(r.Pointer())
			}))
			return nil
		}
	}
	return fmt.Errorf("channel %q: want a channel of gateway.Controls", controlsChannel)
}

// answered answers each question in the cycle in which it arrives. open gives access to a value that may be changed.
func answered[T any](g *Gateway, m ControlsModule, questions engine.Edge[T], open func(*T) *Controls) engine.Edge[T] {
	n := g.graph.Node(controlsChannel)
	in, out := engine.Use(n, questions), engine.Emit[T](n)
	n.OnTick(func() {
		v := in.Get()
		c := open(&v)
		ends := c.Name == "shutdown" && !m.KeepRunning
		switch {
		case c.Name == "heartbeat" || ends:
			c.Status = "ok"
		case c.Name == "stats":
			c.Status = "ok"
			c.Data, c.DataStr = finishStats(c.Data, n.Now().Std())
		}
		out.Set(v)
		if ends {
			g.Stop() // somebody ended it: it did not come to its end
			n.Stop(nil)
		}
	})
	return out.Edge()
}

// Ask sends a question to the channel "controls" and waits for the answer that the graph gives. It is an error of ctx
// if the engine does not answer in time, and ErrNotRunning if it ends before.
func (g *Gateway) Ask(ctx context.Context, name string) (*Answer, error) {
	sub, err := g.Subscribe(ctx, SubscribeOptions{Select: []Selector{{Channel: controlsChannel}}})
	if err != nil {
		return nil, err
	}
	defer sub.Close()
	sent, err := g.Send(ctx, controlsChannel, "", fmt.Appendf(nil, `{"name":%q}`, name))
	if err != nil {
		return nil, err
	}
	for {
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-sub.Ready():
		}
		ticks, _, _ := sub.Take()
		for _, t := range ticks {
			if t.Records[0].Base().ID == sent.Records[0].Base().ID {
				return answerOf(t.Time, t.Cycle, []*Tick{t}), nil
			}
		}
		if g.hub.over() {
			return nil, ErrNotRunning
		}
	}
}
