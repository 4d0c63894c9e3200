package gateway

import "gw/engine"

// tap takes a lane's ticks out of the graph: it copies each value once, for everybody outside and for the modules that
// serve any channel.
type tap[T any] struct {
	In    engine.In[T]
	Out   engine.Out[*Tick]
	Clock engine.Clock

	lane   *lane
	values values[T]
	hub    *hub
}

// Tick makes the tick of this cycle and leaves it with the hub, which publishes it when the cycle ends.
func (n *tap[T]) Tick() {
	t := n.values.tick(n.In.Ptr(), len(n.lane.tables) > 0)
	n.lane.count++
	t.lane, t.N = n.lane, n.lane.count
	t.Channel, t.Key = n.lane.port.Name, n.lane.key
	t.Time, t.Cycle = n.Clock.Now(), n.Clock.Cycle()
	n.Out.Set(t)
	n.hub.add(t)
}
